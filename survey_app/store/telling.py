"""What each municipality would be told now of each of its needs, and what stands in the way of telling it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sqlite_utils import Database

from exports.answers.sharing import named_in, others_in_answers, shared_list
from exports.answers.told import ANON, Answer, Publication, Told, read_planned
from exports.needs import Key, Need, by_key, needs_of, needs_table
from questions.kinds.base import Option
from questions.labels import Label
from questions.model import Questionnaire
from questions.problems import Problem
from questions.responses import (
    ADDRESSEE,
    CONTACT,
    DISPOSITION,
    MEASURE,
    PLANNED,
    REASON,
    TEXT,
    read_response,
    responding,
)
from questions.setting import Roster, Setting
from survey_app.store.cut_needs import CutNeeds, cut_needs
from survey_app.store.cuts import take_cut
from survey_app.store.divisions import Division, listed
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.merging import NOT_A_NEED, merges, remarked
from survey_app.store.overtaking import mark
from survey_app.store.responses import Response, responses
from survey_app.store.rounds import Asked, Round, asked, rounds
from survey_app.store.routing import LEAD


class Lack(StrEnum):
    """What stands in the way of telling a municipality what became of a need, or should be looked at before."""

    UNOWNED = "unowned"  # no division was asked as the lead
    WAITING = "waiting"  # the lead has not handed in
    SUPPORT = "support"  # a supporting division has not handed in
    FAULTY = "faulty"  # what the lead handed in breaks the rules of its disposition
    EARLIER = "earlier"  # asked again, and the response is one of an earlier round
    CHANGED = "changed"  # the municipality changed the need after the response
    GONE = "gone"  # the municipality took the need back
    NAMES = "names"  # the answer names another municipality
    BETRAYS = "betrays"  # the municipality is not to be known, and the words name it: left out of the shared list


@dataclass(frozen=True)
class Line:
    """One need as it would be told, with what is lacking. ``problems`` are those of the lead's response."""

    told: Told
    lacks: tuple[Lack, ...]
    problems: tuple[Problem, ...] = ()
    betrays: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """Everything as it would be told now, in the publication of a ``number``."""

    round: Round
    publication: Publication
    lines: tuple[Line, ...]
    roster: Roster
    number: int

    @cached_property
    def digest(self) -> str:
        """The mark of what was looked at, before anything was settled about the shared list.

        It holds the number that the publication would have: another one that is made meanwhile changes the mark.
        """
        return mark({"number": self.number, "publication": self.publication.digest})

    def line(self, key: Key) -> Line:
        """Return one need. Raises LookupError."""
        found = next((one for one in self.lines if one.told.key == key), None)
        if found is None:
            raise LookupError(*key)
        return found

    def lacking(self, lack: Lack) -> tuple[Line, ...]:
        """Return the needs of which something is lacking."""
        return tuple(one for one in self.lines if lack in one.lacks)

    def shared(self, as_they_are: Collection[Key]) -> Publication:
        """Return what is published when some needs are shared although their words name a municipality."""
        lines = shared_list(self.publication.needs, self.roster, as_they_are)
        return self.publication.model_copy(update={"shared": lines})


def prepare(database: Database, inquiry: Inquiry, round_: Round, now: datetime) -> Prepared:
    """Say what each municipality would be told after a round."""
    found = cut_needs(database, inquiry, round_.cut)
    desk = _Desk(database, inquiry, round_, found)
    aside = remarked(database, inquiry, NOT_A_NEED)
    told = tuple(desk.told(need) for key, need in found.needs.items() if key not in aside)
    present = by_key(needs_of(take_cut(database, inquiry, now)))
    roster = found.roster
    publication = Publication(
        inquiry=inquiry.name,
        title=Label(ja=inquiry.title, en=inquiry.questionnaire.title.en),
        issuer=inquiry.issuer,
        round=round_.number,
        cut=found.cut.name,
        names={one.municipality: roster.name(one.municipality) for one in standings(database, inquiry)},
        table=_table(found.questionnaire),
        needs=told,
        shared=shared_list(told, roster),
    )
    lines = tuple(desk.line(one, present.get(one.key), roster, now) for one in told)
    query = "SELECT coalesce(max(number), 0) + 1 FROM publication WHERE inquiry = ?"
    number = int(database.execute(query, [inquiry.id]).fetchone()[0])
    return Prepared(round_, publication, lines, roster, number)


def _table(questionnaire: Questionnaire) -> str:
    table = needs_table(questionnaire)
    return "" if table is None else table.name


class _Desk:
    """What was asked and answered in a round and those before it, the newest round first."""

    def __init__(self, database: Database, inquiry: Inquiry, round_: Round, found: CutNeeds) -> None:
        self.round, self.found = round_, found
        self.divisions: Mapping[int, Division] = {one.id: one for one in listed(database)}
        self.merged = {key: one.needs for one in merges(database, inquiry) for key in one.needs}
        upto = [one for one in reversed(rounds(database, inquiry)) if one.number <= round_.number]
        self.answered = [(one.number, responses(database, one)) for one in upto]
        self.asked = self._asked([asked(database, one) for one in upto])
        table = needs_table(found.questionnaire)
        columns = None if table is None else table.need
        self.fields = self._labels(None if columns is None else columns.field)
        self.forms = self._labels(None if columns is None else columns.form)
        self.dispositions = _by_code(responding().questions[DISPOSITION].kind.options(Setting()))

    def _asked(self, newest_first: Sequence[Sequence[Asked]]) -> Mapping[Key, Sequence[Asked]]:
        """Return what was asked last about each need; a round that leaves a matter out changes nothing about it."""
        found: dict[Key, list[Asked]] = {}
        for lines in newest_first:
            there: dict[Key, list[Asked]] = {}
            for line in lines:
                if not any(one in found for one in (line.key, *self.merged.get(line.key, ()))):
                    there.setdefault(line.key, []).append(line)
            found |= there
        return found

    def _labels(self, question: str | None) -> Mapping[str, Label]:
        if question is None:
            return {}
        return _by_code(self.found.questionnaire.questions[question].kind.options(Setting(roster=self.found.roster)))

    def told(self, need: Need) -> Told:
        """Return a need as it is told."""
        place = self.asked_as(need.key)
        lead, supports = None, []
        for line in self.asked.get(place, ()):
            given = self.given(place, line.division)
            if given is None:
                continue
            answer = self._answer(*given)
            if line.part == LEAD:
                lead = answer
            else:
                supports.append(answer)
        return Told(
            municipality=need.municipality,
            row=need.row,
            control=need.control,
            field=self.fields.get(need.field),
            form=self.forms.get(need.form),
            subject=need.subject,
            detail=need.detail,
            disclosure=need.disclosure,
            digest=need.digest,
            asked_as=place,
            unasked=not any(line.part == LEAD for line in self.asked.get(place, ())),
            lead=lead,
            supports=tuple(supports),
        )

    def asked_as(self, key: Key) -> Key:
        """Return under which need the divisions were asked: its own, or a co-requester's of the same matter."""
        if key in self.asked:
            return key
        return next((one for one in self.merged.get(key, ()) if one in self.asked), key)

    def given(self, key: Key, division: int) -> tuple[int, Response] | None:
        """Return the last response that a division handed in, with the number of its round."""
        for number, known in self.answered:
            one = known.get((key, division))
            if one is not None and one.handed_at is not None:
                return number, one
        return None

    def _answer(self, number: int, given: Response) -> Answer:
        texts, division = given.texts, self.divisions.get(given.division)
        return Answer(
            division=given.division,
            name="" if division is None else division.full_name,
            round=number,
            disposition=texts[DISPOSITION],
            label=self.dispositions.get(texts[DISPOSITION]),
            text=texts[TEXT],
            measure=texts[MEASURE],
            planned=texts[PLANNED],
            until=read_planned(texts[PLANNED]),
            reason=texts[REASON],
            addressee=texts[ADDRESSEE],
            contact=texts[CONTACT],
        )

    def line(self, told: Told, present: Need | None, roster: Roster, now: datetime) -> Line:
        """Return a need with what is lacking."""
        lines = self.asked.get(told.asked_as, [])
        lead = next((one for one in lines if one.part == LEAD), None)
        given = None if lead is None else self.given(told.asked_as, lead.division)
        problems: tuple[Problem, ...] = ()
        if given is not None:
            problems = read_response(dict(given[1].texts), Setting(today=now.date())).blocking()
        betrays = named_in(told, roster) if told.disclosure == ANON else ()
        names = others_in_answers(told, roster)
        lacks = [
            (Lack.UNOWNED, lead is None),
            (Lack.WAITING, lead is not None and given is None),
            (Lack.SUPPORT, any(self.given(one.key, one.division) is None for one in lines if one.part != LEAD)),
            (Lack.FAULTY, bool(problems)),
            (Lack.EARLIER, given is not None and given[0] < self.round.number and self.asks(lines)),
            (Lack.CHANGED, present is not None and present.digest != self._answered_digest(told, given)),
            (Lack.GONE, present is None),
            (Lack.NAMES, bool(names)),
            (Lack.BETRAYS, bool(betrays)),
        ]
        return Line(told, tuple(lack for lack, there in lacks if there), problems, betrays, names)

    def asks(self, lines: Sequence[Asked]) -> bool:
        """Was a need asked about in the round itself, not only in one before it?"""
        return any(one.round == self.round.id for one in lines)

    def _answered_digest(self, told: Told, given: tuple[int, Response] | None) -> str:
        """Return the digest of the need as the division read it; a co-requester's as it stood in the cut."""
        own = given is not None and told.asked_as == told.key
        return given[1].need_digest if own and given is not None else told.digest


def _by_code(options: Sequence[Option]) -> Mapping[str, Label]:
    return {one.code: one.label for one in options}


def differences(now: Publication, before: Publication | None) -> Iterator[tuple[Told, Told | None]]:
    """Yield the needs of which something else is told than before, each with what was told; None: nothing was."""
    known = {} if before is None else before.by_key
    for need in now.needs:
        was = known.get(need.key)
        if was is None or (was.answers, was.unasked) != (need.answers, need.unasked):
            yield need, was
