"""What an inquiry in preparation comes to: its fields, targets and letter read, and what is still missing."""
