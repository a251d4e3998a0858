"""The words by which the places of a form are found again, in a workbook that went through many hands.

A question's answer has a key: its name, ``B4.HR`` for one choice of several. It is found by the defined name
``ans.<key>``, by the key in the hidden first column of its row, and by the number that people see. A table's columns
bear their keys in the hidden row above the header, its rows their ids in the hidden first column.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from questions.labels import Label
from questions.model import Question
from questions.setting import Setting

ANSWER_NAME, TABLE_NAME, LIST_NAME = "ans.", "table.", "list."
META, ISSUED, CHOICES = "_meta", "_issued", "_choices"
HIDDEN_SHEETS = (META, ISSUED, CHOICES)
KEY_MARK, ANSWER_MARK, TABLE_MARK, HEAD_MARK = "#key", "#answer", "#table.", "#head"
NUMBER_HEADING, ANSWER_HEADING, ROW_HEADING = "番号", "回答", "No."
MARK = "○"
FORM = "shokai-form-1"
REPORT_SHEET = "確認事項"

_UNNAMEABLE = re.compile(r"[^A-Za-z0-9_.]")
_SERIAL = re.compile(
    r"整理番号[:：]?\s*(?P<inquiry>[A-Za-z0-9_-]+)/(?P<municipality>[0-9]{6})"
    r"/(?P<digest>[0-9a-f]{12})/(?P<revision>[0-9]+)"
)


@dataclass(frozen=True)
class Choice:
    """One choice of a question of several choices, which has a cell of its own."""

    question: str
    code: str
    label: Label

    @property
    def key(self) -> str:
        """The key of its cell."""
        return f"{self.question}.{self.code}"


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Return the choices that each have a cell for their mark.

    Only those that the definition lists: of a roster several are written in one cell.
    """
    if not question.kind.many:
        return ()
    options = question.kind.options(Setting())
    return tuple(Choice(question.name, option.code, option.label) for option in options)


def keys_of(question: Question) -> tuple[str, ...]:
    """Return the keys of the cells that a question fills: its own first, then those of its choices."""
    return (question.name, *(choice.key for choice in choices_of(question)))


def row_key(number: int, row_id: str) -> str:
    """Return what the hidden column holds for a table's row: the number that people see beside it, and its id."""
    return f"{number}/{row_id}"


def answer_name(key: str) -> str:
    """Return the defined name of an answer's cell."""
    return ANSWER_NAME + _UNNAMEABLE.sub("_", key)


@dataclass(frozen=True)
class Issue:
    """Which workbook this is: for whom and for what it was made, when, and on which state of the reply.

    ``digest`` is the questionnaire's; ``revision`` the reply's, whose answers it was filled with.
    """

    inquiry: str
    municipality: str
    digest: str
    revision: int
    made_at: datetime | None = None

    @property
    def serial(self) -> str:
        """The line that identifies the workbook to people, and to programs when all else is lost."""
        return f"整理番号：{self.inquiry}/{self.municipality}/{self.digest[:12]}/{self.revision}"

    def meta(self) -> dict[str, str]:
        """Return what the hidden sheet says."""
        return {
            "form": FORM,
            "inquiry": self.inquiry,
            "municipality": self.municipality,
            "questionnaire": self.digest,
            "issue": str(self.revision),
            "made_at": self.made_at.isoformat(timespec="seconds") if self.made_at else "",
        }


def issue_of_meta(meta: Mapping[str, str]) -> Issue | None:
    """Read what the hidden sheet says; None when it says too little."""
    needed = [meta.get(name, "") for name in ("inquiry", "municipality", "questionnaire", "issue")]
    if not all(needed) or not needed[3].isdecimal():
        return None
    try:
        made_at = datetime.fromisoformat(meta.get("made_at", ""))
    except ValueError:
        made_at = None
    return Issue(needed[0], needed[1], needed[2], int(needed[3]), made_at)


def issue_of_line(text: str) -> Issue | None:
    """Read the line that people see; None when it is another. Its digest holds the first 12 digits only."""
    found = _SERIAL.search(text)
    if found is None:
        return None
    return Issue(found["inquiry"], found["municipality"], found["digest"], int(found["revision"]))
