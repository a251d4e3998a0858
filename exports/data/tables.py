"""The tables of a data set: one record a reply, and for each table of the questionnaire one record a row.

One rule for the blanks, in every format: the cell of an answer is empty unless there is an answer, and the column
``<question>__state`` says why: answered, blank (asked, not answered), not_asked, nil (not asked, because the whole
reply says 該当なし). An answer of 0 is 0.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exports.blanks import Standing
from exports.cut import Cut
from exports.data.everything import everything_asked
from exports.records import HEADS, ROW_HEADS, Field, Head, Records, collect, unit_of
from exports.tidy import REPLIES, plain_name
from exports.words import STATES
from questions.expressions.nodes import Expression
from questions.expressions.sentence import when_asked
from questions.kinds.base import Option
from questions.labels import Label, Language
from questions.model import Item, Questionnaire, Table

STATE, ROWS = "__state", "__rows"
"""What is put behind a question's name for where it stands, and behind a table's for how many rows it has."""
CODEBOOK = "codebook"
"""The name of the table that describes the columns of all others."""


def _option(code: str, ja: str, en: str) -> Option:
    return Option(code=code, label=Label(ja=ja, en=en))


STANDINGS = (
    _option("answered", "回答あり", "Answered"),
    _option("blank", "無回答（たずねたが回答がない）", "Asked, not answered"),
    _option("not_asked", "対象外（たずねていない）", "Not asked"),
    _option("nil", "該当なし（回答全体が該当なし）", "Not asked: the reply says nil"),
)
"""The codes of the columns that say where a question stands."""
FLAGS = (_option("1", "選択", "Chosen"), _option("0", "選択なし", "Not chosen"))
_HEAD_CHOICES: Mapping[str, tuple[Option, ...]] = {
    "_state": tuple(Option(code=state.value, label=Label(ja=word, en=state.value)) for state, word in STATES.items()),
    "_nil": (_option("1", "該当なしの回答", "Nil reply"), _option("0", "該当ありの回答", "Other reply")),
}


@dataclass(frozen=True)
class Tally:
    """How the records of a column stand; ``asked`` = ``answered`` + ``blank``, and all add up to ``records``."""

    records: int
    answered: int
    blank: int = 0
    not_asked: int = 0
    nil: int = 0

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return self.answered + self.blank


@dataclass(frozen=True)
class DataColumn:
    """One column. ``form`` is that of the answers' columns, or "moment"; ``values`` are None where there is none.

    ``label`` is without the ``unit``. ``kind`` is that of the question, "" for what no question fills; ``choices``
    are what the codes mean; ``condition`` says when it is asked. ``places``: the decimals of an amount. ``item`` is
    the name of the question or table that the column is about, ``choice`` the label of the choice that a flag is for.
    """

    name: str
    label: str
    form: str
    values: Sequence[Any] = field(repr=False)
    tally: Tally
    unit: str = ""
    kind: str = ""
    choices: tuple[Option, ...] = ()
    condition: str = ""
    required: bool = False
    retired: bool = False
    places: int = 0
    item: str = ""
    choice: Label | None = None

    @property
    def title(self) -> str:
        """Its label with the unit in brackets."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True)
class DataTable:
    """One table: ``name`` is REPLIES or the name of a table of the questionnaire."""

    name: str
    label: str
    columns: tuple[DataColumn, ...]

    @property
    def header(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its records apart."""
        return ("code",) if self.name == REPLIES else ("code", "row_id")

    def __len__(self) -> int:
        return len(self.columns[0].values)

    def __getitem__(self, name: str) -> DataColumn:
        return next(column for column in self.columns if column.name == name)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield its records."""
        return zip(*(column.values for column in self.columns), strict=True)


def data_tables(cut: Cut) -> tuple[DataTable, ...]:
    """Return the replies and the rows of each table, in the official order; what was retired has its columns."""
    asked = everything_asked(cut.questionnaire)
    replies, tables = collect(replace(cut, questionnaire=asked))
    items = [item for _, item in asked.items()]
    found = [DataTable(REPLIES, "回答（1団体1行）", tuple(_columns(replies, items, HEADS, asked)))]
    for name, records in tables.items():
        table = asked.tables[name]
        label = f"{table.label.ja}（1件1行）"
        found.append(DataTable(name, label, tuple(_columns(records, table.questions, ROW_HEADS, asked))))
    return tuple(found)


def _columns(
    records: Records, items: Sequence[Item], heads: Sequence[Head], asked: Questionnaire
) -> Iterator[DataColumn]:
    yield from (_head(head, records.heads[head.name]) for head in heads)
    for item in items:
        if isinstance(item, Table):
            yield _row_counts(records, item, asked)
        else:
            yield from (_answers(records, one, asked) for one in records.fields_of(item))
    yield from (_standings(records, item) for item in items)


def _head(head: Head, values: Sequence[Any]) -> DataColumn:
    choices = _HEAD_CHOICES.get(head.name, ())
    return DataColumn(plain_name(head.name), head.label, head.form, values, _all(len(values)), choices=choices)


def _all(records: int) -> Tally:
    return Tally(records, records)


def _tally(standings: Sequence[Standing]) -> Tally:
    counts = Counter(standings)
    stages = (Standing.ANSWERED, Standing.BLANK, Standing.NOT_ASKED, Standing.NIL)
    return Tally(len(standings), *(counts[one] for one in stages))


def _answers(records: Records, one: Field, asked: Questionnaire) -> DataColumn:
    question = one.question
    choices: tuple[Option, ...] = ()
    if question.kind.summary == "choices":
        choices = FLAGS if one.column.form == "flag" else question.kind.options(records.setting)
    option = f"：{one.column.label.ja}" if one.column.label else ""
    return DataColumn(
        name=one.name,
        label=question.label.ja + option,
        form=one.column.form,
        values=records.cells(one),
        tally=_tally(records.standings[question.name]),
        unit=unit_of(question),
        kind=question.kind.name,
        choices=choices,
        condition=condition_of(question.name, asked, "ja"),
        required=question.required,
        retired=question.retired,
        places=int(question.kind.limits().get("places", 0)),
        item=question.name,
        choice=one.column.label,
    )


def _row_counts(records: Records, table: Table, asked: Questionnaire) -> DataColumn:
    return DataColumn(
        name=f"{table.name}{ROWS}",
        label=f"{table.label.ja}の件数",
        form="whole",
        values=records.values[table.name],
        tally=_tally(records.standings[table.name]),
        unit="件",
        kind="table",
        condition=condition_of(table.name, asked, "ja"),
        required=table.required,
        retired=table.retired,
        item=table.name,
    )


def _standings(records: Records, item: Item) -> DataColumn:
    standings = records.standings[item.name]
    values = [one.code for one in standings]
    return DataColumn(
        name=f"{item.name}{STATE}",
        label=f"{item.label.ja}：回答の別",
        form="code",
        values=values,
        tally=_all(len(values)),
        choices=STANDINGS,
        retired=item.retired,
        item=item.name,
    )


def condition_of(name: str, asked: Questionnaire, language: Language) -> str:
    """Say when something is asked: what its section, its table and itself ask for."""
    holders: list[Any] = [asked.section_of[name]]
    if name in asked.table_of:
        holders.append(asked.tables[asked.table_of[name]])
    holders.append(asked.questions.get(name) or asked.tables[name])
    conditions: list[Expression | None] = []
    said = []
    for holder in holders:
        if holder.relevant is not None and holder.relevant not in conditions:
            conditions.append(holder.relevant)
            said.append(when_asked(holder, asked, language))
    if language == "ja":
        return "、かつ".join([*(one.removesuffix("回答") for one in said[:-1]), *said[-1:]])
    return ", and ".join(said)
