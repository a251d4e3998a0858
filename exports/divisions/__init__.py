"""The workbook of one relevant division: only its needs, and the columns that it fills in; written and read back."""
