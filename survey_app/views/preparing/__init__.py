"""The division sets up an inquiry: questionnaire, words, targets, deadline, letter, a look at it, and sending it."""

from survey_app.views.preparing.addresses import blueprint

__all__ = ["blueprint"]
