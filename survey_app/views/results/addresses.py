"""The addresses of the results."""

from flask import Blueprint

from survey_app.views.results import crossing, showing

blueprint = Blueprint("results", __name__)
blueprint.get("/board/<inquiry>/results")(showing.show)
blueprint.get("/board/<inquiry>/results/cross")(crossing.cross)
blueprint.get("/board/<inquiry>/results/towns")(crossing.towns)
