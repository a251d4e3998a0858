"""Where each page of the officer's side is found: one table of addresses."""

from flask import Blueprint

from survey_app.access import current_account
from survey_app.connections import database
from survey_app.store.rosters import roster
from survey_app.views.replying import handing, listing, rows, sections

blueprint = Blueprint("replying", __name__, url_prefix="/inquiries")

ADDRESSES = (
    ("GET", "", "inquiries", listing.inquiries),
    ("GET", "/<inquiry>", "overview", listing.overview),
    ("POST", "/<inquiry>/nil", "nil", listing.nil),
    ("GET", "/<inquiry>/sections/<section>", "section", sections.show),
    ("POST", "/<inquiry>/sections/<section>", "save_section", sections.save),
    ("POST", "/<inquiry>/sections/<section>/asked", "asked", sections.asked),
    ("GET", "/<inquiry>/tables/<table>/rows/<row>", "row", rows.show),
    ("POST", "/<inquiry>/tables/<table>/rows/<row>", "save_row", rows.save),
    ("GET", "/<inquiry>/tables/<table>/rows/<row>/removal", "removal", rows.ask_removal),
    ("POST", "/<inquiry>/tables/<table>/rows/<row>/removal", "remove_row", rows.remove),
    ("GET", "/<inquiry>/review", "review", handing.review),
    ("POST", "/<inquiry>/submit", "submit", handing.submit),
    ("POST", "/<inquiry>/withdraw", "withdraw", handing.withdraw),
    ("GET", "/<inquiry>/receipts/<int:number>", "receipt", handing.receipt),
)

for method, address, name, view in ADDRESSES:
    blueprint.add_url_rule(address, name, view, methods=[method])


@blueprint.context_processor
def municipality() -> dict[str, str]:
    """Name the municipality in the head of each page."""
    code = current_account().municipality
    return {"municipality": roster(database()).name(code) if code else ""}
