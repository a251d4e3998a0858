"""Takes many forms in and hands in those that can be: as the municipality's reply, or as its correction."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exports.form.opened import OpenedBook
from questions.contents import contents_of, digest, dump
from questions.life import NotAllowed, State
from survey_app.receiving.batches import Batch, Outcome
from survey_app.receiving.entering import Hindrance, hand_in_form, hindrance, says_more
from survey_app.receiving.opening import Opener
from survey_app.receiving.refusals import Refused
from survey_app.store.audit import Who
from survey_app.store.replies import Reply, Surroundings, find_reply
from survey_app.store.submissions import ChangedMeanwhile, Incomplete, Order, Source, find_handed, submit


@dataclass(frozen=True)
class HandedForm:
    """What became of one form. ``hindrance``: why it was not handed in; None when it was, or was before."""

    outcome: Outcome
    handed: bool = False
    hindrance: Hindrance | None = None


def take_and_hand_in(batch: Batch, files: Iterable[Path]) -> Iterator[HandedForm]:
    """Yield what becomes of each file; what cannot be handed in is taken in as ``Batch`` does."""
    with Opener() as opener:
        for file in files:
            yield _Form(batch, file, _once(file, opener)).taken()


def _once(file: Path, opener: Opener) -> Callable[[], OpenedBook]:
    """Open a file now, and give what came of it as often as it is asked for."""
    try:
        book = opener.open(file.read_bytes())
    except Refused as refused:
        reason, context = refused.refusal.reason, dict(refused.refusal.context)

        def refuse() -> OpenedBook:
            raise Refused(reason, **context)

        return refuse
    return lambda: book


@dataclass(frozen=True)
class _Form:
    batch: Batch
    file: Path
    opened: Callable[[], OpenedBook]

    @property
    def who(self) -> Who:
        """Who acts: the command, by the file."""
        who = self.batch.who
        return Who(who.account, f"{who.name}：{self.file.name}", who.at)

    def taken(self) -> HandedForm:
        """Hand the form in, or take it in."""
        seen = replace(self.batch, dry=True).take_one(self.file, self.opened)
        why = hindrance(seen, self.batch.who)
        if self.batch.dry:
            return HandedForm(seen, hindrance=None if self._is_in(seen) else why)
        if why is None and self._entered(seen):
            return HandedForm(seen, handed=True)
        outcome = self.batch.take_one(self.file, self.opened)
        if self._corrected(outcome):
            return HandedForm(outcome, handed=True)
        return HandedForm(outcome, hindrance=None if self._is_in(outcome) else why or Hindrance.NOT_OPEN)

    def _entered(self, seen: Outcome) -> bool:
        """Hand a reply in that has not been, for the municipality (代理入力)."""
        if seen.received is None:
            return False
        try:
            hand_in_form(self.batch.database, seen.received, secrets.token_urlsafe(24), self.who)
        except (NotAllowed, ChangedMeanwhile, Incomplete):
            return False
        return True

    def _corrected(self, outcome: Outcome) -> bool:
        """Hand a reply in again of which items came back, when the form says something else than before."""
        if outcome.received is None or not outcome.whole or says_more(outcome.received):
            return False
        reply = self._reply(outcome)
        if reply.state is not State.RETURNED or self._is_as_handed_in(reply):
            return False
        order = Order(reply.revision, secrets.token_urlsafe(24), source=Source("file", self.file.name))
        try:
            submit(self.batch.database, reply, order, self.who)
        except (NotAllowed, ChangedMeanwhile, Incomplete):
            return False
        return True

    def _is_in(self, outcome: Outcome) -> bool:
        """Was everything handed in already that the form says?"""
        if outcome.received is None or outcome.late or outcome.received.taken():
            return False
        return self._reply(outcome).state in (State.SUBMITTED, State.ACCEPTED)

    def _reply(self, outcome: Outcome) -> Reply:
        around = Surroundings(self.batch.roster, self.who)
        return find_reply(self.batch.database, self.batch.inquiry, outcome.municipality, around)

    def _is_as_handed_in(self, reply: Reply) -> bool:
        last = find_handed(self.batch.database, reply.inquiry, reply.municipality, reply.standing.number or 0)
        said = dump(contents_of(reply.examination()), reply.inquiry.questionnaire)
        return last is not None and last.digest == digest(said)
