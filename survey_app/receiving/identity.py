"""Which form a workbook is: whose, of which inquiry, of which version; by the hidden sheet, or by what people see."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from exports.form.anchors import HIDDEN_SHEETS, ISSUED, META, REPORT_SHEET, Issue, issue_of_line, issue_of_meta
from exports.form.layout import ANSWERS
from exports.form.opened import OpenedBook
from questions.answers import Place
from survey_app.receiving.refusals import Reason, Refused


@dataclass(frozen=True)
class Identity:
    """What a workbook says about itself.

    ``issued``: the answers as they stood in it when it was made, None when that was lost. ``lines``: what its visible
    sheets say, by sheet.
    """

    issue: Issue | None
    issued: Mapping[Place, tuple[str, ...]] | None = None
    lines: Mapping[str, Issue] = field(default_factory=dict)


def identity_of(book: OpenedBook) -> Identity:
    """Tell which form a workbook is. Raises Refused when it says two things."""
    meta = issue_of_meta(_meta(book))
    lines = dict(_lines(book))
    said = {(one.inquiry, one.municipality): sheet for sheet, one in lines.items()}
    if meta is not None:
        said[meta.inquiry, meta.municipality] = META
    if len(said) > 1:
        codes = "、".join(sorted({f"{inquiry}/{code}" for inquiry, code in said}))
        raise Refused(Reason.CONTRADICTORY, found=codes, sheets="、".join(sorted(set(said.values()) - {META})))
    return Identity(meta or next(iter(lines.values()), None), _issued(book), lines)


def is_form(book: OpenedBook) -> bool:
    """Does a workbook look as if it had been a form at all?"""
    named = any(name.startswith(("ans.", "table.")) for name in book.names)
    return named or META in book.by_name or ANSWERS in book.by_name or bool(dict(_lines(book)))


def _meta(book: OpenedBook) -> dict[str, str]:
    sheet = book.by_name.get(META)
    if sheet is None:
        return {}
    return {cells[0].text: cells[1].text for cells in sheet.by_row.values() if 0 in cells and 1 in cells}


def _lines(book: OpenedBook) -> Iterator[tuple[str, Issue]]:
    """Yield the line that identifies the form from each sheet that bears it."""
    for sheet in book.sheets:
        if sheet.name in (*HIDDEN_SHEETS, REPORT_SHEET):
            continue
        heading = (one.text for place, one in sheet.cells.items() if place[0] < 60 and "整理番号" in one.text)
        found = next((issue for issue in map(issue_of_line, heading) if issue is not None), None)
        if found is not None:
            yield sheet.name, found


def _issued(book: OpenedBook) -> dict[Place, tuple[str, ...]] | None:
    sheet = book.by_name.get(ISSUED)
    if sheet is None:
        return None
    found: dict[Place, tuple[str, ...]] = {}
    for row in sheet.by_row:
        try:
            texts = json.loads(sheet.text(row, 2))
        except ValueError:
            return None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return None
        found[sheet.text(row, 0), sheet.text(row, 1)] = tuple(texts)
    return found
