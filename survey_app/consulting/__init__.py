"""Asking the relevant divisions: what they are shown of a need, where their responses stand, their workbooks."""
