"""The division compiles what it received: cuts, the needs listed, those that are one matter, who answers each."""

from survey_app.views.needs.addresses import blueprint

__all__ = ["blueprint"]
