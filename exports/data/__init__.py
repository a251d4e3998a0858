"""Data for analysis: the submissions of a cut as files that pandas, R, SPSS, Stata and Excel open without cleaning."""
