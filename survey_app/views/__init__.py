"""What each address does: verbs of a few lines."""
