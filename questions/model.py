"""What is asked: sections, questions, tables and rules, as frozen values."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PositiveInt,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from questions.expressions.nodes import Expression
from questions.expressions.parser import BadExpression, parse
from questions.kinds.registry import KINDS
from questions.labels import Label, Text
from questions.problems import Level

if TYPE_CHECKING:
    from questions.kinds.base import Kind

    AnyKind = Kind[Any]
else:
    AnyKind = Annotated[Union[tuple(KINDS.values())], Field(discriminator="name")]  # noqa: UP007 (built at run time)

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]


def _expression(source: Any) -> Any:
    if isinstance(source, Expression) or source is None:
        return source
    try:
        return parse(str(source))
    except BadExpression as fault:
        context = {"source": fault.source, "place": fault.place, "found": fault.found, "expected": fault.expected}
        raise PydanticCustomError("bad_expression", "{source}", context) from fault


Rule = Annotated[Expression, BeforeValidator(_expression)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Question(_Frozen):
    """One leaf that takes one answer.

    ``relevant`` says when it is asked, ``constraint`` what must hold of its answer (``.``) once it is given.
    ``required``: always; ``required_when``: while an expression holds, ``required_message`` says why.
    ``contact``: it tells whom to ask back; the same from one inquiry to the next, until somebody moves. ``anew``: it
    is about this one reply, such as the day of its approval, so that an earlier answer helps nobody. ``outside``: it
    is about an approval that is settled outside the program, and not asked where it is settled inside. ``retired``: it
    was asked once and is no longer; its name is not used again.
    """

    name: Name
    label: Label
    kind: AnyKind
    hint: Label | None = None
    example: Text | None = None
    required: bool = False
    required_when: Rule | None = None
    required_message: Label | None = None
    relevant: Rule | None = None
    constraint: Rule | None = None
    constraint_message: Label | None = None
    contact: bool = False
    anew: bool = False
    outside: bool = False
    retired: bool = False

    @model_validator(mode="after")
    def _messages(self) -> "Question":
        if self.constraint is not None and self.constraint_message is None:
            raise PydanticCustomError("message_missing", "constraint_message")
        if self.required_when is not None and self.required_message is None:
            raise PydanticCustomError("message_missing", "required_message")
        if getattr(self.kind, "pattern", None) is not None and getattr(self.kind, "pattern_message", None) is None:
            raise PydanticCustomError("message_missing", "pattern_message")
        return self

    @property
    def prefilled(self) -> bool:
        """Is it filled in by the system with the municipality that replies?"""
        return getattr(self.kind, "prefill", None) == "own"


class Need(_Frozen):
    """Which columns of a table say what a need (要望事項) is about."""

    field: Name
    form: Name
    subject: Name
    detail: Name
    disclosure: Name | None = None


class Table(_Frozen):
    """Rows that repeat; each column is a question.

    ``least`` and ``most`` bound the rows; ``rank`` names the whole-number column that must be 1..n. ``retired`` as of
    a question.
    """

    name: Name
    label: Label
    questions: tuple[Question, ...] = Field(min_length=1)
    hint: Label | None = None
    required: bool = False
    relevant: Rule | None = None
    least: PositiveInt | None = None
    most: PositiveInt = 20
    rank: Name | None = None
    need: Need | None = None
    retired: bool = False

    @property
    def narrow(self) -> bool:
        """Do its rows fit side by side on a page, so that they can be filled in as a grid?"""
        few = len(self.questions) <= 4  # columns beside each other at 1280 px
        return few and not any(one.kind.long or one.kind.many or one.relevant for one in self.questions)

    def question(self, name: str) -> Question:
        """Return one of its columns. Raises KeyError."""
        return {one.name: one for one in self.questions}[name]


Item = Question | Table


def _shape(item: Any) -> str:
    rows = "questions" in item if isinstance(item, Mapping) else isinstance(item, Table)
    return "table" if rows else "question"


# Told apart by their shape, so that a fault in one is not reported as a fault of the other, too.
AnyItem = Annotated[Annotated[Question, Tag("question")] | Annotated[Table, Tag("table")], Discriminator(_shape)]


class Section(_Frozen):
    """One page of the questionnaire."""

    name: Name
    title: Label
    items: tuple[AnyItem, ...] = Field(min_length=1)
    relevant: Rule | None = None

    def tables(self) -> tuple[Table, ...]:
        """Return the tables of the section."""
        return tuple(item for item in self.items if isinstance(item, Table))

    def questions(self) -> tuple[Question, ...]:
        """Return the questions of the section that stand outside tables."""
        return tuple(item for item in self.items if isinstance(item, Question))


class Check(_Frozen):
    """A rule over several answers, shown beside the question ``at``."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    at: Name
    expression: Rule
    message: Label
    level: Level = Level.ERROR
    waivable: bool = False
    source: str = ""


class Across(_Frozen):
    """A rule over the replies of all municipalities; for the division only.

    "total": the sum of ``question`` for each value of ``by`` is at most ``most``. "overlap": no municipality stands
    in ``question`` of two replies with the same ``by`` (``other``: of replies to another questionnaire).
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    rule: Literal["total", "overlap"]
    question: Name
    by: Name
    most: int | None = None
    other: FileName | None = Field(default=None, alias="with")
    message: Label
    source: str = ""


class Constant(_Frozen):
    """A number that rules refer to by name."""

    value: int
    label: Label


class Nil(_Frozen):
    """The answer that means 該当なし: "we have nothing to ask for"."""

    question: Name
    choice: str


class Questionnaire(_Frozen):
    """A whole questionnaire. ``digest`` identifies its text: any change of content changes it.

    ``sections`` holds what is asked. Where something was retired, ``past`` holds all sections with that in its place;
    else it is empty.
    """

    name: FileName
    title: Label
    style: Label
    sections: tuple[Section, ...] = Field(min_length=1)
    guide: tuple[Label, ...] = ()
    nil: Nil | None = None
    constants: dict[Name, Constant] = {}
    checks: tuple[Check, ...] = ()
    across: tuple[Across, ...] = ()
    document: str = Field(default="", repr=False)
    digest: str = ""
    past: tuple[Section, ...] = Field(default=(), repr=False)

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Yield every question and table outside tables with its section, in order."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return {item.name: item for _, item in self.items() if isinstance(item, Table)}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by name, columns of tables included, in order."""
        found: dict[str, Question] = {}
        for _, item in self.items():
            for question in item.questions if isinstance(item, Table) else (item,):
                found[question.name] = question
        return found

    @cached_property
    def ever_asked(self) -> dict[str, Question | Table]:
        """Every question and table by name, retired ones included, in order; a table before its columns."""
        found: dict[str, Question | Table] = {}
        for section in self.past or self.sections:
            for item in section.items:
                columns = item.questions if isinstance(item, Table) else ()
                found |= {item.name: item, **{column.name: column for column in columns}}
        return found

    @cached_property
    def table_of(self) -> dict[str, str]:
        """The table's name for each question that is a column."""
        return {question.name: table.name for table in self.tables.values() for question in table.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section for each question and table."""
        found = {}
        for section, item in self.items():
            found[item.name] = section
            for column in item.questions if isinstance(item, Table) else ():
                found[column.name] = section
        return found

    def section(self, name: str) -> Section:
        """Return a section. Raises KeyError."""
        return {section.name: section for section in self.sections}[name]

    def label(self, name: str) -> Label:
        """Return the label of a question or table, be it retired. Raises KeyError."""
        found = self.questions.get(name) or self.tables.get(name) or self.ever_asked[name]
        return found.label
