"""Questionnaires as XLSForm workbooks: read and written."""
