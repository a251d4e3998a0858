"""Where the pages are found on which the division enters a reply: those of the town hall, in a room of their own."""

from functools import partial
from typing import Any

from flask import Blueprint, g

from survey_app.views.entering.handing import discard, file, overview, review, submit
from survey_app.views.entering.opening import open_entered
from survey_app.views.replying.autosaving import autosave
from survey_app.views.replying.listing import nil
from survey_app.views.replying.pasting import paste, paste_preview, paste_take
from survey_app.views.replying.rows import ask_removal, remove_row, save_row, show_row
from survey_app.views.replying.sections import asked, save_section, show_section

blueprint = Blueprint("entering", __name__, url_prefix="/board/<inquiry>/<municipality>/enter")

ADDRESSES = (
    ("GET", "", "overview", overview),
    ("POST", "/nil", "nil", nil),
    ("GET", "/sections/<section>", "section", show_section),
    ("POST", "/sections/<section>", "save_section", save_section),
    ("POST", "/sections/<section>/autosave", "autosave", autosave),
    ("POST", "/sections/<section>/asked", "asked", asked),
    ("GET", "/tables/<table>/rows/<row>", "row", show_row),
    ("POST", "/tables/<table>/rows/<row>", "save_row", save_row),
    ("GET", "/tables/<table>/rows/<row>/removal", "removal", ask_removal),
    ("POST", "/tables/<table>/rows/<row>/removal", "remove_row", remove_row),
    ("GET", "/tables/<table>/paste", "paste", paste),
    ("POST", "/tables/<table>/paste", "paste_preview", paste_preview),
    ("POST", "/tables/<table>/paste/take", "paste_take", paste_take),
    ("GET", "/files/<identity>", "file", file),
    ("GET", "/review", "review", review),
    ("POST", "/submit", "submit", submit),
    ("POST", "/discard", "discard", discard),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])


@blueprint.url_value_preprocessor
def _whose(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the pages open the copy for the municipality of the address."""
    if values is not None:
        g.open_reply = partial(open_entered, municipality=values.pop("municipality"))
