"""Makes the workbooks of divisions: of one, of all, into a folder or a zip."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from exports.divisions.anchors import BookIssue
from exports.divisions.book import DivisionBook, NeedLine
from exports.divisions.hidden_pages import fits_the_book
from exports.divisions.writing import book_bytes
from exports.file_names import fit_name
from exports.fitting import CellRefused, Unwritable
from questions.responses import responding
from survey_app.consulting.answers import Answer, State, answers, earlier, heard
from survey_app.consulting.matters import Change, Consultation, Matter, Words
from survey_app.store.rounds import round_divisions
from survey_app.store.routing import LEAD

PARTS = {LEAD: "主", "support": "関係"}
CHANGES: dict[Change, str] = {
    "changed": "【要望がその後変わっています】いまの内容を示しています。",
    "gone": "【この要望は、その後取り下げられています】",
}
STATES = {State.HANDED: "提出済", State.RETURNED: "差戻し"}
_SHORT = 20  # characters of an answer that stands beside others
_EPOCH = (1980, 1, 1, 0, 0, 0)


def division_book(database: Database, consultation: Consultation, division: int, at: datetime) -> bytes:
    """Return the workbook of one division; of the same state and moment the same bytes.

    Raises LookupError when it is asked nothing, Unwritable when a text fits no cell, as a draft may.
    """
    lines = consultation.lines_of(division)
    if not lines:
        raise LookupError(division)
    found = answers(database, consultation, at.date(), lines)
    inquiry, round_ = consultation.inquiry, consultation.round
    book = DivisionBook(
        issue=BookIssue(inquiry.name, round_.number, division, responding().digest, at),
        title=inquiry.title,
        division=consultation.divisions[division].full_name,
        issuer=inquiry.issuer,
        due=round_divisions(database, round_)[division].due,
        request=round_.request,
        lines=[_line(database, consultation, one) for several in found.values() for one in several],
    )
    try:
        return book_bytes(book)
    except CellRefused as fault:
        raise Unwritable(book.division, _too_long(book) or fault.address) from fault


def _too_long(book: DivisionBook) -> str:
    """Return the need and the question whose answer fits no cell; "" when there is none."""
    questions = responding().questions
    for one in book.lines:
        for name, text in one.texts.items():
            if not fits_the_book(text):
                return f"{one.control}「{questions[name].label.ja}」"
    return ""


def book_name(consultation: Consultation, division: int) -> str:
    """Return the name under which it is handed out: 関係課回答_support_needs_第1回_03_税務課.xlsx."""
    name = consultation.name(division)
    return fit_name(
        f"関係課回答_{consultation.inquiry.name}_第{consultation.round.number}回_{division:02d}_{name}.xlsx"
    )


def divisions_asked(consultation: Consultation) -> list[int]:
    """Return the divisions that are asked anything."""
    return sorted({one.division for one in consultation.lines})


def division_books(database: Database, consultation: Consultation, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the workbooks of all divisions that are asked anything, with their names. Raises Unwritable."""
    for division in divisions_asked(consultation):
        yield book_name(consultation, division), division_book(database, consultation, division, at)


def zipped_books(database: Database, consultation: Consultation, at: datetime) -> bytes:
    """Return all workbooks in one zip. Raises Unwritable."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as held:  # workbooks are compressed already
        for name, content in division_books(database, consultation, at):
            held.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return file.getvalue()


def _line(database: Database, consultation: Consultation, answer: Answer) -> NeedLine:
    matter = consultation.matter(answer.asked.key)
    words = consultation.words(matter.need, "ja")
    state = STATES.get(answer.state, "")
    return NeedLine(
        key=matter.need.key,
        control=words.control,
        municipality=words.town,
        part=" ".join(text for text in (f"（{PARTS[answer.asked.part]}）", state) if text),
        facts="\n".join(text for text in (words.field, words.form) if text),
        subject=words.subject,
        detail=words.detail,
        more="\n".join((*_together(consultation, matter), *_more(words))),
        digest=matter.need.digest,
        note="\n".join((*_notes(answer, matter), *_heard(database, consultation, matter))),
        before="\n".join(_before(database, consultation, answer)),
        texts={} if answer.response is None else answer.response.texts,
        settled=answer.state is State.HANDED,
    )


def _together(consultation: Consultation, matter: Matter) -> Iterator[str]:
    for other in matter.together:
        words = consultation.words(other, "ja")
        yield f"【同じ趣旨の要望】{words.town}（{words.control}）{words.subject}"


def _more(words: Words) -> Iterator[str]:
    """Yield what else was answered: sentences on lines of their own, all that is short on one."""
    short = []
    for label, text in words.more:
        if len(text) > _SHORT or "\n" in text:
            yield f"【{label}】{text}"
        else:
            short.append(f"{label}：{text}")
    if short:
        yield "／".join(short)


def _notes(answer: Answer, matter: Matter) -> Iterator[str]:
    if answer.asked.remark and answer.state is not State.HANDED:
        yield f"【照会課から】{answer.asked.remark}"
    if matter.change:
        yield CHANGES[matter.change]


def _heard(database: Database, consultation: Consultation, matter: Matter) -> Iterator[str]:
    for town, said in heard(database, consultation, matter):
        yield from (f"【{town}の意見】{one.text}" for one in said)


def _before(database: Database, consultation: Consultation, answer: Answer) -> Iterator[str]:
    for round_, several in earlier(database, consultation, answer.asked.key, answer.asked.division):
        for one in several:
            who = "" if one.division.id == answer.division.id else f" {one.division.name}"
            told = "\n".join(f"{question.label.ja}：{text}" for question, text in one.shown("ja"))
            yield f"【第{round_.number}回{who}】\n{told}"
