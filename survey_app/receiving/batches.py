"""Takes many forms in, one after the other: each is recognised, compared, and saved where nothing stands against it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from exports.form.opened import OpenedBook
from questions.life import Act, Actor, NotAllowed, step
from questions.setting import Roster
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Opener
from survey_app.receiving.received import Received, Verdict
from survey_app.receiving.recognising import municipality_of
from survey_app.receiving.refusals import Reason, Refusal, Refused
from survey_app.receiving.taking import receive_book, take_all
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Conflict, Surroundings, find_reply

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})
"""What a folder is searched for: forms, and what is sent in their place by mistake."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    ``municipality`` "" when it was not recognised; ``received`` None when it could not even be compared. ``late``: why
    the reply takes no answers now (a reason of ``NotAllowed``). ``missing``: what still keeps the reply from being
    handed in.
    """

    file: Path
    municipality: str = ""
    refusal: Refusal | None = None
    received: Received | None = None
    late: str = ""
    missing: int = 0
    conflicts: tuple[Conflict, ...] = ()

    def count(self, *verdicts: Verdict) -> int:
        """Count the answers with a verdict."""
        return 0 if self.received is None else len(self.received.with_verdict(*verdicts))

    @property
    def left_out(self) -> int:
        """Count what the form says and was not taken in."""
        if self.received is None:
            return 0
        refused = len(self.received.found(Weight.REFUSED))
        return refused + self.count(Verdict.CONFLICT) + len(self.conflicts)

    @property
    def whole(self) -> bool:
        """Was everything taken in that the form says?"""
        return self.received is not None and not self.late and not self.left_out


def forms_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named, and in folders those that can be forms; each once, in the order of names."""
    found: dict[Path, None] = {}
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        found |= dict.fromkeys(one for one in files if one == path or _can_be_form(one))
    return list(found)


def _can_be_form(file: Path) -> bool:
    return file.is_file() and file.suffix.casefold() in SUFFIXES and not file.name.startswith(("~$", "."))


@dataclass(frozen=True)
class Batch:
    """Where forms are taken in. ``dry``: they are only compared."""

    database: Database
    inquiry: Inquiry
    roster: Roster
    who: Who
    dry: bool = False

    def take(self, files: Iterable[Path]) -> Iterator[Outcome]:
        """Yield what becomes of each file."""
        with Opener() as opener:
            for file in files:
                yield self.take_one(file, partial(_open, opener, file))

    def take_one(self, file: Path, opened: Callable[[], OpenedBook]) -> Outcome:
        """Return what becomes of one file; ``opened`` opens it, or raises Refused."""
        code = ""
        try:
            book = opened()
            code = municipality_of(book, self.inquiry.questionnaire, self.roster, file.name) or ""
            if not code:
                raise Refused(Reason.NO_IDENTITY)
            who = Who(self.who.account, f"{self.who.name}：{file.name}", self.who.at)
            reply = find_reply(self.database, self.inquiry, code, Surroundings(self.roster, who))
            received = receive_book(self.database, reply, book, file=file.name, sure=True)
        except Refused as refused:
            return Outcome(file, code, refused.refusal)
        except LookupError:
            return Outcome(file, code, Refusal(Reason.NO_TARGET, {"found": f"{self.roster.name(code)}（{code}）"}))
        missing = len(received.examination().blocking())
        changes = received.changes()
        if not changes.entries and not changes.rows:  # taken in before, or nothing in it can be
            return Outcome(file, code, received=received, missing=missing)
        try:
            step(reply.state, Act.SAVE, Actor.OFFICER, reply.standing.term, who.at)
            if self.dry:
                return Outcome(file, code, received=received, missing=missing)
            saved = take_all(self.database, received, who)
        except NotAllowed as refused:
            return Outcome(file, code, received=received, late=refused.reason, missing=missing)
        return Outcome(file, code, received=received, missing=missing, conflicts=saved.conflicts)


def _open(opener: Opener, file: Path) -> OpenedBook:
    return opener.open(file.read_bytes())
