"""Where each page of the officer's side is found: one table of addresses."""

from flask import Blueprint

from survey_app.views.replying.autosaving import autosave
from survey_app.views.replying.handing import receipt, review, submit, withdraw
from survey_app.views.replying.listing import inquiries, nil, overview
from survey_app.views.replying.pasting import paste, paste_preview, paste_take
from survey_app.views.replying.rows import ask_removal, remove_row, save_row, show_row
from survey_app.views.replying.sections import asked, save_section, show_section

blueprint = Blueprint("replying", __name__, url_prefix="/inquiries")

ADDRESSES = (
    ("GET", "", "inquiries", inquiries),
    ("GET", "/<inquiry>", "overview", overview),
    ("POST", "/<inquiry>/nil", "nil", nil),
    ("GET", "/<inquiry>/sections/<section>", "section", show_section),
    ("POST", "/<inquiry>/sections/<section>", "save_section", save_section),
    ("POST", "/<inquiry>/sections/<section>/autosave", "autosave", autosave),
    ("POST", "/<inquiry>/sections/<section>/asked", "asked", asked),
    ("GET", "/<inquiry>/tables/<table>/rows/<row>", "row", show_row),
    ("POST", "/<inquiry>/tables/<table>/rows/<row>", "save_row", save_row),
    ("GET", "/<inquiry>/tables/<table>/rows/<row>/removal", "removal", ask_removal),
    ("POST", "/<inquiry>/tables/<table>/rows/<row>/removal", "remove_row", remove_row),
    ("GET", "/<inquiry>/tables/<table>/paste", "paste", paste),
    ("POST", "/<inquiry>/tables/<table>/paste", "paste_preview", paste_preview),
    ("POST", "/<inquiry>/tables/<table>/paste/take", "paste_take", paste_take),
    ("GET", "/<inquiry>/review", "review", review),
    ("POST", "/<inquiry>/submit", "submit", submit),
    ("POST", "/<inquiry>/withdraw", "withdraw", withdraw),
    ("GET", "/<inquiry>/receipts/<int:number>", "receipt", receipt),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])
