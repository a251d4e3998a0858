"""The lead division's pages of asking the relevant divisions: rounds, where they stand, single needs, workbooks."""

from survey_app.views.consulting.addresses import blueprint

__all__ = ["blueprint"]
