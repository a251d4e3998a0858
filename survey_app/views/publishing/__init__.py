"""The lead division decides and tells: what municipalities are told, what they say to it, what became of promises."""

from survey_app.views.publishing.addresses import blueprint

__all__ = ["blueprint"]
