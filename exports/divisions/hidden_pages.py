"""The sheets of a division's workbook that programs read: choices, the responses as issued, which workbook it is."""

import json

from exports.addresses import Area
from exports.divisions.anchors import DIGEST, dispositions, key_text
from exports.divisions.book import DivisionBook
from exports.fitting import fits_a_cell
from exports.form.anchors import CHOICES, ISSUED, LIST_NAME, META
from exports.form.filling import UNCARRIED
from exports.overlays import Overlay
from exports.sheets import Line, Sheet
from questions.responses import DISPOSITION


def choices_page() -> Sheet:
    """Hold what the drop-down offers."""
    shown = dispositions()
    names = {f"{LIST_NAME}{DISPOSITION}": Area(CHOICES, 0, 1, len(shown) - 1, 1)}
    lines = [Line((code, text), ("plain", "plain")) for code, text in shown.items()]
    return Sheet(CHOICES, (60, 240), lines, hidden=True, overlay=Overlay(names))


def issued_page(book: DivisionBook) -> Sheet:
    """Hold the responses as they were when the workbook was made, and which state of each need they are about."""
    lines = []
    for one in book.lines:
        lines.append(_line(key_text(one.key), DIGEST, one.digest))
        lines += [_line(key_text(one.key), name, text) for name, text in one.texts.items() if text]
    return Sheet(ISSUED, (220, 70, 420), lines, hidden=True)


def meta_page(book: DivisionBook) -> Sheet:
    """Say which workbook this is."""
    texts = {**book.issue.meta(), "title": book.title, "name": book.division, "serial": book.issue.serial}
    lines = [Line((name, text or None), ("plain", "plain")) for name, text in texts.items()]
    return Sheet(META, (120, 420), lines, hidden=True)


def fits_the_book(text: str) -> bool:
    """Can the workbook hold this answer: as it was typed, and as it notes it for itself?"""
    return fits_a_cell(text) and fits_a_cell(_spelt(text))


def _line(key: str, name: str, text: str) -> Line:
    return Line((key, name, _spelt(text)), ("plain",) * 3)


def _spelt(text: str) -> str:
    """Write a text as JSON, spelt so that a workbook can hold it."""
    written = json.dumps(text, ensure_ascii=False)
    return json.dumps(text) if UNCARRIED.search(written) else written
