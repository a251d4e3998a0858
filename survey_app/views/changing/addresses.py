"""Where each page of changing a live questionnaire is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.changing.adding import add_check, add_question, new_check, new_question, remove_check
from survey_app.views.changing.listing import book, discard, history, show, upload
from survey_app.views.changing.making import make, show_impact
from survey_app.views.changing.questions import change_question, move_question, question

blueprint = Blueprint("changing", __name__, url_prefix="/board/<inquiry>/change")

ADDRESSES = (
    ("GET", "", "show", show),
    ("GET", "/questions/<name>", "question", question),
    ("POST", "/questions/<name>", "change_question", change_question),
    ("POST", "/questions/<name>/move", "move_question", move_question),
    ("GET", "/questions/<after>/new", "new_question", new_question),
    ("POST", "/questions/<after>/new", "add_question", add_question),
    ("GET", "/rules/new", "new_check", new_check),
    ("POST", "/rules/new", "add_check", add_check),
    ("POST", "/rules/<name>/remove", "remove_check", remove_check),
    ("GET", "/questionnaire.xlsx", "book", book),
    ("POST", "/upload", "upload", upload),
    ("POST", "/discard", "discard", discard),
    ("GET", "/impact", "show_impact", show_impact),
    ("POST", "/impact", "make", make),
    ("GET", "/history", "history", history),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
