"""The words by which a division's workbook and its rows are known again, after it went through many hands."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from exports.needs import Key
from questions.model import Question, Section, Table
from questions.model import Questionnaire as Asked
from questions.responses import DISPOSITION, telling
from questions.setting import Setting

BOOK = "shokai-divisions-1"
NEEDS = "needs"
"""The table's name: ``table.needs`` is the defined name of its body."""
SHEET, GUIDE = "要望と回答", "記入要領"
CONTROL, SUBJECT, FACTS, DETAIL, MORE, BEFORE = (
    f"need.{one}" for one in ("control", "subject", "facts", "detail", "more", "before")
)
"""Keys of the columns that hold the municipality's words; they are never read as a response."""
CONTROL_HEADING, SUBJECT_HEADING = "管理番号", "件名"
DIGEST = "#digest"
"""What stands in place of a question, in the hidden sheet, beside the digest of the need."""

_SERIAL = re.compile(
    r"整理番号[:：]?\s*(?P<inquiry>[A-Za-z0-9_-]+)/第(?P<round>[0-9]+)回/課(?P<division>[0-9]+)/(?P<digest>[0-9a-f]{12})"
)
_CONTROL_NUMBER = re.compile(r"[0-9]{6}-[0-9]{2,}")
_CODE_AND_LABEL = re.compile(r"(?P<code>[A-Za-z])[\s:：.．、)）]*(?P<label>.*)", re.DOTALL)


@dataclass(frozen=True)
class BookIssue:
    """Which workbook this is: of which inquiry, round and division; ``digest`` of the questions of a response."""

    inquiry: str
    round: int
    division: int
    digest: str
    made_at: datetime | None = None

    @property
    def serial(self) -> str:
        """The line that identifies the workbook to people, and to programs when all else is lost."""
        return f"整理番号：{self.inquiry}/第{self.round}回/課{self.division}/{self.digest[:12]}"

    def meta(self) -> dict[str, str]:
        """Return what the hidden sheet says."""
        return {
            "form": BOOK,
            "inquiry": self.inquiry,
            "round": str(self.round),
            "division": str(self.division),
            "questionnaire": self.digest,
            "made_at": self.made_at.isoformat(timespec="seconds") if self.made_at else "",
        }


def issue_of_meta(meta: Mapping[str, str]) -> BookIssue | None:
    """Read what the hidden sheet says; None when it says too little, or is another kind of workbook."""
    numbers = (meta.get("round", ""), meta.get("division", ""))
    if meta.get("form") != BOOK or not meta.get("inquiry") or not all(one.isdecimal() for one in numbers):
        return None
    try:
        made_at = datetime.fromisoformat(meta.get("made_at", ""))
    except ValueError:
        made_at = None
    return BookIssue(meta["inquiry"], int(numbers[0]), int(numbers[1]), meta.get("questionnaire", ""), made_at)


def issue_of_line(text: str) -> BookIssue | None:
    """Read the line that people see; None when it is another."""
    found = _SERIAL.search(text)
    if found is None:
        return None
    return BookIssue(found["inquiry"], int(found["round"]), int(found["division"]), found["digest"])


def key_text(key: Key) -> str:
    """Return how a need's own name stands in a hidden cell."""
    return "/".join(key)


def key_of(text: str) -> Key | None:
    """Read a need's own name from a hidden cell; None when it is none."""
    municipality, slash, row = text.strip().partition("/")
    return (municipality, row) if slash and municipality and row else None


def control_of(text: str) -> str:
    """Find the number of a need (管理番号) in what people see; "" when there is none."""
    found = _CONTROL_NUMBER.search(unicodedata.normalize("NFKC", text))
    return "" if found is None else found[0]


@lru_cache(maxsize=1)
def table_of_needs() -> Asked:
    """Return the questions of a response as the columns of one table, a row for each need."""
    asked = telling()
    questions = tuple(asked.questions.values())
    table = Table(name=NEEDS, label=asked.title, questions=questions, most=10_000)
    sections = (Section(name=asked.sections[0].name, title=asked.title, items=(table,)),)
    return Asked(name=asked.name, title=asked.title, style=asked.style, sections=sections, digest=asked.digest)


def answered_questions() -> tuple[Question, ...]:
    """Return the questions of a response, in order."""
    return table_of_needs().tables[NEEDS].questions


def dispositions() -> dict[str, str]:
    """Return what the drop-down holds for each disposition: A 対応済み・現行制度で対応可能."""
    options = telling().questions[DISPOSITION].kind.options(Setting())
    return {one.code: f"{one.code} {one.label.ja}" for one in options}


def disposition_code(text: str) -> str:
    """Return the code of a disposition written as its code, its label, or both; the text itself when it is none."""
    options = telling().questions[DISPOSITION].kind.options(Setting())
    labels = {one.code: (_plain(one.label.ja), _plain(one.label.en)) for one in options}
    written = _plain(text)
    for code, known in labels.items():
        if written in known:
            return code
    found = _CODE_AND_LABEL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return text
    code, label = found["code"].upper(), _plain(found["label"])
    return code if code in labels and label in ("", *labels[code]) else text


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
