"""Compares the last submissions of two inquiries, question by question and municipality by municipality."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from exports.cut import Cut, Submission
from exports.needs import Need, by_key, needs_of, needs_table
from exports.records import is_nil
from exports.similarity import likest
from questions.model import Question, Questionnaire
from questions.setting import Municipality, Setting

Sort = Literal["same", "changed", "new", "gone"]
SORTS: tuple[Sort, ...] = ("same", "changed", "new", "gone")
"""Answered again as before; answered otherwise; answered only now; answered only before."""
SAME_QUESTIONS = 0.5
"""Two inquiries can be compared when so large a part of the questions of the smaller is in both."""


def comparable(before: Questionnaire, after: Questionnaire) -> bool:
    """Do two inquiries ask so much of the same that comparing them says something?"""
    mine, others = before.questions, after.questions
    return len(mine.keys() & others.keys()) >= SAME_QUESTIONS * min(len(mine), len(others))


@dataclass(frozen=True)
class Answered:
    """What one municipality that replied both times says to one question; values are None where there is no answer."""

    municipality: str
    question: str
    sort: Sort
    before: Any
    after: Any


@dataclass(frozen=True)
class NeedPair:
    """A need that came again (both), is new (only ``after``), or is gone (only ``before``). ``likeness`` from 0 to 1.

    ``alone``: the municipality replied only one of the two times, so that nothing can be said.
    """

    municipality: str
    before: Need | None
    after: Need | None
    likeness: float | None = None
    alone: bool = False

    @property
    def sort(self) -> str:
        """How it stands to the time before."""
        if self.before is not None and self.after is not None:
            return "again"
        return "new" if self.before is None else "gone"


@dataclass(frozen=True)
class TownLine:
    """One municipality: whether it replied, its answers by sort, its needs; None where nothing was handed in."""

    town: Municipality
    replied: tuple[bool, bool]
    nil: tuple[bool | None, bool | None]
    answers: Counter[str]
    needs: tuple[int | None, int | None]
    pairs: Counter[str]


@dataclass(frozen=True)
class Headline:
    """One figure before and after. ``name`` is a code: targets, replied, nil, asking, needs, towns, both."""

    name: str
    before: int
    after: int


class Versus:
    """Two cuts side by side; ``after`` is the inquiry that is looked at."""

    def __init__(self, before: Cut, after: Cut) -> None:
        self.before, self.after = before, after
        self._was = {one.municipality: one for one in before.submissions}
        self._is = {one.municipality: one for one in after.submissions}

    @cached_property
    def both(self) -> tuple[str, ...]:
        """The municipalities that replied both times, in the official order."""
        return tuple(sorted(self._was.keys() & self._is.keys()))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions outside tables that both ask, as they are now.

        Without those about the person in charge and about the one reply (its day of approval): they say nothing of
        the municipality's wishes.
        """
        earlier = self.before.questionnaire
        return tuple(
            item
            for _, item in self.after.questionnaire.items()
            if isinstance(item, Question)
            and item.name in earlier.questions
            and item.name not in earlier.table_of
            and not (item.contact or item.anew or item.prefilled or item.kind.attaches)
        )

    def altered(self, question: Question) -> bool:
        """Is a question no longer asked as it was: its words or its choices?"""
        earlier = self.before.questionnaire.questions[question.name]
        return (earlier.label, earlier.kind) != (question.label, question.kind)

    @cached_property
    def unmatched(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The questions and tables that only the earlier, and that only the present inquiry asks."""
        was, now = ({**one.questionnaire.questions, **one.questionnaire.tables} for one in (self.before, self.after))
        return tuple(name for name in was if name not in now), tuple(name for name in now if name not in was)

    @cached_property
    def answers(self) -> tuple[Answered, ...]:
        """Every question that a municipality answered either time, of those that replied both times."""
        return tuple(one for code in self.both for one in self._answers(self._was[code], self._is[code]))

    def _answers(self, was: Submission, now: Submission) -> Iterator[Answered]:
        for question in self.questions:
            before, after = was.contents.value(question.name), now.contents.value(question.name)
            if before is None and after is None:
                continue
            if before is None or after is None:
                sort: Sort = "new" if before is None else "gone"
            else:
                sort = "same" if self._plain(question, before, 0) == self._plain(question, after, 1) else "changed"
            yield Answered(now.municipality, question.name, sort, before, after)

    def _plain(self, question: Question, value: Any, side: int) -> Any:
        """Return an answer as it is compared: the same choices are the same answer in whatever order."""
        asked = (self.before, self.after)[side].questionnaire.questions[question.name]
        stored = asked.kind.dump(value)
        return frozenset(map(str, stored)) if isinstance(stored, list | tuple) else str(stored)

    def shown(self, question: str, value: Any, side: int, language: Literal["ja", "en"] = "ja") -> str:
        """Return an answer as people read it, by the questionnaire of its own inquiry (0 before, 1 after)."""
        cut = (self.before, self.after)[side]
        if value is None:
            return ""
        return cut.questionnaire.questions[question].kind.show(value, language, Setting(roster=cut.roster))

    @cached_property
    def needs(self) -> tuple[NeedPair, ...]:
        """The needs of both: those that came again first within a municipality, then new ones, then those gone."""
        was, now = needs_of(self.before), needs_of(self.after)
        earlier, again = by_key(was), likest(now, was)
        found = []
        for need in now:
            key, degree = again.get(need.key, (None, None))
            alone = need.municipality not in self._was
            found.append(NeedPair(need.municipality, earlier[key] if key else None, need, degree, alone))
        taken = {key for key, _ in again.values()}
        gone = (one for one in was if one.key not in taken)
        found += [NeedPair(one.municipality, one, None, alone=one.municipality not in self._is) for one in gone]
        order = ("again", "new", "gone")
        return tuple(sorted(found, key=lambda one: (one.municipality, order.index(one.sort))))

    @property
    def asks_for_needs(self) -> bool:
        """Have both questionnaires a table of needs?"""
        return all(needs_table(one.questionnaire) is not None for one in (self.before, self.after))

    @cached_property
    def towns(self) -> tuple[TownLine, ...]:
        """Every municipality that either was sent to, in the official order."""
        codes = sorted({one.municipality for cut in (self.before, self.after) for one in cut.targets})
        answers = _counters((one.municipality, one.sort) for one in self.answers)
        pairs = _counters((one.municipality, one.sort) for one in self.needs if not one.alone)
        was, now = (Counter(need.municipality for need in needs_of(cut)) for cut in (self.before, self.after))
        return tuple(
            TownLine(
                town=self._town(code),
                replied=(code in self._was, code in self._is),
                nil=(self._nil(self.before, self._was.get(code)), self._nil(self.after, self._is.get(code))),
                answers=answers.get(code, Counter()),
                needs=(was[code] if code in self._was else None, now[code] if code in self._is else None),
                pairs=pairs.get(code, Counter()),
            )
            for code in codes
        )

    def _town(self, code: str) -> Municipality:
        return (
            self.after.roster[code] if code in self.after.roster else Municipality(code, self.before.roster.name(code))
        )

    @staticmethod
    def _nil(cut: Cut, handed: Submission | None) -> bool | None:
        return None if handed is None else is_nil(cut.questionnaire, handed)

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """What both come to in all, whoever replied."""
        sides = (self.before, self.after)
        found = {
            "targets": [len(cut.targets) for cut in sides],
            "replied": [len(cut.submissions) for cut in sides],
        }
        if all(cut.questionnaire.nil is not None for cut in sides):
            found["nil"] = [sum(is_nil(cut.questionnaire, one) for one in cut.submissions) for cut in sides]
            found["asking"] = [len(cut.submissions) - n for cut, n in zip(sides, found["nil"], strict=True)]
        if self.asks_for_needs:
            found["needs"] = [len(needs_of(cut)) for cut in sides]
            found["towns"] = [len({need.municipality for need in needs_of(cut)}) for cut in sides]
        return tuple(Headline(name, *counts) for name, counts in found.items())


def _counters(pairs: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for name, sort in pairs:
        found.setdefault(name, Counter())[sort] += 1
    return found
