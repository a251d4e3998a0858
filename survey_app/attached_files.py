"""The files that were sent with the submissions of a cut (別紙), as one zip with names that people can read."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database

from exports.cut import Cut, Submission
from exports.data.texts import as_csv
from exports.file_names import Names, fit_name
from questions.model import Question
from survey_app.store.attachments import find_handed_in
from survey_app.store.inquiries import Inquiry

LIST = "一覧.csv"
_HEADER = ("ファイル名", "団体コード", "団体名", "設問", "行", "連番", "元の名前", "識別子", "大きさ（バイト）")


@dataclass(frozen=True)
class SentFile:
    """One file of a submission that counts. ``order`` counts the files of one question of one municipality from 1."""

    municipality: str
    town: str
    question: str
    row: int | None
    order: int
    id: str
    name: str

    @property
    def file_name(self) -> str:
        """Its name: 団体コード_団体名_設問_連番_元の名前."""
        parts = (self.municipality, self.town, self.question, f"{self.order:02d}", self.name)
        return fit_name("_".join(parts))


def sent_files(cut: Cut) -> Iterator[SentFile]:
    """Yield the files that the submissions of a cut refer to, in the official order."""
    asked = cut.questionnaire.ever_asked
    attaching = [name for name, one in asked.items() if isinstance(one, Question) and one.kind.attaches]
    for handed in cut.submissions:
        for name in attaching:
            yield from _of_question(cut, handed, name)


def _of_question(cut: Cut, handed: Submission, name: str) -> Iterator[SentFile]:
    order = 0
    rows = {row: place for ids in handed.contents.rows.values() for place, row in enumerate(ids, 1)}
    places = [row for row, question in handed.contents.values if question == name]
    for row in sorted(places, key=lambda one: rows.get(one, 0)):
        for one in handed.contents.value(name, row) or ():
            order += 1
            town = cut.roster.name(handed.municipality)
            yield SentFile(handed.municipality, town, name, rows.get(row), order, one.id, one.name)


def write_files(database: Database, inquiry: Inquiry, cut: Cut, file: Path | BinaryIO) -> int:
    """Write the files of a cut and a list of them into a zip; return how many. The same cut gives the same bytes."""
    lines, names = [], Names()
    names.own(LIST)
    with zipfile.ZipFile(file, "w") as archive:
        for one in sent_files(cut):
            content = find_handed_in(database, inquiry, one.municipality, one.id).content
            name = names.own(one.file_name)
            _put(archive, name, content, zipfile.ZIP_STORED)  # such files are packed already
            told = (one.municipality, one.town, one.question, one.row, one.order, one.name, one.id, len(content))
            lines.append((name, *told))
        _put(archive, LIST, as_csv(_HEADER, lines), zipfile.ZIP_DEFLATED)
    return len(lines)


def _put(archive: zipfile.ZipFile, name: str, content: bytes, packing: int) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = packing
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
