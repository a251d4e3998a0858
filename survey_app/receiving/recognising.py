"""Tells whose form a file is: by the form itself, by the municipality that it shows, or by the name of the file."""

import re
import unicodedata
from pathlib import PurePath

from exports.form.layout import GUIDE
from exports.form.locating import locate
from exports.form.opened import OpenedBook
from questions.model import Questionnaire
from questions.setting import AmbiguousName, Roster
from survey_app.receiving.identity import identity_of

_CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")


def municipality_of(book: OpenedBook, questionnaire: Questionnaire, roster: Roster, file: str) -> str | None:
    """Return the code of the municipality whose form it is; None when nothing tells. Raises Refused when two are."""
    issue = identity_of(book).issue
    if issue is not None:
        return issue.municipality
    return _shown(book, questionnaire, roster) or _named(PurePath(file).stem, roster)


def _shown(book: OpenedBook, questionnaire: Questionnaire, roster: Roster) -> str | None:
    """Find the municipality in the cell that is filled in with it, or on the first sheet."""
    prefilled = [one.name for one in questionnaire.questions.values() if one.prefilled]
    spots = locate(book, questionnaire).spots if prefilled else {}
    cells = [book.cell(spots[name]) for name in prefilled if name in spots]
    texts = [cell.text for cell in cells if cell is not None]
    guide = book.by_name.get(GUIDE)
    texts += [one.text for one in guide.cells.values() if "（" in one.text and len(one.text) < 40] if guide else []
    return next((code for text in texts for code in _CODE.findall(text) if code in roster), None)


def _named(name: str, roster: Roster) -> str | None:
    """Find a code in the name of a file, or one municipality's name."""
    written = unicodedata.normalize("NFKC", name)
    codes = {code for code in _CODE.findall(written) if code in roster}
    if len(codes) == 1:
        return codes.pop()
    found = {one.code for one in roster if one.name in written and _is_alone(one.name, roster)}
    longest = max((len(roster.name(code)) for code in found), default=0)
    best = [code for code in found if len(roster.name(code)) == longest]
    return best[0] if len(best) == 1 else None


def _is_alone(name: str, roster: Roster) -> bool:
    try:
        return roster.find(name) is not None
    except AmbiguousName:
        return False
