"""Reads rosters and lists of targets from tables of texts; every fault is told at once, with its line."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from typing import Any, NamedTuple

from exports.file_names import UNFIT
from questions.kinds.texts import first_control
from questions.numerals import read_number
from questions.setting import Municipality, check_digit

REQUIRED = ("code", "name", "kana", "kind", "bureau", "county", "population")
"""Columns that must be there; ``population_source`` and ``groups`` may be there, any other is left unread."""
FILLED = ("code", "name", "kind", "bureau")
"""Columns in which no cell may be blank."""
KINDS = ("市", "町", "村", "区")
HEADINGS = {
    "団体コード": "code",
    "団体名": "name",
    "ふりがな": "kana",
    "種別": "kind",
    "地方振興局": "bureau",
    "郡": "county",
    "人口": "population",
    "人口の出典": "population_source",
    "グループ": "groups",
}
"""Japanese headings that mean the columns."""
# utf-8-sig first: it refuses almost every text of the other; cp932 is what Excel saves as "CSV".
ENCODINGS = ("utf-8-sig", "cp932")
LONGEST_CELLS = {"name": 50, "kana": 100, "bureau": 50, "county": 50, "population_source": 200, "groups": 200}
"""Characters that a cell of a column may have."""
LONGEST = 10_000
"""Characters of a cell beyond which a file is no list."""


class RosterCode(StrEnum):
    """What can be wrong with a file of municipalities."""

    NOT_TEXT = "not_text"
    EMPTY = "empty"
    MISSING_COLUMN = "missing_column"
    BLANK = "blank"
    TOO_MANY_CELLS = "too_many_cells"
    NOT_A_CODE = "not_a_code"
    LOST_ZERO = "lost_zero"
    CHECK_DIGIT = "check_digit"
    DUPLICATE = "duplicate"
    UNKNOWN_KIND = "unknown_kind"
    NOT_A_POPULATION = "not_a_population"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    SAME_PERSON = "same_person"
    NOT_AN_EMAIL = "not_an_email"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    LINE_BREAK = "line_break"
    NOT_IN_NAMES = "not_in_names"


@dataclass(frozen=True)
class RosterFault:
    """One fault. ``line`` counts the lines of the file from 1; 0 is the whole file."""

    code: RosterCode
    line: int = 0
    context: Mapping[str, Any] = field(default_factory=dict)


class FaultyRoster(ValueError):
    """A file of municipalities with faults; ``faults`` holds them all."""

    def __init__(self, faults: tuple[RosterFault, ...]) -> None:
        super().__init__("; ".join(f"line {fault.line}: {fault.code}" for fault in faults))
        self.faults = faults


class RosterLine(NamedTuple):
    """One municipality, and where its population figure is from."""

    municipality: Municipality
    source: str


Row = tuple[int, dict[str, str]]
"""A line's number and its cells by column."""
Records = list[tuple[int, list[str]]]
"""Lines that are not blank, with their numbers in the file and their cells."""


def read_own_roster(name: str) -> tuple[RosterLine, ...]:
    """Read a roster that comes with the program: fukushima or japan."""
    return read_roster(resources.files("survey_app.rosters").joinpath(f"{name}.csv").read_bytes())


def read_roster(content: bytes) -> tuple[RosterLine, ...]:
    """Read a roster: CSV in UTF-8 or Shift_JIS with the columns of REQUIRED. Raises FaultyRoster."""
    return roster_of(records_of_text(content))


def roster_of(records: Records) -> tuple[RosterLine, ...]:
    """Read a roster from the lines of a file. Raises FaultyRoster."""
    faults: list[RosterFault] = []
    rows = rows_of(records, HEADINGS, REQUIRED, faults)
    lines = [_line(row, faults) for row in rows]
    faults += faults_of_codes([(number, cells["code"]) for number, cells in rows if cells["code"]])
    if faults:
        raise FaultyRoster(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(lines)


def read_targets(content: bytes) -> tuple[str, ...]:
    """Read municipality codes: CSV with a column ``code``, or one code a line. Raises FaultyRoster."""
    lines = records_of_text(content)
    place = 0
    if lines and "code" in lines[0][1]:
        place = lines[0][1].index("code")
        lines = lines[1:]
    codes = [(number, cells[place] if place < len(cells) else "") for number, cells in lines]
    faults = [RosterFault(RosterCode.BLANK, number, {"column": "code"}) for number, code in codes if not code]
    faults += faults_of_codes([(number, code) for number, code in codes if code])
    if not codes:
        faults.append(RosterFault(RosterCode.EMPTY))
    if faults:
        raise FaultyRoster(tuple(faults))
    return tuple(code for _, code in codes)


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FaultyRoster((RosterFault(RosterCode.NOT_TEXT),))


def records_of_text(content: bytes) -> Records:
    """Take the cells of each line of a CSV file apart; blank lines are left out. Raises FaultyRoster."""
    reader = csv.reader(_text(content).splitlines(keepends=True))
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as fault:
        raise FaultyRoster((RosterFault(RosterCode.NOT_TEXT),)) from fault
    if any(len(cell) > LONGEST for _, cells in lines for cell in cells):  # csv's own limit is anybody's to change
        raise FaultyRoster((RosterFault(RosterCode.NOT_TEXT),))
    return lines


def rows_of(
    records: Records, headings: Mapping[str, str], required: Sequence[str], faults: list[RosterFault]
) -> list[Row]:
    """Name the cells of each line by the first one. Raises FaultyRoster when a column is missing, or all lines.

    ``headings``: other words for columns; ``required``: columns without which no line can be judged.
    """
    if not records:
        raise FaultyRoster((RosterFault(RosterCode.EMPTY),))
    (_, first), *records = records
    header = [headings.get(cell, cell) for cell in first]
    if missing := [column for column in required if column not in header]:
        found = tuple(first)
        raise FaultyRoster(
            tuple(RosterFault(RosterCode.MISSING_COLUMN, 1, {"column": one, "found": found}) for one in missing)
        )
    rows: list[Row] = []
    for number, cells in records:
        if len(cells) > len(header):
            context = {"most": len(header), "found": len(cells)}
            faults.append(RosterFault(RosterCode.TOO_MANY_CELLS, number, context))
        filled = [*cells, *[""] * len(header)]
        for column, cell in zip(header, cells, strict=False):
            if first_control(cell) is not None:
                faults.append(RosterFault(RosterCode.CONTROL_CHARACTER, number, {"column": column}))
        rows.append((number, dict(zip(header, filled, strict=False))))
    if not rows:
        raise FaultyRoster((RosterFault(RosterCode.EMPTY),))
    return rows


def _line(row: Row, faults: list[RosterFault]) -> RosterLine:
    number, cells = row
    faults += [RosterFault(RosterCode.BLANK, number, {"column": one}) for one in FILLED if not cells[one]]
    faults += _faults_of_texts(number, cells)
    if cells["kind"] and cells["kind"] not in KINDS:
        faults.append(RosterFault(RosterCode.UNKNOWN_KIND, number, {"found": cells["kind"], "known": KINDS}))
    municipality = Municipality(
        code=cells["code"],
        name=cells["name"],
        kind=cells["kind"],
        bureau=cells["bureau"],
        county=cells["county"],
        kana=cells["kana"],
        population=_population(number, cells["population"], faults),
        groups=tuple(group for group in cells.get("groups", "").split(";") if group),
    )
    return RosterLine(municipality, cells.get("population_source", ""))


def _faults_of_texts(number: int, cells: Mapping[str, str]) -> Iterator[RosterFault]:
    """Yield what is wrong with texts that stand in headings, and with names, of which files get theirs."""
    for column, most in LONGEST_CELLS.items():
        text = cells.get(column, "")
        if len(text) > most:
            yield RosterFault(RosterCode.TOO_LONG, number, {"column": column, "most": most, "found": len(text)})
        if "\n" in text or "\t" in text:
            yield RosterFault(RosterCode.LINE_BREAK, number, {"column": column})
    if unfit := tuple(dict.fromkeys(UNFIT.findall(cells["name"]))):
        yield RosterFault(RosterCode.NOT_IN_NAMES, number, {"column": "name", "found": " ".join(unfit)})


def _population(number: int, text: str, faults: list[RosterFault]) -> int | None:
    """Read a number of inhabitants; blank is None, never 0."""
    if not text:
        return None
    try:
        found = read_number(text)
    except ValueError:
        found = None
    if found is None or found < 0 or found != int(found):
        faults.append(RosterFault(RosterCode.NOT_A_POPULATION, number, {"found": text}))
        return None
    return int(found)


def faults_of_codes(codes: list[tuple[int, str]]) -> Iterator[RosterFault]:
    """Yield what is wrong with codes that must each stand once."""
    first: dict[str, int] = {}
    for number, code in codes:
        if code in first:
            yield RosterFault(RosterCode.DUPLICATE, number, {"found": code, "first": first[code]})
            continue
        first[code] = number
        if fault := fault_of_code(number, code):
            yield fault


def fault_of_code(number: int, code: str) -> RosterFault | None:
    """Return what is wrong with a code; None when nothing is."""
    digits = code.isascii() and code.isdigit()
    if digits and len(code) == 5 and check_digit("0" + code[:4]) == code[4]:
        return RosterFault(RosterCode.LOST_ZERO, number, {"found": code, "meant": f"0{code}"})
    if not digits or len(code) != 6:
        return RosterFault(RosterCode.NOT_A_CODE, number, {"found": code})
    if check_digit(code[:5]) != code[5]:
        expected = code[:5] + check_digit(code[:5])
        return RosterFault(RosterCode.CHECK_DIGIT, number, {"found": code, "expected": expected})
    return None
