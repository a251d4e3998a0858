"""Municipalities as they come from outside: the rosters that come with the program, and reading them."""
