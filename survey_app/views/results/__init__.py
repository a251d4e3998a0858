"""The results of an inquiry as pages: rates, needs, a map, every question, any two crossed; with whom stands behind."""

from survey_app.views.results.addresses import blueprint

__all__ = ["blueprint"]
