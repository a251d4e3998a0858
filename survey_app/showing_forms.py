"""What taking a form in would change, answer by answer, as the division is shown it before it decides.

The division never sees what a municipality typed and has not handed in: what was there before is told from the last
submission.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports.addresses import cell
from exports.form.opened import Spot
from questions.answers import Place
from questions.contents import Contents
from questions.labels import Language
from questions.problems import Code, Problem
from survey_app import wording, wording_gathering, wording_receiving
from survey_app.receiving.findings import Finding, Sign, Weight
from survey_app.receiving.received import Line, Received, Verdict

LONGEST_SHOWN = 300
"""Characters of one answer that the page shows; all of it is taken in."""
SAID = frozenset({Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED})
MISSING = frozenset({Code.REQUIRED, Code.REQUIRED_HERE})


@dataclass(frozen=True)
class ShownChange:
    """One answer: the question, where it stands (``sheet!cell``), what was handed in before, what the form says."""

    question: str
    spot: str
    was: str
    now: str


@dataclass(frozen=True)
class ShownFault:
    """One thing that is wrong: the question, where it stands, what stands there, what is wrong, how to mend it."""

    question: str
    spot: str
    content: str
    wrong: str
    mend: str


@dataclass(frozen=True)
class FormReader:
    """Tells what a compared form would change.

    ``handed``: the last submission; None when there is none. ``spots``: where questions outside tables stand in it.
    """

    received: Received
    handed: Contents | None
    language: Language
    spots: Mapping[str, Spot]

    @property
    def taken(self) -> tuple[ShownChange, ...]:
        """The answers that are taken in."""
        return tuple(self._changes(self.received.taken()))

    @property
    def clashing(self) -> tuple[ShownChange, ...]:
        """Those that were changed on the pages, too, and stay as they are there."""
        return tuple(self._changes(self.received.with_verdict(Verdict.CONFLICT)))

    @property
    def newer(self) -> tuple[ShownChange, ...]:
        """Those that were changed on the pages after the form was made, and stay as they are there."""
        return tuple(self._changes(self.received.with_verdict(Verdict.NEWER)))

    @property
    def refused(self) -> tuple[ShownFault, ...]:
        """The cells that say something that cannot be taken in."""
        return tuple(self._found(Weight.REFUSED))

    @property
    def missing(self) -> tuple[ShownFault, ...]:
        """What still keeps the reply from being handed in."""
        return tuple(self._fault(one) for one in self.received.examination().blocking())

    @property
    def to_confirm(self) -> tuple[ShownFault, ...]:
        """What the municipality has to confirm before it is handed in."""
        return tuple(self._fault(one, confirm=True) for one in self.received.examination().to_confirm())

    def _changes(self, lines: Iterable[Line]) -> Iterator[ShownChange]:
        for line in lines:
            was, now = self._before(line), self._text(line.place, line.mine.texts)
            yield ShownChange(self._question(line.place, line.spot), spoken(line.spot), was, now)

    def _before(self, line: Line) -> str:
        """Tell what was handed in before; of what was only typed, that it is there."""
        row, name = line.place
        value = None if self.handed is None else self.handed.value(name, row)
        if value is not None:
            kind = self.received.reply.inquiry.questionnaire.questions[name].kind
            return _short(kind.show(value, self.language, self.received.reply.setting))
        if line.theirs.texts:
            return wording_gathering.typed_only(self.language)
        return wording_gathering.unanswered(self.language)

    def _found(self, weight: Weight) -> Iterator[ShownFault]:
        questionnaire = self.received.reply.inquiry.questionnaire
        for one in self.received.found(weight):
            wrong, mend = wording_receiving.wrong(one, self.language), wording_receiving.mend(one, self.language)
            question = wording_receiving.question(one, questionnaire, self.language)
            yield ShownFault(question, spoken(one.spot), _short(one.content), wrong, mend)

    def _fault(self, problem: Problem, *, confirm: bool = False) -> ShownFault:
        line = next((one for one in self.received.lines if one.place == problem.place), None)
        spot = (None if line is None else line.spot) or (None if problem.row else self.spots.get(problem.question))
        from_form = line is not None and line.verdict in SAID
        content = self._text(problem.place, line.mine.texts) if line is not None and from_form else ""
        open_to_all = from_form or problem.code in MISSING or not (line is not None and line.theirs.texts)
        wrong = wording.problem(problem, self.language) if open_to_all else wording_gathering.typed_wrong(self.language)
        mend = wording_gathering.remedy(self.language, in_form=bool(spot) and open_to_all, confirm=confirm)
        return ShownFault(self._question(problem.place, spot), spoken(spot), content, wrong, mend)

    def _question(self, place: Place, spot: Spot | None) -> str:
        asked = Finding(Sign.PROBLEM, Weight.NOTE, place, spot)
        return wording_receiving.question(asked, self.received.reply.inquiry.questionnaire, self.language)

    def _text(self, place: Place, texts: tuple[str, ...]) -> str:
        """Show an answer as people read it; what cannot be read as it was typed."""
        reply = self.received.reply
        kind = reply.inquiry.questionnaire.questions[place[1]].kind
        value = kind.parse(texts, reply.setting).value
        return _short("\n".join(texts) if value is None else kind.show(value, self.language, reply.setting))


def spoken(spot: Spot | None) -> str:
    """Name a cell: 様式1!C7; "" for none."""
    return "" if spot is None else f"{spot[0]}!{cell(spot[1], spot[2])}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
