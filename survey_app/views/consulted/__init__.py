"""The pages of a relevant division: what it is asked, its responses, its workbook."""

from survey_app.views.consulted.addresses import blueprint

__all__ = ["blueprint"]
