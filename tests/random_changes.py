"""Random changes of a live questionnaire, as officials make them, and what the tests look at after each."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from sqlite_utils import Database
from town import DEADLINE

from exports.compiled import write_compiled
from exports.records import collect
from questions import editing
from questions.carrying_over import Node, nodes, revised
from questions.contents import Contents
from questions.reading import FaultyDefinition
from questions.revision import compare, needed_by
from questions.setting import Setting
from survey_app.store.audit import Who
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.proposals import keep_proposal
from survey_app.store.revisions import Revised, Revision, apply_revision, revisions
from survey_app.store.submissions import last_submissions

OFFICIAL = Who(None, "県庁 太郎", DEADLINE)
LABEL = {"ja": "書き直した文", "en": "Other words"}
KINDS = ("line", "prose", "whole", "yesno", "one", "several")


def present(database: Database) -> Inquiry:
    """The inquiry of 様式1 as it stands."""
    return find_inquiry(database, "support_needs")


def change(database: Database, document: Node, again: frozenset[str] = frozenset()) -> Revised:
    """Propose a definition and make the change."""
    inquiry = present(database)
    wanted = revised(inquiry.questionnaire, document)
    keep_proposal(database, inquiry, wanted, inquiry.questionnaire.digest, OFFICIAL)
    token = f"token-{len(revisions(database, inquiry))}"
    order = Revision("実態に合わせるため", wanted.digest, token, again)
    return apply_revision(database, inquiry, order, OFFICIAL)


def document_of(database: Database) -> Node:
    """The definition as it stands."""
    found: Node = json.loads(present(database).questionnaire.document)
    return found


def stored_texts(database: Database) -> dict[tuple[int, str, str], str]:
    """Every stored answer text under its reply, row and question."""
    rows = database.execute("SELECT reply, row, question, texts FROM answer")
    return {(row["reply"], row["row"], row["question"]): row["texts"] for row in rows}


def handed_in(database: Database) -> dict[tuple[str, int], Contents]:
    """The contents of the last submissions, read with the present questionnaire."""
    found = last_submissions(database, present(database))
    return {(one.municipality, one.number): one.contents for one in found}


def each_value_under_its_question(database: Database, folder: Path) -> None:
    """Write the compiled workbook and read it back: each value that was handed in stands under its own question."""
    cut = take_cut(database, present(database), DEADLINE)
    write_compiled(cut, folder / "book.xlsx")
    book = openpyxl.load_workbook(folder / "book.xlsx", read_only=True)
    said = {one.municipality: one.contents for one in cut.submissions}
    outer, tables = collect(cut)
    sheets = [("データ", outer, [(code, "") for code in said])]
    for name, records in tables.items():
        rows = [(code, row) for code, one in said.items() for row in one.row_ids(name)]
        sheets.append((f"データ_{name}", records, rows))
    told = {(code, *place) for code, one in said.items() for place, value in one.values.items() if value is not None}
    for title, records, places in sheets:
        lines = list(book[title].iter_rows(values_only=True))
        for field in records.fields:
            column = lines[0].index(field.name)
            for (code, row), line in zip(places, lines[2:], strict=False):
                value = said[code].value(field.question.name, row)
                if value is not None:
                    cell = field.question.kind.cells(value, Setting(roster=cut.roster))[field.place]
                    assert _read_back(line[column]) == _read_back(cell), (code, row, field.name)
                    told.discard((code, row, field.question.name))
    assert not told  # every answer has a column of its own


def _read_back(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    return float(cell) if isinstance(cell, Decimal | int) else cell


def random_change(database: Database, random: Random) -> Node:
    """A change that is possible: some of adding, removing, renaming, moving; of questions and of choices."""
    inquiry = present(database)
    document: Node = document_of(database)
    left = random.randint(2, 5)
    while left > 0 or document == document_of(database):
        left -= 1
        wanted = random.choice(ACTS)(document, inquiry, random)
        try:
            after = revised(inquiry.questionnaire, wanted)
        except FaultyDefinition:
            continue
        if not any(one.refused for one in compare(inquiry.questionnaire, after)):
            document = wanted
    return document


def _some(document: Node, random: Random, *, table: bool = True) -> str:
    found = [node["name"] for node in nodes(document) if not node.get("retired") and (table or "questions" not in node)]
    return str(random.choice(found))


def _add(document: Node, inquiry: Inquiry, random: Random) -> Node:
    after = _some(document, random, table=False)
    question: dict[str, Any] = {"name": editing.next_name(document, after, ()), "kind": random.choice(KINDS)}
    question |= {"label": {"ja": "加えた設問", "en": "Added"}, "required": random.random() < 0.5}
    choices = {f"x{number}": LABEL for number in (1, 2)} if question["kind"] in ("one", "several") else {}
    return editing.with_question(document, after, question, choices)


def _remove(document: Node, inquiry: Inquiry, random: Random) -> Node:
    name = _some(document, random)
    return document if needed_by(inquiry.questionnaire, name) else editing.retired(document, name)


def _remove_from_file(document: Node, inquiry: Inquiry, random: Random) -> Node:
    name = _some(document, random)
    changed: Node = json.loads(json.dumps(document))
    for holder in (*changed["sections"], *nodes(changed)):
        if len(holder.get("questions", ())) > 1 and not needed_by(inquiry.questionnaire, name):
            holder["questions"] = [one for one in holder["questions"] if one["name"] != name]
    return changed


def _rename(document: Node, inquiry: Inquiry, random: Random) -> Node:
    return editing.reworded(document, _some(document, random), editing.Wording(LABEL, required=random.random() < 0.5))


def _move(document: Node, inquiry: Inquiry, random: Random) -> Node:
    return editing.moved(document, _some(document, random), random.choice((-1, 1)))


def _choosing(document: Node, random: Random) -> str:
    return str(random.choice([node["name"] for node in nodes(document) if isinstance(node.get("choices"), str)]))


def _options(document: Node, name: str) -> dict[str, Any]:
    node = next(one for one in nodes(document) if one["name"] == name)
    found: dict[str, Any] = document["choices"][node["choices"]]
    return found


def _add_option(document: Node, inquiry: Inquiry, random: Random) -> Node:
    name = _choosing(document, random)
    return editing.with_option(document, name, editing.next_code(_options(document, name)), LABEL)


def _remove_option(document: Node, inquiry: Inquiry, random: Random) -> Node:
    name = _choosing(document, random)
    return editing.option_retired(document, name, random.choice(list(_options(document, name))))


def _move_options(document: Node, inquiry: Inquiry, random: Random) -> Node:
    changed: Node = json.loads(json.dumps(document))
    options = _options(changed, _choosing(changed, random))
    order = random.sample(list(options), len(options))
    kept = {code: options.pop(code) for code in order}
    options.update(kept)
    return changed


ACTS = (_add, _remove, _remove_from_file, _rename, _move, _add_option, _remove_option, _move_options)
