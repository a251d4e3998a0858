"""Lists that somebody sends: read, every fault told by line, and carried through the page that compares them."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from flask import Response, request
from flask_babel import gettext as _

from survey_app import wording_people, wording_rosters
from survey_app.receiving.refusals import Refused
from survey_app.rosters.opening import records_in
from survey_app.rosters.reading import FaultyRoster, Records
from survey_app.views.downloads import download
from survey_app.wording import language

MOST_LINES = 5_000


@dataclass(frozen=True)
class Unreadable(Exception):
    """A list that is not taken in; ``sentences`` say why, line by line."""

    sentences: tuple[str, ...]


def sent_records() -> Records:
    """Return the lines of the file that was sent. Raises Unreadable."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Unreadable((_("CSV又はExcelのファイルを選んでください。"),))
    try:
        records = records_in(sent.read())
    except Refused as refused:
        raise Unreadable((wording_people.refusal(refused.refusal.reason),)) from refused
    except FaultyRoster as faulty:
        raise Unreadable(sentences(faulty)) from faulty
    if len(records) > MOST_LINES:
        raise Unreadable((_("一度に取り込めるのは%(most)s行までです。分けて送ってください。", most=MOST_LINES),))
    return records


def sentences(faulty: FaultyRoster) -> tuple[str, ...]:
    """Return what is wrong with a list, a sentence for each fault."""
    return tuple(wording_rosters.fault(fault, language()) for fault in faulty.faults)


def carried_records() -> Records:
    """Return the lines that the page of the comparison carried. Raises LookupError when they are none."""
    try:
        return [(int(line), [str(cell) for cell in cells]) for line, cells in json.loads(request.form["records"])]
    except (KeyError, TypeError, ValueError) as fault:
        raise LookupError("records") from fault


def carried(records: Records) -> str:
    """Return the lines as a page carries them."""
    return json.dumps(records, ensure_ascii=False)


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> Response:
    """Return a CSV file that Excel opens: UTF-8 with its mark."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    content = text.getvalue().encode("utf-8-sig")
    return download(content, name, "text/csv", "list.csv")
