"""The division's side: entering a reply for a municipality that told it by telephone, fax, mail or in person."""

from survey_app.views.entering.addresses import blueprint

__all__ = ["blueprint"]
