"""The rules of the four questionnaires over random replies: what a workbook greys and marks is what the server says."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from answer_sheet import AnswerBook, Layout, RowCells
from small_inquiry import DATE_IN_HOKKAIDO, MISHIMA, SETTING
from town import needs

from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.expressions.formula import formula, satisfied
from questions.expressions.nodes import CHOOSING, COUNTING, Expression
from questions.model import Question, Questionnaire, Table
from questions.problems import Code
from questions.reading import catalogue, read_catalogue
from questions.setting import Municipality, Roster

REPLIES = 70
TODAY = date.today()
# Names that only one town bears: a cell holds the name.
KORIYAMA = Municipality("072036", "郡山市", "市", population=327692)
TOWNS = Roster([KORIYAMA, *(town for town in SETTING.roster if town.code != DATE_IN_HOKKAIDO)])
AROUND = replace(SETTING, roster=TOWNS, today=TODAY)
NUMBERS = ["0", "1", "2", "3", "5", "20", "2026", "2027", "99999", "100000", "200000", "600000", "1300000"]


@dataclass
class CatalogueCells(RowCells):
    """The cells of one reply; whether a question is asked is worked out in every formula anew."""

    number: int | None = None  # of the row of a table, from 0

    def answer(self, name: str) -> str:
        return (
            super().answer(name)
            if self.number is None or not self._table(name)
            else self.cell_of_row(name, self.number)
        )

    def asked(self, name: str) -> str | None:
        return self.asked_formula(name) or None

    def asked_formula(self, name: str) -> str:
        """The conditions of the section, the table and the question itself."""
        questionnaire = self.layout.questionnaire
        table = questionnaire.tables.get(self._table(name))
        holders = [
            questionnaire.section_of[name],
            table,
            questionnaire.questions.get(name) or questionnaire.tables[name],
        ]
        rules = [holder.relevant for holder in holders if holder is not None and holder.relevant is not None]
        written = list(dict.fromkeys(formula(rule, self) for rule in rules))
        return f"AND({','.join(written)})" if written else ""

    def _table(self, name: str) -> str:
        return self.layout.questionnaire.table_of.get(name, "")


class Chance:
    """Draws replies."""

    def __init__(self, questionnaire: Questionnaire, seed: int) -> None:
        self.questionnaire, self.random = questionnaire, random.Random(seed)

    def reply(self) -> Answers:
        entries: dict[Place, Entry] = {}
        rows: dict[str, tuple[str, ...]] = {}
        for _, item in self.questionnaire.items():
            if isinstance(item, Table):
                rows[item.name] = tuple(f"{item.name}-{number}" for number in range(self.random.randint(0, 4)))
                for row in rows[item.name]:
                    entries |= {(row, one.name): self.entry(one) for one in item.questions}
            else:
                entries["", item.name] = self.entry(item)
        return Answers(entries, rows)

    def entry(self, question: Question) -> Entry:
        if question.prefilled:
            return Entry((), MISHIMA)
        if question.name == "B1":
            return Entry(("1",), "1") if self.random.random() < 0.8 else Entry(("0",), "0")
        if self.random.random() < 0.15:
            return Entry()
        texts = self.texts(question)
        return Entry(texts, question.kind.parse(texts, AROUND).value)

    def texts(self, question: Question) -> tuple[str, ...]:
        codes = [option.code for option in question.kind.options(AROUND)]
        if codes and question.kind.many:
            towns = codes[0] in TOWNS
            few, many = (1, 2) if towns or self.random.random() < 0.2 else (len(codes) // 2, len(codes))
            return tuple(self.random.sample(codes, self.random.randint(few, many)))
        one = self.random.choice
        day = TODAY + timedelta(days=self.random.randint(-2, 2))
        by_form = {"number": one(NUMBERS), "day": day.isoformat(), "month": f"2027-{self.random.randint(3, 6)}"}
        years = "、".join(self.random.sample(["2024", "2025", "2026", "2027"], self.random.randint(1, 3)))
        return (one(codes) if codes else by_form.get(question.kind.operand_form, years),)


def rules(reply: Examination, layout: Layout, row: int) -> Iterator[tuple[str, str, bool]]:
    """Every rule at every place of a reply: what it is, its formula, and what the server says."""
    questionnaire = reply.questionnaire
    for name, question in {**questionnaire.questions, **questionnaire.tables}.items():
        table = questionnaire.table_of.get(name)
        for number, row_id in enumerate(reply.answers.row_ids(table)) if table else [(None, "")]:
            cells = CatalogueCells(layout, row, name, number=number)
            yield f"{name} is asked", cells.asked_formula(name) or "TRUE", reply.asked(name, row_id)
            given = (
                reply.answers.row_ids(name) if isinstance(question, Table) else reply.value(name, row_id) is not None
            )
            if not given or not reply.asked(name, row_id):
                continue
            found = [one for one in reply.problems() if one.place == (row_id, name)]
            constraint: Expression | None = getattr(question, "constraint", None)
            if constraint is not None:
                broken = any(one.code is Code.CONSTRAINT for one in found)
                yield f"{name} is constrained", satisfied(constraint, cells, COUNTING), not broken
            for check in (check for check in questionnaire.checks if check.at == name):
                broken = any(one.context.get("check") == check.name for one in found)
                yield check.name, satisfied(check.expression, cells, COUNTING | CHOOSING), not broken


@pytest.mark.libreoffice
@needs("soffice")
@pytest.mark.parametrize("name", catalogue())
def test_every_rule_of_the_catalogue_says_the_same_in_a_workbook(name: str, tmp_path: Path) -> None:
    questionnaire = read_catalogue(name)
    chance, layout = Chance(questionnaire, 20261124), Layout(questionnaire, AROUND)
    book = AnswerBook(layout, tmp_path / "catalogue.xlsx")
    expected: list[tuple[int, int, str, bool]] = []
    for row in range(1, REPLIES + 1):
        answers = chance.reply()
        for (row_id, question), entry in answers.entries.items():
            table = questionnaire.table_of.get(question)
            book.write(row, question, entry.value, answers.row_ids(table).index(row_id) if table else None)
        for number, (what, written, truth) in enumerate(
            rules(Examination(questionnaire, answers, AROUND), layout, row), 1
        ):
            book.write_formula(row, number, written)
            expected.append((row, number, what, truth))
    found = book.recalculated()
    wrong = [(row, what, truth) for row, number, what, truth in expected if found(row, number) is not truth]
    assert wrong == []
    held = {(what, truth) for _, _, what, truth in expected}
    rules_met = {what for what, _ in held if not what.endswith("asked")} - {"G1-07", "G2-07"}
    assert {rule for rule in rules_met if {(rule, True), (rule, False)} - held} == set(), "never broken, or never kept"
