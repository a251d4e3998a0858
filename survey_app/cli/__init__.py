"""The command line: shokai."""
