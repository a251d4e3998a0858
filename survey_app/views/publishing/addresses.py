"""Where each page about publishing is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.publishing.following import follow_ups, note_follow_up, opinions
from survey_app.views.publishing.looking import publish, show, town
from survey_app.views.publishing.published import letter, letters, publication, shared, shared_book

blueprint = Blueprint("publishing", __name__, url_prefix="/board/<inquiry>/publish")

ADDRESSES = (
    ("GET", "", "show", show),
    ("POST", "", "publish", publish),
    ("GET", "/towns/<municipality>", "town", town),
    ("GET", "/opinions", "opinions", opinions),
    ("GET", "/follow-ups", "follow_ups", follow_ups),
    ("POST", "/follow-ups/<municipality>/<row>", "note_follow_up", note_follow_up),
    ("GET", "/<int:number>", "publication", publication),
    ("GET", "/<int:number>/letters.zip", "letters", letters),
    ("GET", "/<int:number>/shared", "shared", shared),
    ("GET", "/<int:number>/shared.xlsx", "shared_book", shared_book),
    ("GET", "/<int:number>/<municipality>.xlsx", "letter", letter),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
