"""Data for analysis: the submissions of a cut as files that pandas, R, SPSS, Stata and Excel open without cleaning."""

from exports.data.writing import write_data

__all__ = ["write_data"]
