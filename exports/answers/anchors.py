"""The words by which a 回答書 and its cells for opinions are known again, after it went through many hands.

The cell for the opinion about a need stands beside a label that people read, 「ご意見」 with the number of the need
(管理番号), and bears the defined name ``opinion.<number>``.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from exports.form.anchors import META
from exports.sheets import Line, Sheet
from questions.kinds.texts import Prose
from questions.labels import Label
from questions.model import Question

LETTER = "shokai-answers-1"
SHEET = "回答書"
LONGEST_OPINION = 1000
"""Characters of an opinion, on the page as in the cell."""
OPINION = Question(
    name="opinion", label=Label(ja="意見", en="Comment"), kind=Prose(name="prose", longest=LONGEST_OPINION)
)
END = "以上"
"""The last line of the letter; below it nothing is to be written."""
LABEL = "ご意見"

_NAME = "opinion."
_SERIAL = re.compile(
    r"整理番号[:：]?\s*(?P<inquiry>[A-Za-z0-9_-]+)/(?P<municipality>[0-9]{6})"
    r"/公表(?P<number>[0-9]{1,6})/(?P<digest>[0-9a-f]{12})"
)
_LABELLED = re.compile(rf"{LABEL}\s*\(?\s*(?P<control>[0-9]{{6}}-[0-9]{{2,}})\s*\)?")


@dataclass(frozen=True)
class LetterIssue:
    """Which letter this is: of which inquiry and publication (its number and digest), to which municipality."""

    inquiry: str
    municipality: str
    number: int
    digest: str

    @property
    def serial(self) -> str:
        """The line that identifies the letter to people, and to programs when all else is lost."""
        return f"整理番号：{self.inquiry}/{self.municipality}/公表{self.number}/{self.digest[:12]}"

    def meta(self) -> dict[str, str]:
        """Return what the hidden sheet says."""
        return {
            "form": LETTER,
            "inquiry": self.inquiry,
            "municipality": self.municipality,
            "publication": str(self.number),
            "digest": self.digest,
            "serial": self.serial,
        }


def issue_of_meta(meta: Mapping[str, str]) -> LetterIssue | None:
    """Read what the hidden sheet says; None when it says too little, or is another kind of workbook."""
    texts = [meta.get(name, "") for name in ("inquiry", "municipality", "publication", "digest")]
    if meta.get("form") != LETTER or not all(texts) or not _is_number(texts[2]):
        return None
    return LetterIssue(texts[0], texts[1], int(texts[2]), texts[3])


def issue_of_line(text: str) -> LetterIssue | None:
    """Read the line that people see; None when it is another. Its digest holds the first 12 digits only."""
    found = _SERIAL.search(text)
    if found is None:
        return None
    return LetterIssue(found["inquiry"], found["municipality"], int(found["number"]), found["digest"])


def meta_page(issue: LetterIssue) -> Sheet:
    """Say in a hidden sheet which letter this is."""
    lines = [Line((name, text), ("plain", "plain")) for name, text in issue.meta().items()]
    return Sheet(META, (120, 420), lines, hidden=True)


def label_of(control: str) -> str:
    """Return what stands beside the cell for the opinion about a need."""
    return f"{LABEL}\n{control}"


def labelled(text: str) -> str:
    """Return the number of the need about which the cell beside a text asks; "" when the text is no such label."""
    found = _LABELLED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return "" if found is None else found["control"]


def name_of(control: str) -> str:
    """Return the defined name of the cell for the opinion about a need."""
    return _NAME + control.replace("-", "_")


def named(name: str) -> str:
    """Return the number of the need of a defined name; "" when it is another kind of name."""
    return name.removeprefix(_NAME).replace("_", "-") if name.startswith(_NAME) else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6
