"""Turns what a page of the form sent into changes of a reply: answers, and the rows of tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from questions.answers import Answers, Entry, Place
from questions.model import Section, Table
from questions.setting import Setting
from survey_app.forms import AnswerForm, control
from survey_app.store.replies import Changes, Reply, new_row

SPARE_ROWS = 2
ROW_ID = re.compile(r"r[0-9a-f]{16}")


@dataclass(frozen=True)
class Rows:
    """The rows of one table on a page: those that the reply has, and blank ones behind them."""

    table: Table
    present: tuple[str, ...]
    spare: tuple[str, ...] = ()

    @property
    def on_page(self) -> tuple[str, ...]:
        """All of them, in order."""
        return (*self.present, *self.spare)

    def places(self) -> Iterable[Place]:
        """Yield the place of each of their answers."""
        return ((row, question.name) for row in self.on_page for question in self.table.questions)


@dataclass(frozen=True)
class Outcome:
    """What a page sent: the changes, tables with more rows than they may have, and rows that were brought back."""

    changes: Changes
    overfull: tuple[Table, ...] = ()
    restored: tuple[str, ...] = field(default=())


def rows_to_show(table: Table, answers: Answers, spare: int | None = None) -> Rows:
    """Return a table's rows with a few blank ones, as many as fit."""
    present = answers.row_ids(table.name)
    least = (table.least or 0) - len(present)
    wanted = max(SPARE_ROWS if not present else 1, least) if spare is None else spare
    fitting = max(0, min(wanted, table.most - len(present)))
    return Rows(table, present, tuple(new_row() for _ in range(fitting)))


def rows_sent(table: Table, answers: Answers, typed: MultiDict[str, str]) -> Rows:
    """Return a table's rows with those that a page sent besides; ids that cannot be rows of it are left out."""
    present = answers.row_ids(table.name)
    elsewhere = _rows_of_other_tables(table, answers)
    sent = dict.fromkeys(typed.getlist(f"rows.{table.name}"))
    more = tuple(row for row in sent if row not in present and row not in elsewhere and ROW_ID.fullmatch(row))
    return Rows(table, present, more[: table.most + SPARE_ROWS])


def places_of(section: Section, rows: Iterable[Rows]) -> list[Place]:
    """Return the places that a section's page has controls for."""
    grids = {one.table.name: one for one in rows}
    places: list[Place] = []
    for item in section.items:
        if not isinstance(item, Table):
            places.append(("", item.name))
        elif item.name in grids:
            places += grids[item.name].places()
    return places


def outcome(reply: Reply, form: AnswerForm, rows: Iterable[Rows], typed: MultiDict[str, str]) -> Outcome:
    """Return what a page's form asks to be changed.

    A blank spare row is nothing. A row that somebody else removed meanwhile comes back when something new was typed
    into it. Where the officer chose to keep another's text after a conflict, the own one is left out.
    """
    answers = reply.answers
    entries = {place: entry for place, entry in form.sent().items() if f"theirs.{control(place)}" not in typed}
    wanted: dict[str, tuple[str, ...]] = {}
    overfull: list[Table] = []
    restored: list[str] = []
    for one in rows:
        removed = set(typed.getlist("remove")).intersection(one.present)
        filled = [row for row in one.spare if _typed_into(one.table, row, entries, answers)]
        restored += [row for row in filled if _was_row(row, answers)]
        wanted[one.table.name] = (*(row for row in one.present if row not in removed), *filled)
        if filled and len(wanted[one.table.name]) > one.table.most:
            overfull.append(one.table)
        dropped = removed.union(one.spare).difference(filled)
        entries = {place: entry for place, entry in entries.items() if place[0] not in dropped}
    changed = {table: ids for table, ids in wanted.items() if ids != answers.row_ids(table)}
    changes = Changes(typed.get("seen", 0, type=int), entries, changed, typed.get("page", "")[:40])
    return Outcome(changes, tuple(overfull), tuple(restored))


def moved(rows: Sequence[str], row: str, by: int) -> tuple[str, ...]:
    """Return rows with one of them moved up (-1) or down (1); as they are when it cannot move."""
    place = rows.index(row) if row in rows else -1
    if place < 0 or not 0 <= place + by < len(rows):
        return tuple(rows)
    order = list(rows)
    order[place], order[place + by] = order[place + by], order[place]
    return tuple(order)


def numbered(table: Table, rows: Sequence[str], setting: Setting) -> dict[Place, Entry]:
    """Return the answers that number a table's rows by their order."""
    if table.rank is None:
        return {}
    kind = table.question(table.rank).kind
    texts = [(str(number),) for number in range(1, len(rows) + 1)]
    return {
        (row, table.rank): Entry(text, kind.parse(text, setting).value) for row, text in zip(rows, texts, strict=True)
    }


def is_numbered(table: Table, answers: Answers) -> bool:
    """Are a table's rows numbered by their order?"""
    if table.rank is None:
        return False
    rows = answers.row_ids(table.name)
    return [answers.value(table.rank, row) for row in rows] == list(range(1, len(rows) + 1))


def reordered(reply: Reply, table: Table, rows: Sequence[str]) -> Changes:
    """Return the changes that bring a table's rows into an order; numbers that followed the order follow it again."""
    entries = numbered(table, rows, reply.setting) if is_numbered(table, reply.answers) else {}
    return Changes(reply.revision, entries, {table.name: tuple(rows)})


def _typed_into(table: Table, row: str, entries: dict[Place, Entry], answers: Answers) -> bool:
    """Was something typed into a row that the reply does not have, other than what it had when it was removed?

    The rank alone is nothing: it is filled in for a new row.
    """
    mine = [(place, entry) for place, entry in entries.items() if place[0] == row and place[1] != table.rank]
    changed = any(entry.texts != answers.entry(question, row).texts for (_, question), entry in mine)
    return changed and any(entry.texts for _, entry in mine)


def _was_row(row: str, answers: Answers) -> bool:
    return any(place[0] == row for place in answers.entries)


def _rows_of_other_tables(table: Table, answers: Answers) -> set[str]:
    columns = {question.name for question in table.questions}
    typed = {row for row, question in answers.entries if row and question not in columns}
    return typed.union(*(ids for name, ids in answers.rows.items() if name != table.name))
