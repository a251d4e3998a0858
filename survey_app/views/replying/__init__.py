"""The officer's side: the inquiries of a municipality, answering, handing in."""

from survey_app.views.replying.addresses import blueprint

__all__ = ["blueprint"]
