"""What came of the replies, as files of an archive: fixed cuts, responses of divisions, publications, opinions.

Each folder is there only when there is something to stand in it. Nothing depends on when the archive is made.
"""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from exports.answers.books import all_books
from exports.compiled.book import write_compiled
from exports.cut import Cut
from exports.file_names import Names
from exports.fitting import Unwritable
from exports.needs import Key
from questions.responses import responding
from questions.setting import Roster
from survey_app.archiving.lines import csv_bytes
from survey_app.consulting.books import book_name, division_book, divisions_asked
from survey_app.consulting.matters import Consultation, consultation
from survey_app.store.divisions import listed
from survey_app.store.fixed_cuts import fixed_cuts, load_cut
from survey_app.store.follow_ups import FollowUp, follow_ups
from survey_app.store.inquiries import Inquiry
from survey_app.store.needs import need_numbers
from survey_app.store.opinions import opinions
from survey_app.store.publications import publications
from survey_app.store.responses import Response, responses
from survey_app.store.rosters import roster
from survey_app.store.rounds import rounds
from survey_app.wording_consulting import SHORT_PARTS
from survey_app.wording_publishing import STATUSES

Entry = tuple[str, bytes]
TOO_LONG = "セルに入らない長さの文があるため、ブックにできません。一覧（CSV）にあります。\r\n"
NEED = ("管理番号", "団体コード", "団体")
FOLDERS = {
    "集計": "確定した集計ごとの取りまとめブック",
    "関係課の回答": "関係課への照会の回ごとの一覧（CSV）と、課ごとのブック",
    "公表": "公表ごとの市町村への回答書と、全団体が見る一覧",
    "意見": "公表した回答への市町村の意見（CSV）",
    "約束のその後": "対応予定のその後の記録（CSV）",
}
"""What stands in each folder; said on the first page of the archive."""


def coordination_files(database: Database, inquiry: Inquiry) -> Iterator[Entry]:
    """Yield the files, each with its name in the archive."""
    yield from _cuts(database, inquiry)
    named = _Named(need_numbers(database, inquiry), roster(database), {one.id: one.name for one in listed(database)})
    for one in rounds(database, inquiry):
        yield from _round(database, consultation(database, inquiry, one.number), named)
    for told in publications(database, inquiry):
        for name, content in all_books(told.contents, told.number, told.published_at):
            yield f"公表/第{told.number}回/{name}", content
    yield from _opinions(database, inquiry, named)
    yield from _follow_ups(database, inquiry, named)


def book_of(cut: Cut) -> bytes:
    """Return the compiled workbook of a cut."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_compiled(cut, path)
        return path.read_bytes()


class _Named:
    """Numbers and names for the needs and divisions of an inquiry."""

    def __init__(self, numbers: Mapping[Key, int], known: Roster, divisions: Mapping[int, str]) -> None:
        self.numbers, self.known, self.divisions = numbers, known, divisions

    def need(self, key: Key) -> tuple[str, str, str]:
        """Return the control number (074446-02; "" for none), the code and the name of its municipality."""
        number = self.numbers.get(key)
        return "" if number is None else f"{key[0]}-{number:02d}", key[0], self.known.name(key[0])

    def division(self, number: int) -> str:
        """Return the name of a division."""
        return self.divisions.get(number, str(number))


def _cuts(database: Database, inquiry: Inquiry) -> Iterator[Entry]:
    names = Names()
    for one in fixed_cuts(database, inquiry):
        yield f"集計/{names.own(f'{one.number:02d}_{one.name}.xlsx')}", book_of(load_cut(database, inquiry, one.number))


def _round(database: Database, found: Consultation, named: _Named) -> Iterator[Entry]:
    round_, questions = found.round, responding().questions
    given = responses(database, round_)
    labels = [question.label.ja for question in questions.values()]
    header = (*NEED, "関係課", "主・関係", *labels, "提出した日時", "保存した日時", "保存した人", "差戻しの理由")
    lines = []
    for one in found.lines:
        response = given.get((one.key, one.division))
        texts = [_text(response, name) for name in questions]
        when = ("", "", "") if response is None else (response.handed_at, response.changed_at, response.changed_by)
        part = SHORT_PARTS[one.part]
        lines.append((*named.need(one.key), named.division(one.division), part, *texts, *when, one.remark))
    yield f"関係課の回答/第{round_.number}回.csv", csv_bytes(header, lines)
    at = _last_change(found, given)
    for division in divisions_asked(found):
        name = f"関係課の回答/第{round_.number}回/{book_name(found, division)}"
        try:
            yield name, division_book(database, found, division, at)
        except Unwritable:  # a draft may be longer than a cell; the list holds it
            yield f"{name}.txt", TOO_LONG.encode()


def _text(response: Response | None, question: str) -> str:
    return "" if response is None else response.texts.get(question, "")


def _last_change(found: Consultation, given: Mapping[tuple[Key, int], Response]) -> datetime:
    """Return when the round last changed: its workbooks are those of that moment, whenever the archive is made."""
    moments = [found.round.opened_at, *(one.changed_at for one in given.values())]
    moments += [one.handed_at for one in given.values() if one.handed_at is not None]
    return max(moments) if found.round.closed_at is None else found.round.closed_at


def _opinions(database: Database, inquiry: Inquiry, named: _Named) -> Iterator[Entry]:
    lines = [
        (one.publication, *named.need(one.key), one.text, one.said_at, one.said_by)
        for one in opinions(database, inquiry)
    ]
    if lines:
        yield "意見/意見.csv", csv_bytes(("公表（回）", *NEED, "意見", "日時", "送った人"), lines)


def _follow_ups(database: Database, inquiry: Inquiry, named: _Named) -> Iterator[Entry]:
    header = (*NEED, "関係課", "進み具合", "新しい予定", "内容", "記録した日時", "記録した人")
    lines = [
        (*named.need(one.key), named.division(one.division), *_noted(one)) for one in follow_ups(database, inquiry)
    ]
    if lines:
        yield "約束のその後/約束のその後.csv", csv_bytes(header, lines)


def _noted(one: FollowUp) -> tuple[object, ...]:
    return STATUSES[one.status], one.planned, one.text, one.noted_at, one.noted_by
