"""Takes a division's workbook in: opens it apart, tells whose it is, compares it, and saves what is chosen at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlite_utils import Database

from exports.divisions.anchors import BookIssue
from exports.divisions.reading import ReadBook, is_ours, read_book
from exports.form.opened import OpenedBook
from exports.needs import Key
from questions.setting import Setting
from survey_app.consulting.comparing import Comparison, Place, Standing, TextLine, compare
from survey_app.consulting.findings import BookFinding, BookReason, BookRefusal, BookRefused
from survey_app.consulting.matters import Consultation, consultation
from survey_app.receiving.findings import Weight
from survey_app.receiving.identity import is_form
from survey_app.receiving.opening import Opener, open_once
from survey_app.receiving.received import Verdict
from survey_app.receiving.refusals import Refused
from survey_app.store.audit import Who
from survey_app.store.divisions import find
from survey_app.store.inquiries import Inquiry
from survey_app.store.responses import Clash, Response, Typed, responses, save_responses
from survey_app.store.rounds import find_asked


@dataclass(frozen=True)
class Expected:
    """Whose workbook it must be: of which round, of which division; None: as the workbook itself says."""

    round: int | None = None
    division: int | None = None


@dataclass(frozen=True)
class TakenBook:
    """A workbook that came back. ``refusal``: why it is not taken in; then there is nothing else."""

    file: str
    refusal: BookRefusal | None = None
    consultation: Consultation | None = None
    division: int = 0
    lines: tuple[TextLine, ...] = ()
    findings: tuple[BookFinding, ...] = ()
    digests: Mapping[Key, str] = field(default_factory=dict)
    standing: Standing | None = None

    def with_verdict(self, *verdicts: Verdict) -> tuple[TextLine, ...]:
        """Return the texts with one of these verdicts."""
        return tuple(one for one in self.lines if one.verdict in verdicts)

    def found(self, *weights: Weight) -> tuple[BookFinding, ...]:
        """Return the findings of these weights."""
        return tuple(one for one in self.findings if one.weight in weights)

    @property
    def taken(self) -> tuple[TextLine, ...]:
        """The texts that are taken in unless somebody chooses otherwise."""
        return tuple(one for one in self.lines if one.taken)


@dataclass(frozen=True)
class Chosen:
    """What is chosen otherwise than it would go by itself: texts taken from the workbook, texts left as they are."""

    take: frozenset[Place] = frozenset()
    leave: frozenset[Place] = frozenset()


BY_ITSELF = Chosen()


def receive(
    database: Database,
    inquiry: Inquiry,
    file: tuple[str, bytes],
    expected: Expected,
    at: datetime,
    opener: Opener | None = None,
) -> TakenBook:
    """Open a workbook (its name and bytes) and compare it with the responses; nothing is changed."""
    name, content = file
    try:
        try:
            book = open_once(content) if opener is None else opener.open(content)
        except Refused as refused:
            raise BookRefused(refused.refusal.reason, **refused.refusal.context) from refused
        return replace(_received(database, inquiry, book, expected, at), file=name)
    except BookRefused as refused:
        return TakenBook(name, refused.refusal)


def _received(database: Database, inquiry: Inquiry, book: OpenedBook, expected: Expected, at: datetime) -> TakenBook:
    read = read_book(book)
    issue = _issue(read, book)
    if issue.inquiry != inquiry.name:
        raise BookRefused(BookReason.OTHER_INQUIRY, found=issue.inquiry, expected=inquiry.name)
    if expected.round not in (None, issue.round):
        raise BookRefused(BookReason.OTHER_ROUND, found=str(issue.round), expected=str(expected.round))
    if expected.division not in (None, issue.division):
        found = _division_name(database, issue.division)
        raise BookRefused(
            BookReason.OTHER_DIVISION, found=found, expected=_division_name(database, expected.division or 0)
        )
    try:
        asking = consultation(database, inquiry, issue.round)
    except LookupError as fault:
        raise BookRefused(BookReason.OTHER_ROUND, found=str(issue.round), expected="") from fault
    if not asking.round.is_open:
        raise BookRefused(BookReason.ROUND_CLOSED, found=str(issue.round))
    lines = asking.lines_of(issue.division)
    if not lines:
        raise BookRefused(BookReason.NOT_ASKED, found=_division_name(database, issue.division))
    if not read.found:
        raise BookRefused(BookReason.NOT_A_BOOK)
    given = responses(database, asking.round, division=issue.division)
    standing = Standing(
        {one.key: asking.matter(one.key) for one in lines},
        {key: one for (key, _), one in given.items()},
        Setting(today=at.date()),
    )
    compared: Comparison = compare(read, standing)
    return TakenBook(
        "",
        None,
        asking,
        issue.division,
        tuple(compared.lines),
        tuple(compared.findings),
        compared.digests,
        standing,
    )


def _issue(read: ReadBook, book: OpenedBook) -> BookIssue:
    """Tell which workbook it is. Raises BookRefused."""
    said = {(one.inquiry, one.round, one.division) for one in read.issues.values()}
    if len(said) > 1:
        told = "、".join(sorted({one.serial.partition("：")[2] for one in read.issues.values()}))
        raise BookRefused(BookReason.CONTRADICTORY, found=told)
    if said:
        return next(iter(read.issues.values()))
    if is_ours(book):
        raise BookRefused(BookReason.NO_IDENTITY)
    raise BookRefused(BookReason.TOWN_FORM if is_form(book) else BookReason.NOT_A_BOOK)


def _division_name(database: Database, division: int) -> str:
    try:
        return find(database, division).full_name
    except (LookupError, OverflowError):
        return str(division)


def apply(database: Database, taken: TakenBook, chosen: Chosen, who: Who) -> tuple[Clash, ...]:
    """Save what is taken in, in one transaction; return what somebody else changed at the same moment.

    Raises BookRefused when it was not taken in, RoundClosed, HandedIn and LookupError when that changed meanwhile.
    """
    if taken.refusal is not None or taken.consultation is None:
        refusal = taken.refusal or BookRefusal(BookReason.NOT_A_BOOK)
        raise BookRefused(refusal.reason, **refusal.context)
    texts: dict[Key, dict[str, str]] = {}
    for one in taken.lines:
        offered = one.verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.CONFLICT, Verdict.NEWER) and one.mine
        if offered and (one.place in chosen.take or (one.taken and one.place not in chosen.leave)):
            texts.setdefault(one.key, {})[one.question] = one.mine
    if not texts or taken.standing is None:
        return ()
    round_ = taken.consultation.round
    known = taken.standing.responses
    saving = [
        (
            find_asked(database, round_, key, taken.division),
            Typed(said, _seen(known.get(key)), taken.digests[key], "workbook"),
        )
        for key, said in texts.items()
    ]
    kept = save_responses(database, round_, saving, taken.file, who)
    return tuple(clash for one in kept.values() for clash in one.clashes)


def _seen(known: Response | None) -> int:
    return 0 if known is None else known.revision
