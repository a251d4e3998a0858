"""The feed: the data of one inquiry as JSON, for programs that have a token in place of an account."""

import json

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from exports.cut import Cut
from exports.data.codebook import codebook
from exports.data.feeding import as_json
from exports.data.tables import DataTable, data_tables
from survey_app.addresses import public_url
from survey_app.connections import database, moment
from survey_app.store import feeds as store
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry, find_inquiry

blueprint = Blueprint("feed", __name__, url_prefix="/feed")


@blueprint.get("/<token>/")
def listing(token: str) -> ResponseReturnValue:
    """List the tables of the feed with their addresses."""
    found = _opened(token)
    if found is None:
        return _unknown()
    cut = take_cut(database(), found, moment())
    tables = _tables(cut)
    told = {
        "inquiry": cut.inquiry,
        "title": cut.title,
        "taken_at": cut.taken_at.isoformat(),
        "targets": len(cut.targets),
        "replies": len(cut.submissions),
        "tables": [
            {
                "name": one.name,
                "label": one.label,
                "records": len(one),
                "address": public_url("feed.table", token=token, name=one.name),
            }
            for one in tables
        ],
    }
    return _json(json.dumps(told, ensure_ascii=False, indent=1).encode())


@blueprint.get("/<token>/<name>.json")
def table(token: str, name: str) -> ResponseReturnValue:
    """Send the records of a table as an array of objects; 304 while nothing has changed."""
    found = _opened(token)
    if found is None:
        return _unknown()
    digest = store.picture_digest(database(), found)
    tag = f"{digest[:32]}-{name}"
    if name.isascii() and request.if_none_match.contains(tag):
        unchanged = Response(status=304)
        unchanged.set_etag(tag)
        return unchanged
    held = {one.name: one for one in _tables(take_cut(database(), found, moment()))}
    if name not in held:
        return _unknown()
    response = _json(as_json(held[name]))
    response.set_etag(tag)
    return response


def _opened(token: str) -> Inquiry | None:
    """Return the inquiry that a token opens, and note that it was used."""
    feed = store.find_feed(database(), token)
    if feed is None:
        return None
    store.note_use(database(), feed, moment())
    return find_inquiry(database(), feed.inquiry)


def _tables(cut: Cut) -> tuple[DataTable, ...]:
    tables = data_tables(cut)
    return (*tables, codebook(tables))


def _json(content: bytes) -> Response:
    return Response(content, mimetype="application/json")


def _unknown() -> Response:
    """Answer the same whatever is not there, so that nobody can tell a withdrawn token from none."""
    return Response(b'{"error":"not found"}', status=404, mimetype="application/json")
