"""The kinds of question, one class each."""
