"""Data for analysis: download, codebook, feeds."""

from survey_app.views.data import feeds, pages, sending
from survey_app.views.data.pages import blueprint

__all__ = ["blueprint", "feeds", "pages", "sending"]
