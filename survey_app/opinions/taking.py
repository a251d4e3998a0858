"""Takes a 回答書 in: opens it apart, tells whose and of which publication it is, and keeps each opinion once."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from exports.answers.anchors import OPINION, LetterIssue
from exports.answers.reading import ReadLetter, ReadOpinion, read_letter
from exports.answers.told import Told
from exports.form.opened import OpenedBook
from questions.setting import Setting
from survey_app.opinions.findings import LetterFinding, LetterReason, LetterRefusal, LetterRefused, Sign
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.findings import Weight
from survey_app.receiving.identity import is_form
from survey_app.receiving.opening import Opener
from survey_app.receiving.refusals import Refused
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.opinions import opinions, say_opinion
from survey_app.store.publications import Published, find_publication, last_publication

LONGEST_CONTENT = 200


@dataclass(frozen=True)
class Said:
    """One opinion. ``known``: it was kept before, from this workbook or from the page."""

    need: Told
    text: str
    known: bool


@dataclass(frozen=True)
class TakenLetter:
    """A 回答書 that came back. ``refusal``: why it is not taken in; then there is nothing else."""

    file: str
    refusal: LetterRefusal | None = None
    published: Published | None = None
    municipality: str = ""
    said: tuple[Said, ...] = ()
    findings: tuple[LetterFinding, ...] = ()

    @property
    def town(self) -> str:
        """The name of the municipality; "" when it is not known."""
        return "" if self.published is None else self.published.contents.names.get(self.municipality, self.municipality)

    @property
    def new(self) -> tuple[Said, ...]:
        """The opinions that were not kept before."""
        return tuple(one for one in self.said if not one.known)

    @property
    def left_out(self) -> int:
        """Count what the workbook says and is not taken in."""
        return sum(one.weight is Weight.REFUSED for one in self.findings)

    @property
    def whole(self) -> bool:
        """Is everything taken in that it says?"""
        return self.refusal is None and not self.left_out


@dataclass(frozen=True)
class LetterBatch:
    """Where letters are taken in. ``dry``: they are only looked at."""

    database: Database
    inquiry: Inquiry
    who: Who
    dry: bool = False

    def take(self, files: Iterable[tuple[str, bytes]]) -> Iterator[TakenLetter]:
        """Yield what becomes of each file (its name and bytes)."""
        with Opener() as opener:
            for name, content in files:
                yield self._take(name, content, opener)

    def _take(self, name: str, content: bytes, opener: Opener) -> TakenLetter:
        try:
            letter = replace(look(self.database, self.inquiry, opener.open(content)), file=name)
        except Refused as refused:
            return TakenLetter(name, LetterRefusal(refused.refusal.reason, refused.refusal.context))
        except LetterRefused as refused:
            return TakenLetter(name, refused.refusal)
        if not self.dry:
            keep(self.database, letter, replace(self.who, name=f"{self.who.name}：{name}"))
        return letter


def look(database: Database, inquiry: Inquiry, book: OpenedBook) -> TakenLetter:
    """Say what a workbook says to what was told; nothing is changed. Raises LetterRefused."""
    read = read_letter(book)
    issue = _issue(read, book)
    if issue.inquiry != inquiry.name:
        raise LetterRefused(LetterReason.OTHER_INQUIRY, found=issue.inquiry, expected=inquiry.name)
    published = _published(database, inquiry, issue)
    needs = {need.control: need for need in published.contents.of(issue.municipality)}
    if not needs:
        raise LetterRefused(LetterReason.NOT_TOLD, found=issue.municipality, number=str(issue.number))
    known = {(one.publication, one.key, one.text) for one in opinions(database, inquiry, issue.municipality)}
    said: list[Said] = []
    findings = [_outside(spot, content) for spot, content in read.outside]
    for one in read.opinions:
        need = needs.get(one.control)
        found = _finding(one, need)
        if found is not None:
            findings.append(found)
        if one.text and need is not None and (found is None or found.weight is Weight.NOTE):
            said.append(Said(need, one.text, (published.number, need.key, one.text) in known))
    last = last_publication(database, inquiry)
    if said and last is not None and last.number > published.number:
        context = {"found": published.number, "newest": last.number}
        findings.append(LetterFinding(Sign.OLD_PUBLICATION, Weight.NOTE, context=context))
    return TakenLetter("", None, published, issue.municipality, tuple(said), tuple(findings))


def keep(database: Database, letter: TakenLetter, who: Who) -> None:
    """Keep what is new; once, however often the letter is taken in."""
    for one in letter.new:
        if letter.published is not None:
            say_opinion(database, letter.published, one.need.key, one.text, _token(letter.published, one), who)


def _token(published: Published, said: Said) -> str:
    """Return what makes an opinion of a workbook happen once: the publication, the need and the text."""
    parts = (str(published.id), published.digest, *said.need.key, said.text)
    return f"book/{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"


def _issue(read: ReadLetter, book: OpenedBook) -> LetterIssue:
    """Tell which letter it is. Raises LetterRefused."""
    if len(read.issues) > 1:
        told = "、".join(sorted(one.serial.partition("：")[2] for one in read.issues))
        raise LetterRefused(LetterReason.CONTRADICTORY, found=told)
    if read.issues:
        return read.issues[0]
    form = is_form(book) and not read.opinions
    raise LetterRefused(LetterReason.NOT_A_LETTER if form or not read.opinions else LetterReason.NO_IDENTITY)


def _published(database: Database, inquiry: Inquiry, issue: LetterIssue) -> Published:
    try:
        found = find_publication(database, inquiry, issue.number)
    except LookupError as fault:
        raise LetterRefused(LetterReason.UNKNOWN_PUBLICATION, found=str(issue.number)) from fault
    if not any(one.startswith(issue.digest) for one in (found.digest, found.contents.digest)):
        raise LetterRefused(LetterReason.UNKNOWN_PUBLICATION, found=str(issue.number))
    return found


def _outside(spot: tuple[str, int, int], content: str) -> LetterFinding:
    return LetterFinding(Sign.OUTSIDE, Weight.REFUSED, spot, content=content[:LONGEST_CONTENT])


def _finding(one: ReadOpinion, need: Told | None) -> LetterFinding | None:
    """Say what is to be said of a cell; None of one that is blank or plain."""
    about = {"spot": one.spot, "control": one.control, "content": one.content[:LONGEST_CONTENT]}
    if one.doubt is not None:
        return LetterFinding(CellSign(one.doubt.value), Weight.REFUSED, **about)  # type: ignore[arg-type]
    if not one.text:
        return None
    if need is None:
        return LetterFinding(Sign.UNKNOWN_NEED, Weight.REFUSED, **about)  # type: ignore[arg-type]
    problems = OPINION.kind.parse((one.text,), Setting()).problems
    if problems:
        return LetterFinding(Sign.PROBLEM, Weight.REFUSED, **about, context={"problem": problems[0]})  # type: ignore[arg-type]
    if one.note is not None:
        return LetterFinding(CellSign(one.note.value), Weight.NOTE, **about)  # type: ignore[arg-type]
    return None
