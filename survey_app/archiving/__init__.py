"""One folder that holds a whole inquiry and can be read without this program."""
