"""Figures of one cut for pages: variables that can be counted, crossed with one another, binned, laid on a map."""
