"""Opinions that municipalities wrote into their 回答書: read, told apart, kept."""
