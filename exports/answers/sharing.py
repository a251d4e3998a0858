"""The list that all municipalities share, and what in it could betray a municipality that is not to be known."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from exports.answers.told import ANON, OPEN, Answer, Shared, Told
from exports.needs import Key
from questions.setting import Municipality, Roster

OTHER = "その他"  # the topic that stands last
_PREFECTURES = re.compile("(?:福島|京都|大阪|東京)[県府都]")


def shared_list(needs: Iterable[Told], roster: Roster, as_they_are: Collection[Key] = ()) -> tuple[Shared, ...]:
    """Return the lines of all needs that may be shared.

    A need whose municipality is not to be known is left out while a municipality is named in its words, unless it is
    among ``as_they_are``. Such needs stand last in each topic, in the order of their words, so that their place among
    the others says nothing.
    """
    lines = [(need, _line(need, roster)) for need in needs if _may_stand(need, roster, as_they_are)]
    topics = list(dict.fromkeys(_topic(line) for _, line in lines))
    topics.sort(key=lambda topic: [(one == OTHER, one) for one in topic])
    named = [line for need, line in lines if need.disclosure == OPEN]
    unnamed = [line for need, line in lines if need.disclosure == ANON]
    unnamed.sort(key=lambda one: (one.subject, one.detail))
    return tuple(line for topic in topics for line in (*named, *unnamed) if _topic(line) == topic)


def _topic(line: Shared) -> tuple[str, str]:
    return ("" if line.field is None else line.field.ja, "" if line.form is None else line.form.ja)


def _may_stand(need: Told, roster: Roster, as_they_are: Collection[Key]) -> bool:
    if need.disclosure == ANON:
        return need.key in as_they_are or not named_in(need, roster)
    return need.disclosure == OPEN


def _line(need: Told, roster: Roster) -> Shared:
    return Shared(
        name=roster.name(need.municipality) if need.disclosure == OPEN else "",
        field=need.field,
        form=need.form,
        subject=need.subject,
        detail=need.detail,
        unasked=need.unasked,
        lead=None if need.lead is None else _without_contact(need.lead),
        supports=tuple(map(_without_contact, need.supports)),
    )


def _without_contact(answer: Answer) -> Answer:
    return answer.model_copy(update={"contact": ""})


def named_in(need: Told, roster: Roster) -> tuple[str, ...]:
    """Return what stands in the words of a need, and of the answers to it, that names a municipality or its county."""
    words = (need.subject, need.detail, *(word for answer in need.answers for word in answer.words))
    return tuple(dict.fromkeys(_found(words, need.municipality, roster)))


def others_in_answers(need: Told, roster: Roster) -> tuple[str, ...]:
    """Return the other municipalities that the answers to a need name."""
    words = [word for answer in need.answers for word in answer.words]
    own = roster.name(need.municipality)
    found = (name for name in _found(words, "", roster) if name != own and name not in own and own not in name)
    return tuple(dict.fromkeys(found))


def _found(words: Iterable[str], own: str, roster: Roster) -> Iterator[str]:
    text = _PREFECTURES.sub("", "\n".join(map(_plain, words)))
    for town in roster:
        found = [name for name in _names(town, own=town.code == own) if name in text]
        whole = town.name in found  # which says the short form as well
        yield from (name for name in found if name == town.name or not (whole and name in town.name))


def _names(town: Municipality, *, own: bool) -> Iterator[str]:
    """Yield what a municipality is called; short forms that are words of their own count for its own need only."""
    yield town.name
    short = town.name.removesuffix(town.kind) if town.kind else town.name
    if short != town.name and (own or len(short) > 2):
        yield short
    if own:
        yield town.code
        if town.county:
            yield town.county


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
