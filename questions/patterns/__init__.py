"""Patterns (regular expressions) that a questionnaire asks of a text: which may be used, and matching them."""
