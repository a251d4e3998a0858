"""Expressions in XLSForm's language: parsed once, then a check, a formula, a sentence."""
