"""What stands in the archive of an inquiry: the workbook, every submission to read, data, questionnaire, trail."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from sqlite_utils import Database

from exports.cut import Cut
from exports.file_names import fit_name
from exports.tidy import TidyTable, tidy_tables
from survey_app import clock
from survey_app.archiving.coordinating import FOLDERS, book_of, coordination_files
from survey_app.archiving.lines import csv_bytes
from survey_app.archiving.pages import contents_page, questionnaire_page, style, submission_page
from survey_app.store.attachments import find_handed_in
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.submissions import Handed, submissions_of
from survey_app.store.trail import events_of

Entry = tuple[str, bytes]
TRAIL = ("日時", "操作した人", "操作", "団体コード", "前", "後")


def write_archive(database: Database, inquiry: Inquiry, file: BinaryIO, now: datetime) -> str:
    """Write everything of an inquiry into a zip; return its SHA-256. The same inquiry gives the same bytes.

    ``file`` is open for writing and reading. A list of all files with their SHA-256 stands in the archive itself.
    """
    cut = take_cut(database, inquiry, now)
    sums: list[tuple[str, str, int]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _entries(database, inquiry, cut):
            _put(archive, f"{inquiry.name}/{name}", content)
            sums.append((name, hashlib.sha256(content).hexdigest(), len(content)))
        present = {name.partition("/")[0] for name, _, _ in sums}
        folders = [(name, text) for name, text in FOLDERS.items() if name in present]
        page = contents_page(inquiry, cut, sums, folders)
        _put(archive, f"{inquiry.name}/はじめに.html", page)
        listed = "".join(f"{digest}  {name}\n" for name, digest, _ in sums)
        _put(archive, f"{inquiry.name}/sha256.txt", listed.encode())
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _entries(database: Database, inquiry: Inquiry, cut: Cut) -> Iterator[Entry]:
    yield "style.css", style()
    yield "取りまとめ.xlsx", book_of(cut)
    yield from _submissions(database, inquiry)
    yield from coordination_files(database, inquiry)
    for table in tidy_tables(cut):
        yield f"データ/{table.name}.csv", csv_bytes(table.header, table.rows())
        yield f"データ/{table.name}_列の説明.csv", csv_bytes(("列", "名称", "形"), _columns(table))
    yield "調査票/調査票.html", questionnaire_page(inquiry)
    document = json.loads(inquiry.questionnaire.document)
    yield "調査票/調査票.json", json.dumps(document, ensure_ascii=False, indent=1).encode()
    yield "操作の記録.csv", csv_bytes(TRAIL, _trail(database, inquiry))


def _submissions(database: Database, inquiry: Inquiry) -> Iterator[Entry]:
    known = roster(database)
    for target in standings(database, inquiry):
        code, name = target.municipality, known.name(target.municipality)
        files: dict[str, bytes] = {}
        for handed in submissions_of(database, inquiry, code):
            yield f"回答/{fit_name(f'{code}_{name}_第{handed.number}回.html')}", submission_page(inquiry, handed, known)
            for one in _files(inquiry, handed):
                sent = find_handed_in(database, inquiry, code, one)
                files[f"別紙/{fit_name(f'{code}_{name}_{sent.question}_{one[:8]}_{sent.name}')}"] = sent.content
        yield from files.items()


def _files(inquiry: Inquiry, handed: Handed) -> Iterator[str]:
    """Yield the ids of the files that a submission names."""
    questions = inquiry.questionnaire.questions
    for (_, name), value in handed.contents.values.items():
        if value is not None and questions[name].kind.attaches:
            yield from (one.id for one in value)


def _columns(table: TidyTable) -> Iterator[tuple[str, ...]]:
    return ((column.name, column.label, str(column.form)) for column in table.columns)


def _trail(database: Database, inquiry: Inquiry) -> Iterator[tuple[str, ...]]:
    for one in events_of(database, inquiry.name):
        told = (json.dumps(dict(side), ensure_ascii=False) if side else "" for side in (one.before, one.after))
        yield (clock.stored(one.at), one.actor, one.act, one.municipality, *told)
