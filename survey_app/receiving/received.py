"""What became of a form that came back: refused, or compared with the reply answer by answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from exports.form.anchors import Issue
from exports.form.opened import Spot
from questions.answers import BLANK, Answers, Entry, Place
from questions.checking import Examination
from survey_app.receiving.findings import Finding, Weight
from survey_app.receiving.refusals import Refusal
from survey_app.store.replies import Changes, Reply


class Verdict(StrEnum):
    """How an answer in the form stands to the reply's."""

    NEW = "new"  # the reply has none yet
    CHANGED = "changed"  # the form says something else than the reply, which nobody changed meanwhile
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"  # both were changed, or nobody can tell: to be chosen
    BLANK = "blank"  # the form has none; the reply's stays
    NEWER = "newer"  # the form still says what it said when it was made; the reply's newer answer stays
    SETTLED = "settled"  # other items came back; this one takes no change


OPEN_TO_CHOICE = frozenset({Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.NEWER})


@dataclass(frozen=True)
class Line:
    """One answer compared. ``mine`` is the form's, ``theirs`` the reply's; ``spot`` the form's cell."""

    place: Place
    verdict: Verdict
    mine: Entry
    theirs: Entry
    spot: Spot | None = None
    table: str = ""

    @property
    def taken(self) -> bool:
        """Is it taken in unless somebody chooses otherwise? What cannot be handed in never replaces what can."""
        if self.verdict is Verdict.CHANGED:
            return not self.mine.problems or bool(self.theirs.problems)
        return self.verdict is Verdict.NEW


@dataclass(frozen=True)
class RowLine:
    """One row of a table that only one of both has. ``verdict``: NEW, BLANK (the form has it no more) or SETTLED."""

    table: str
    row: str
    verdict: Verdict
    spot: Spot | None = None


@dataclass(frozen=True)
class Choices:
    """What the officer chooses where it is not to go as it would by itself.

    ``take``: places at which the form's answer is taken; ``leave``: at which the reply's stays; ``erase``: at which the
    reply's is erased because the form is blank there. ``remove``: rows that are removed for the same reason.
    """

    take: frozenset[Place] = frozenset()
    leave: frozenset[Place] = frozenset()
    erase: frozenset[Place] = frozenset()
    remove: frozenset[str] = frozenset()


AS_IT_IS = Choices()


@dataclass(frozen=True)
class Received:
    """A form that came back.

    ``refusal``: why the file as a whole is not taken in; then there is nothing else. ``findings``: what is to be told
    about single cells. ``seen`` in the changes is the revision with which it was compared.
    """

    reply: Reply
    file: str = ""
    refusal: Refusal | None = None
    issue: Issue | None = None
    lines: tuple[Line, ...] = ()
    rows: tuple[RowLine, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def with_verdict(self, *verdicts: Verdict) -> tuple[Line, ...]:
        """Return the answers with one of these verdicts."""
        return tuple(line for line in self.lines if line.verdict in verdicts)

    def found(self, *weights: Weight) -> tuple[Finding, ...]:
        """Return the findings of these weights."""
        return tuple(finding for finding in self.findings if finding.weight in weights)

    def taken(self, choices: Choices = AS_IT_IS) -> tuple[Line, ...]:
        """Return the answers that are taken in."""
        return tuple(
            line
            for line in self.lines
            if line.verdict in OPEN_TO_CHOICE
            and (line.place in choices.take or (line.taken and line.place not in choices.leave))
        )

    def changes(self, choices: Choices = AS_IT_IS, seen: int | None = None) -> Changes:
        """Return what is saved. A row that comes new is saved with all that the form says in it.

        ``seen``: the revision that the one who chose had before the eyes, when that was not this one.
        """
        taken = {line.place: line.mine for line in self.taken(choices)}
        blank = self.with_verdict(Verdict.BLANK)
        taken |= {line.place: BLANK for line in blank if line.place in choices.erase}
        rows = {table: ids for table, ids in self._rows(set(taken), choices) if ids != self._present(table)}
        return Changes(self.reply.revision if seen is None else seen, taken, rows)

    def examination(self, choices: Choices = AS_IT_IS) -> Examination:
        """Return the reply as it will be, read against its questionnaire."""
        changes = self.changes(choices)
        answers: Answers = self.reply.answers.with_entries(changes.entries)
        for table, ids in changes.rows.items():
            answers = answers.with_rows(table, ids)
        return Examination(self.reply.inquiry.questionnaire, answers, self.reply.setting)

    def _rows(self, taken: set[Place], choices: Choices) -> Iterator[tuple[str, tuple[str, ...]]]:
        filled = {row for row, _ in taken}
        for table in self.reply.inquiry.questionnaire.tables:
            present = [row for row in self._present(table) if row not in choices.remove or not self._gone(row)]
            new = [one.row for one in self.rows if one.table == table and one.verdict is Verdict.NEW]
            yield table, (*present, *(row for row in new if row in filled))

    def _gone(self, row: str) -> bool:
        return any(one.row == row and one.verdict is Verdict.BLANK for one in self.rows)

    def _present(self, table: str) -> tuple[str, ...]:
        return self.reply.answers.row_ids(table)
