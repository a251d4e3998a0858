"""Answers → tables → workbooks and data sets. Handed answers; never touches the database or the web."""
