"""Takes several workbooks in, one after the other; what becomes of each, and the report on all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from exports.form.opened import address
from questions.labels import Language
from questions.responses import read_response
from survey_app import wording_consulting
from survey_app.consulting.taking import BY_ITSELF, Expected, TakenBook, apply, receive
from survey_app.receiving.findings import Weight
from survey_app.receiving.opening import Opener
from survey_app.receiving.reporting import COLUMNS, Entry, ReportWords
from survey_app.store.audit import Who
from survey_app.store.divisions import find
from survey_app.store.handing_responses import NothingReady, Unfinished, hand_in
from survey_app.store.inquiries import Inquiry
from survey_app.store.responses import COLUMNS as QUESTIONS
from survey_app.store.responses import HandedIn
from survey_app.store.rounds import RoundClosed, round_divisions
from survey_app.wording import translate

REPORT = ReportWords("関係課のブックの取込み結果", "shokai respond", ("ファイル", "管理番号", "関係課"))


@dataclass(frozen=True)
class BookOutcome:
    """What became of one workbook. ``late``: it was closed at the same moment; ``missing``: responses not whole yet.

    ``past_due``: it came after the date of its division.
    """

    book: TakenBook
    division: str = ""
    taken: int = 0
    clashes: int = 0
    late: bool = False
    missing: int = 0
    handed: bool = False
    past_due: bool = False

    @property
    def left_out(self) -> int:
        """Count what the workbook says and was not taken in."""
        return len(self.book.found(Weight.REFUSED)) + self.clashes

    @property
    def whole(self) -> bool:
        """Was everything taken in that it says?"""
        return self.book.refusal is None and not self.late and not self.left_out

    @property
    def sound(self) -> bool:
        """Was everything taken in, and is nothing of it wrong?"""
        return self.whole and not self.book.found(Weight.WRONG)


@dataclass(frozen=True)
class BookBatch:
    """Where workbooks are taken in; those of another ``round`` are refused, None: each says its own.

    ``dry``: they are only compared; ``hand_in``: of divisions that answered everything it is handed in, too, with
    ``part`` of others what can be.
    """

    database: Database
    inquiry: Inquiry
    who: Who
    dry: bool = False
    hand_in: bool = False
    part: bool = False
    round: int | None = None

    def take(self, files: Iterable[tuple[str, bytes]]) -> Iterator[BookOutcome]:
        """Yield what becomes of each file (its name and bytes)."""
        with Opener() as opener:
            for file in files:
                yield self._take(file, opener)

    def _take(self, file: tuple[str, bytes], opener: Opener) -> BookOutcome:
        book = receive(self.database, self.inquiry, file, Expected(self.round), self.who.at, opener)
        if book.consultation is None:
            return BookOutcome(book)
        due = round_divisions(self.database, book.consultation.round)[book.division].due
        outcome = BookOutcome(
            book,
            find(self.database, book.division).full_name,
            len(book.taken),
            missing=missing_after(book),
            past_due=self.who.at > due,
        )
        if self.dry:
            return outcome
        try:
            clashes = apply(self.database, book, BY_ITSELF, self.who)
            handed = (self.hand_in or self.part) and self._hand_in(book)
        except (RoundClosed, HandedIn, LookupError):
            return replace(outcome, taken=0, late=True)
        return replace(outcome, clashes=len(clashes), handed=handed)

    def _hand_in(self, book: TakenBook) -> bool:
        assert book.consultation is not None
        try:
            done = hand_in(self.database, book.consultation.round, book.division, self.who, part=self.part)
            return done.whole or done.count > 0
        except (Unfinished, NothingReady):
            return False


def missing_after(book: TakenBook) -> int:
    """Count the responses of a division that cannot be handed in once a workbook is taken in."""
    if book.standing is None:
        return 0
    texts = {key: dict(book.standing.texts(key)) for key in book.standing.matters}
    for one in book.taken:
        texts[one.key][one.question] = one.mine
    blank = dict.fromkeys(QUESTIONS, "")
    return sum(said == blank or bool(read_response(said, book.standing.setting).blocking()) for said in texts.values())


def said_of(outcome: BookOutcome, language: Language) -> str:
    """Return what became of a file as a whole."""
    if outcome.book.refusal is not None:
        return wording_consulting.refusal(outcome.book.refusal, language)
    if outcome.late:
        return translate(wording_consulting.CLOSED, language)
    counts = {"taken": outcome.taken, "left": outcome.left_out, "missing": outcome.missing}
    told = translate(wording_consulting.OUTCOME, language) % counts
    return told + translate(wording_consulting.PAST_DUE, language) if outcome.past_due else told


def entries(outcomes: Sequence[BookOutcome], language: Language) -> Iterator[Entry]:
    """Yield the lines of the report, by the same names as that on the forms of municipalities."""
    for outcome in outcomes:
        head = {**dict.fromkeys(COLUMNS, ""), "file": outcome.book.file, "municipality": outcome.division}
        yield {**head, "weight": "file", "wrong": said_of(outcome, language)}
        for one in outcome.book.findings:
            yield {
                **head,
                "weight": one.weight.value,
                "sheet": one.spot[0] if one.spot else "",
                "cell": address(one.spot) if one.spot else "",
                "code": one.control,
                "question": wording_consulting.question(one, language),
                "content": one.content,
                "wrong": wording_consulting.wrong(one, language),
                "mend": wording_consulting.mend(one, language),
            }
