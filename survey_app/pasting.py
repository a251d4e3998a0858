"""Reads a block of cells that was copied from a spreadsheet as rows of a table.

What is read is what stands in the cells; each passes the same ``parse`` as what is typed into a page.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exports.form.typed import MARKS
from questions.answers import BLANK, Entry, Place
from questions.kinds.base import Option
from questions.model import Question, Table
from questions.setting import Setting
from survey_app.headings import Headings

MOST_CELLS = 5_000
"""Cells that are read at once: some hundred rows of the widest table."""
NOT_A_CONTENT = re.compile(r"#+|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
"""What a spreadsheet shows in place of a content: an error, or that the column is too narrow."""
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)|[^\t\n]*')
_WRAPPED = re.compile(r'[\t\n]|""')


class TooManyCells(ValueError):
    """More was pasted than is read at once. ``count``: the cells."""

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


@dataclass(frozen=True)
class Column:
    """One column of a block: the question that it answers, None when the table has none for it.

    ``heading`` is what stands above it, "" without headings; with ``choice`` it holds marks at one choice of several.
    """

    heading: str = ""
    question: Question | None = None
    choice: Option | None = None


@dataclass(frozen=True)
class Line:
    """One row to be added. ``number`` is its place in the block from 1; ``beyond`` what stands in no column."""

    number: int
    entries: Mapping[str, Entry]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """What was pasted, read as rows of a table. ``blank`` rows were left out, ``headed`` says that headings were.

    ``lines`` are the rows to be added; ``outside`` those in which nothing stands but beyond the table's columns.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    outside: tuple[Line, ...] = ()
    headed: bool = False
    blank: int = 0
    missing: tuple[Question, ...] = field(default=())

    @property
    def strangers(self) -> tuple[Column, ...]:
        """The columns with a heading that the table does not have."""
        return tuple(one for one in self.columns if one.heading and one.question is None)


def columns_of(table: Table) -> tuple[Question, ...]:
    """Return the questions of a table that are filled in by people, in order."""
    return tuple(one for one in table.questions if not one.prefilled and not one.kind.attaches)


def cells_of(text: str) -> list[list[str]]:
    """Take a block apart into rows of cells.

    A spreadsheet wraps a cell in quotation marks, with those inside doubled, only when a tab or a line break stands in
    it; a cell that merely begins with one keeps it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[]]
    place = 0
    while found := _CELL.match(plain, place):
        rows[-1].append(_content(found))
        place = found.end() + 1
        if place > len(plain):
            break
        if plain[place - 1] == "\n":
            rows.append([])
    if rows[-1] == [""]:  # after the last line break
        rows.pop()
    return rows


def _content(found: "re.Match[str]") -> str:
    inside = found.group(1)
    if inside is None or not _WRAPPED.search(inside):
        return found.group()
    return inside.replace('""', '"')


def read_block(text: str, table: Table, setting: Setting) -> Block:
    """Read what was pasted as rows of a table. Raises TooManyCells."""
    rows = cells_of(text)
    count = sum(map(len, rows))
    if count > MOST_CELLS:
        raise TooManyCells(count)
    headings = Headings(columns_of(table), setting)
    columns, heads = _columns(rows, headings)
    found = [_line(number, row, columns, setting) for number, row in enumerate(rows[heads:], heads + 1)]
    lines = tuple(line for line in found if any(entry.texts for entry in line.entries.values()))
    outside = tuple(line for line in found if line.beyond and line not in lines)
    blank = len(found) - len(lines) - len(outside)
    there = {one.question.name for one in columns if one.question is not None}
    missing = tuple(one for one in columns_of(table) if one.name not in there)
    return Block(columns, lines, outside, heads > 0, blank, missing)


def _columns(rows: Sequence[Sequence[str]], headings: Headings) -> tuple[tuple[Column, ...], int]:
    """Tell what the columns are, and how many rows of the block say so."""
    width = max(map(len, rows), default=0)
    heads = 0
    columns = [Column("", question) for question in headings.questions[:width]]
    while heads < len(rows) and headings.are(rows[heads]):
        columns = [Column(heading, question, choice) for heading, question, choice in headings.told(rows[heads])]
        heads += 1
    return (*columns, *(Column() for _ in range(width - len(columns)))), heads


def _line(number: int, row: Sequence[str], columns: Sequence[Column], setting: Setting) -> Line:
    texts: dict[str, list[str]] = {}
    questions: dict[str, Question] = {}
    beyond = []
    for cell, column in zip(row, columns, strict=False):
        if column.question is None:
            beyond += [cell] if cell.strip() else []
            continue
        questions[column.question.name] = column.question
        marked = column.choice is not None and cell.strip().upper() in MARKS
        content = column.choice.code if marked and column.choice is not None else cell
        texts.setdefault(column.question.name, []).append(content)
    entries = {name: _entry(questions[name], contents, setting) for name, contents in texts.items()}
    return Line(number, entries, tuple(beyond))


def _entry(question: Question, contents: Sequence[str], setting: Setting) -> Entry:
    parsed = question.kind.parse(contents, setting)
    texts = tuple(text for text in contents if text.strip() or parsed.problems)
    return Entry(texts, parsed.value, parsed.problems) if texts else BLANK


def ranked(block: Block, table: Table, start: int, setting: Setting) -> Block:
    """Return a block whose rows bear the next ranks from ``start`` on, where the table has ranks and it gives none."""
    rank = table.rank
    if rank is None or any(line.entries.get(rank, BLANK).texts for line in block.lines):
        return block
    kind, lines = table.question(rank).kind, []
    for number, line in enumerate(block.lines, start):
        texts = (str(number),)
        entry = Entry(texts, kind.parse(texts, setting).value)
        lines.append(replace(line, entries={**line.entries, rank: entry}))
    return replace(block, lines=tuple(lines))


def new_ids(table: Table, text: str, token: str, count: int) -> tuple[str, ...]:
    """Return the ids of the rows that a block adds; the same block sent again from the same page gives the same."""
    seed = hashlib.sha256("\0".join((table.name, token, text)).encode("utf-8", "surrogatepass")).hexdigest()
    digests = (hashlib.sha256(f"{seed} {number}".encode()).hexdigest() for number in range(count))
    return tuple(f"r{digest[:16]}" for digest in digests)


def entries_of(lines: Iterable[Line], ids: Iterable[str]) -> dict[Place, Entry]:
    """Return the answers that rows bring, at their places."""
    return {
        (row, name): entry
        for line, row in zip(lines, ids, strict=True)
        for name, entry in line.entries.items()
        if entry.texts
    }
