"""Sample replies: realistic, and the same for the same seed."""
