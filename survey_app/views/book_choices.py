"""A division's workbook on a page: what it would change, text by text, and what was chosen there."""

from collections.abc import Mapping
from dataclasses import dataclass

from exports.form.opened import address
from questions.labels import Language
from questions.responses import telling
from survey_app import wording_consulting
from survey_app.consulting.answers import shown
from survey_app.consulting.comparing import TextLine
from survey_app.consulting.findings import BookFinding
from survey_app.consulting.taking import Chosen, TakenBook
from survey_app.receiving.received import Verdict
from survey_app.store.overtaking import mark

OFFERED = (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.NEWER)
TOLD = (*OFFERED, Verdict.SETTLED)
BOOK, RESPONSE = "book", "response"


@dataclass(frozen=True)
class ShownLine:
    """One text as the page compares it. ``field`` names its choice, ``seen`` marks the response that was shown."""

    line: TextLine
    label: str
    mine: str
    theirs: str
    verdict: str
    field: str
    seen: str

    @property
    def offered(self) -> bool:
        """Is there anything to choose?"""
        return self.line.verdict in OFFERED and bool(self.line.mine)


@dataclass(frozen=True)
class ShownFinding:
    """One thing that was found, in words."""

    found: BookFinding
    place: str
    wrong: str
    mend: str


def shown_lines(taken: TakenBook, language: Language) -> list[ShownLine]:
    """Return what differs."""
    labels = telling().questions
    return [
        ShownLine(
            one,
            f"{one.control} {labels[one.question].label.text(language)}",
            _spoken(one.question, one.mine, language),
            _spoken(one.question, one.theirs, language),
            wording_consulting.verdict(one.verdict, language),
            _field(one),
            _seen(one),
        )
        for one in taken.with_verdict(*TOLD)
    ]


def shown_findings(taken: TakenBook, language: Language) -> list[ShownFinding]:
    """Return what was found, in words."""
    return [
        ShownFinding(
            one,
            wording_consulting.place(one, language),
            wording_consulting.wrong(one, language),
            wording_consulting.mend(one, language),
        )
        for one in taken.findings
    ]


def chosen(taken: TakenBook, form: Mapping[str, str]) -> Chosen:
    """Read which texts are to be taken; a response that changed since it was shown is left as it is."""
    offered = [one for one in taken.with_verdict(*OFFERED) if one.mine]
    take = {
        one.place for one in offered if form.get(_field(one)) == BOOK and form.get(f"seen:{_field(one)}") == _seen(one)
    }
    return Chosen(frozenset(take), frozenset(one.place for one in offered) - take)


def names() -> dict[str, object]:
    """Return what the templates of asking the divisions know besides."""
    return {"wording_consulting": wording_consulting, "cell_address": address}


def _field(line: TextLine) -> str:
    return f"take:{'/'.join(line.key)}.{line.question}"


def _seen(line: TextLine) -> str:
    return mark({"theirs": line.theirs})


def _spoken(question: str, text: str, language: Language) -> str:
    return next((said for _, said in shown({question: text}, language)), text)
