"""Taking in forms that come back: opened in a process of their own, compared with the reply, applied by choice."""
