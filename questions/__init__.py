"""What is asked, and whether an answer holds: no web, no tables, no SQL."""
