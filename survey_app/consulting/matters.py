"""What a round asks about: each need in the words of the municipality, as it was asked and as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlite_utils import Database

from exports.needs import Key, Need, needs_table
from questions.labels import Language
from questions.setting import Setting
from survey_app.store.asking import together_with
from survey_app.store.cut_needs import CutNeeds, cut_needs, newest_needs
from survey_app.store.divisions import Division, listed
from survey_app.store.inquiries import Inquiry
from survey_app.store.merging import NOT_A_NEED, Merge, merges, remarked
from survey_app.store.rounds import Asked, Round, asked, asked_before, find_round

Change = Literal["", "changed", "gone"]


@dataclass(frozen=True)
class Words:
    """A need as people read it. ``more``: labels and answers besides; those that were not answered are left out."""

    control: str
    municipality: str
    town: str
    field: str
    form: str
    subject: str
    detail: str
    more: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Matter:
    """One need of a round: as it was asked, as the newest cut has it (None: not any more), and who else asks for it."""

    asked: Need
    now: Need | None
    together: tuple[Need, ...] = ()

    @property
    def need(self) -> Need:
        """The need as it is to be answered now."""
        return self.now or self.asked

    @property
    def change(self) -> Change:
        """What became of the need since it was asked."""
        if self.now is None:
            return "gone"
        return "" if self.now.digest == self.asked.digest else "changed"


@dataclass(frozen=True)
class Consultation:
    """One round with what surrounds it: the needs of its cut and of the newest one, the groups, the divisions.

    ``before``: the needs about which somebody was asked in an earlier round.
    """

    inquiry: Inquiry
    round: Round
    cut: CutNeeds
    newest: CutNeeds
    merged: tuple[Merge, ...]
    lines: tuple[Asked, ...]
    divisions: Mapping[int, Division]
    not_needs: frozenset[Key]
    before: frozenset[Key] = frozenset()

    @cached_property
    def asked_keys(self) -> frozenset[Key]:
        """The needs about which anybody is asked."""
        return frozenset(one.key for one in self.lines)

    @cached_property
    def unasked(self) -> tuple[Need, ...]:
        """The needs of the cut about which nobody is asked, although they are needs and in no group that is."""
        grouped = {key for asked in self.asked_keys for key in together_with(self.merged, asked)}
        aside = self.asked_keys | self.not_needs | grouped
        return tuple(need for key, need in self.cut.needs.items() if key not in aside)

    @cached_property
    def left_to_before(self) -> tuple[Need, ...]:
        """Those of the unasked that a round before asked about: what was responded there holds on."""
        grouped = {key for asked in self.before for key in together_with(self.merged, asked)}
        return tuple(need for need in self.unasked if need.key in self.before | grouped)

    @cached_property
    def unowned(self) -> tuple[Need, ...]:
        """Those of the unasked that no division answers; needs that are one matter count once, by the first."""
        firsts: dict[Key, Need] = {}
        aside = {need.key for need in self.left_to_before}
        for need in self.unasked:
            if need.key not in aside:
                group = min((need.key, *together_with(self.merged, need.key)))
                firsts.setdefault(group, need)
        return tuple(firsts.values())

    @property
    def merged_unowned(self) -> int:
        """How many more of the unasked are one matter with those that no division answers."""
        return len(self.unasked) - len(self.left_to_before) - len(self.unowned)

    def lines_of(self, division: int) -> tuple[Asked, ...]:
        """Return what one division is asked."""
        return tuple(one for one in self.lines if one.division == division)

    def matter(self, key: Key) -> Matter:
        """Return a need. Raises LookupError when the cut of the round does not have it."""
        need = self.cut.needs.get(key)
        if need is None:
            raise LookupError(key)
        others = (one for one in together_with(self.merged, key) if one not in self.asked_keys | self.not_needs)
        together = (self.newest.needs.get(one) or self.cut.needs.get(one) for one in others)
        return Matter(need, self.newest.needs.get(key), tuple(one for one in together if one is not None))

    def key_of(self, control: str) -> Key:
        """Return the need of a number (管理番号). Raises LookupError."""
        for key, need in self.cut.needs.items():
            if need.control == control:
                return key
        raise LookupError(control)

    def name(self, division: int) -> str:
        """Return the name of a division."""
        return self.divisions[division].name

    def words(self, need: Need, language: Language) -> Words:
        """Return a need as people read it."""
        there = self.newest if need is self.newest.needs.get(need.key) else self.cut
        return words_of(need, there, language)


def consultation(database: Database, inquiry: Inquiry, number: int) -> Consultation:
    """Load one round. Raises LookupError."""
    round_ = find_round(database, inquiry, number)
    cut = cut_needs(database, inquiry, round_.cut)
    return Consultation(
        inquiry,
        round_,
        cut,
        newest_needs(database, inquiry) or cut,
        merges(database, inquiry),
        _in_order(asked(database, round_), cut),
        {one.id: one for one in listed(database)},
        remarked(database, inquiry, NOT_A_NEED),
        asked_before(database, round_),
    )


def _in_order(lines: tuple[Asked, ...], cut: CutNeeds) -> tuple[Asked, ...]:
    """Return what is asked in the order of the cut; of one need the lead stays first."""
    order = {key: place for place, key in enumerate(cut.needs)}
    return tuple(sorted(lines, key=lambda one: order.get(one.key, len(order))))


def words_of(need: Need, there: CutNeeds, language: Language) -> Words:
    """Return a need of a cut as people read it."""
    table = needs_table(there.questionnaire)
    if table is None or table.need is None:
        raise LookupError(need.key)
    columns, setting = table.need, Setting(there.roster, need.municipality)
    shown: dict[str, str] = {}
    for question in table.questions:
        value = need.values.get(question.name)
        if value is not None:
            unit = question.kind.limits().get("unit")
            text = question.kind.show(value, language, setting)
            shown[question.name] = text if unit is None else f"{text} {unit.text(language)}"
    own = (columns.field, columns.form, columns.subject, columns.detail)
    labels = {question.name: question.label.text(language) for question in table.questions}
    return Words(
        control=need.control,
        municipality=need.municipality,
        town=there.roster.name(need.municipality),
        field=shown.get(columns.field, ""),
        form=shown.get(columns.form, ""),
        subject=shown.get(columns.subject, ""),
        detail=shown.get(columns.detail, ""),
        more=tuple((labels[name], text) for name, text in shown.items() if name not in own),
    )
