"""Where each page of preparing is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.preparing.choosing import choose, new, questionnaire, start
from survey_app.views.preparing.listing import ask_discard, discard, draft, drafts
from survey_app.views.preparing.opening import confirm, open_now
from survey_app.views.preparing.previewing import letter, preview, preview_form
from survey_app.views.preparing.steps import save_step, show_step
from survey_app.views.preparing.targets import save_targets, show_targets

blueprint = Blueprint("preparing", __name__, url_prefix="/prepare")
EDITED = "any(about, term, letter)"

ADDRESSES = (
    ("GET", "/", "drafts", drafts),
    ("GET", "/new", "new", new),
    ("POST", "/new", "start", start),
    ("GET", "/<int:draft>", "draft", draft),
    ("GET", "/<int:draft>/questionnaire", "questionnaire", questionnaire),
    ("POST", "/<int:draft>/questionnaire", "choose", choose),
    ("GET", f"/<int:draft>/steps/<{EDITED}:step>", "step", show_step),
    ("POST", f"/<int:draft>/steps/<{EDITED}:step>", "save_step", save_step),
    ("GET", "/<int:draft>/targets", "targets", show_targets),
    ("POST", "/<int:draft>/targets", "save_targets", save_targets),
    ("GET", "/<int:draft>/letter", "letter", letter),
    ("GET", "/<int:draft>/preview", "preview", preview),
    ("GET", "/<int:draft>/preview.xlsx", "preview_form", preview_form),
    ("GET", "/<int:draft>/open", "confirm", confirm),
    ("POST", "/<int:draft>/open", "open_now", open_now),
    ("GET", "/<int:draft>/discard", "ask_discard", ask_discard),
    ("POST", "/<int:draft>/discard", "discard", discard),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
