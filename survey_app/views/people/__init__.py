"""The division's pages about people: municipalities with whom to call there, and who may sign in."""

from survey_app.views.people.places import blueprint

__all__ = ["blueprint"]
