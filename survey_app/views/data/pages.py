"""The pages of data for analysis: which inquiries there are; of one, what can be downloaded and what it holds."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from exports.cut import Cut
from exports.data.tables import data_tables
from survey_app import wording_data
from survey_app.attached_files import sent_files
from survey_app.connections import database, moment
from survey_app.counting import known_number
from survey_app.store import feeds as store
from survey_app.store import inquiries as inquiries_store
from survey_app.store.cuts import take_cut
from survey_app.store.fixed_cuts import fixed_cuts, load_cut
from survey_app.store.inquiries import Inquiry, find_inquiry

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/")
def inquiries() -> ResponseReturnValue:
    """List the inquiries with how many replies they have."""
    listed = [(one, *store.counted(database(), one)) for one in inquiries_store.inquiries(database())]
    return render_template("data/inquiries.html", listed=listed)


@blueprint.get("/board/<inquiry>/data")
def show(inquiry: str) -> ResponseReturnValue:
    """Show what can be downloaded, the feeds, and the codebook."""
    return page(find_inquiry(database(), inquiry))


def chosen_cut(inquiry: Inquiry, chosen: str) -> Cut:
    """Return the cut that a form names by its number; the replies as they stand for "". Raises LookupError."""
    if not chosen:
        return take_cut(database(), inquiry, moment())
    return load_cut(database(), inquiry, known_number(chosen))


def page(inquiry: Inquiry, **told: object) -> str:
    """Return the page of an inquiry's data; ``told`` is what the last act has to say."""
    cut = take_cut(database(), inquiry, moment())
    tables = data_tables(cut)
    names = {table.name: wording_data.table_name(table, inquiry.questionnaire) for table in tables}
    return render_template(
        "data/show.html",
        inquiry=inquiry,
        cut=cut,
        cuts=fixed_cuts(database(), inquiry),
        formats=wording_data.FORMATS,
        wording_data=wording_data,
        books=[
            (table, names[table.name], list(wording_data.described(table, inquiry.questionnaire))) for table in tables
        ],
        attached=sum(1 for _one in sent_files(cut)),
        feeds=store.feeds(database(), inquiry),
        **{"faults": {}, "typed": {}, "refused": None, "address": None, **told},
    )
