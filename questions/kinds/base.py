"""What every kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from questions.eras import Month
from questions.labels import Label, Language
from questions.problems import Code, Problem
from questions.setting import Setting

V = TypeVar("V")

Scalar = str | int | float | Decimal | date | bool | None
"""What one cell of a table can hold."""

Operand = None | bool | str | Decimal | date | Month | tuple[str, ...]
"""What an expression sees of an answer; None is unanswered."""

OperandForm = Literal["text", "number", "day", "month", "codes"]
"""What an Operand is when there is one: str, Decimal, date, Month, or tuple of str."""

ColumnForm = Literal["text", "code", "whole", "decimal", "day", "month", "flag"]


CONTROLS_LIKE_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
"""What Python takes for blanks, but no workbook can carry: a text of these alone is told, not taken for no answer."""


class Option(BaseModel):
    """One choice of a question: the code that is stored, and its label. ``retired``: it is no longer offered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=64)]
    label: Label
    retired: bool = False


@dataclass(frozen=True)
class Column:
    """One column of tidy data that a question fills.

    ``suffix`` is the choice's code for a question of several choices ("" else); ``form`` says what the cells hold:
    "flag" 1/0, "code" a choice's code, "month" text such as 2027-04.
    """

    form: ColumnForm
    suffix: str = ""
    label: Label | None = None


@dataclass(frozen=True)
class Attached:
    """One file by reference. ``id``: 32 hexadecimal digits; ``name``: what it was called where it was sent from."""

    id: str
    name: str

    @property
    def text(self) -> str:
        """How the reference is written as a text of an answer."""
        return f"{self.id} {self.name}"


@dataclass(frozen=True)
class Parsed(Generic[V]):
    """What became of a text: a value, or None when blank or wrong, and what is wrong with it."""

    value: V | None = None
    problems: tuple[Problem, ...] = ()


def wrong(code: Code, **context: Any) -> Parsed[Any]:
    """Return the outcome of a text that cannot be read."""
    return Parsed(None, (Problem(code, context=context),))


class Kind(BaseModel, ABC, Generic[V]):
    """How one answer is read, stored, shown and tabulated.

    A kind knows nothing of the question that it serves but its own options. It *names* the control of a form page
    (``widget``: a macro in the templates), the format of a cell (``cell_format``), what expressions see of it
    (``operand_form``) and its summary; and it says how long an answer takes (``seconds``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    widget: ClassVar[str] = "line"
    cell_format: ClassVar[str] = "text"
    operand_form: ClassVar[OperandForm] = "text"
    summary: ClassVar[Literal["texts", "numbers", "choices"]] = "texts"
    many: ClassVar[bool] = False  # whether several texts make one answer
    group: ClassVar[bool] = False  # whether its control is a group of buttons with a legend
    long: ClassVar[bool] = False  # whether it needs the width of a page
    attaches: ClassVar[bool] = False  # whether its answer is files: sent from a browser, kept apart from the answers
    seconds: ClassVar[int] = 20  # roughly, to read the question, look the answer up and type it
    portable: ClassVar[bool] = True  # whether an answer says the same in another reply, so that it can be taken over

    @abstractmethod
    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[V]:
        """Read texts that are not blank."""

    def parse(self, texts: Sequence[str], setting: Setting) -> Parsed[V]:
        """Read what was typed in a browser, a workbook or an import; blank is None, never "" or 0."""
        for text in texts:
            hidden = next((character for character in text if character in CONTROLS_LIKE_BLANKS), None)
            if hidden is not None and not text.strip():
                return wrong(Code.CONTROL_CHARACTER, place=text.index(hidden) + 1, point=f"U+{ord(hidden):04X}")
        kept = tuple(text.replace("\r\n", "\n").replace("\r", "\n") for text in texts if text.strip())
        if len(kept) > 1 and not self.many:
            return wrong(Code.ONE_ONLY)
        return self.read(kept, setting) if kept else Parsed()

    def show(self, value: V, language: Language, setting: Setting) -> str:
        """Show a value to people."""
        return str(value)

    def texts(self, value: V) -> tuple[str, ...]:
        """Return what the form's control holds for a value; parsing it gives the value again."""
        return (str(value),)

    def dump(self, value: V) -> Any:
        """Return what is stored: plain JSON."""
        return value

    def load(self, stored: Any) -> V:
        """Return the value of what ``dump`` stored."""
        loaded: V = stored
        return loaded

    def operand(self, value: V) -> Operand:
        """Return what an expression sees of the value."""
        seen: Operand = self.dump(value)
        return seen

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return what can be chosen; nothing for a kind without choices."""
        return ()

    def retired_options(self) -> tuple[Option, ...]:
        """Return what could be chosen once and is no longer offered; an answer that holds it stands."""
        return ()

    def reading_cell(self, value: V, language: Language, setting: Setting) -> Scalar:
        """Return the one cell in which people read the value."""
        return self.show(value, language, setting)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """Return the columns of tidy data that the question fills; the same number as ``cells``."""
        return (Column("text"),)

    def cells(self, value: V, setting: Setting) -> tuple[Scalar, ...]:
        """Return the cells of tidy data for a value."""
        cell: Scalar = self.dump(value)
        return (cell,)

    def attached(self, texts: Iterable[str]) -> tuple[Attached, ...]:
        """Return the files to which texts refer, be they too many; nothing for a kind whose answer is no files."""
        return ()

    def limits(self) -> Mapping[str, Any]:
        """Return what the form says about itself beside the control: lengths, bounds, unit."""
        return {option: limit for option, limit in self if option != "name" and limit is not None}

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "Kind[V]":
        least, most = getattr(self, "least", None), getattr(self, "most", None)
        if least is not None and most is not None and least > most:
            raise ValueError("least is above most")
        return self
