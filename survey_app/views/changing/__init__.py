"""The division changes the questionnaire of an inquiry that is answered already: edited, weighed, made, looked up."""

from survey_app.views.changing.addresses import blueprint

__all__ = ["blueprint"]
