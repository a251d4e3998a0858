"""The files of the submissions that count, with names that people can read."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sent_files import PDF, PNG, open_with_files
from sqlite_utils import Database
from town import DEADLINE, OWN, connection

from exports.data.tables import data_tables
from questions.answers import Entry
from survey_app.attached_files import write_files
from survey_app.store.attachments import NewAttachment, keep_attachment
from survey_app.store.cuts import take_cut
from survey_app.store.inquiries import Inquiry
from survey_app.store.replies import Changes, Surroundings, find_reply, save_answers
from survey_app.store.submissions import Order, submit


@pytest.fixture
def inquiry(database: Database, around: Callable[..., Surroundings]) -> Inquiry:
    """An inquiry to which 三島町 has handed in two files; a third was taken out before."""
    asked = open_with_files(database)
    who = around().who
    kept = [
        keep_attachment(database, asked, OWN, NewAttachment("F", name, "application/pdf", content), who)
        for name, content in (("協定書 R8.pdf", PDF), ("案:1.pdf", PNG), ("下書き.pdf", b"%PDF-"))
    ]
    texts = tuple(one.text for one in kept[:2])
    reply = find_reply(database, asked, OWN, around())
    parsed = asked.questionnaire.questions["F"].kind.parse(texts, reply.setting)
    save_answers(database, reply, Changes(reply.revision, {("", "F"): Entry(texts, parsed.value)}), who)
    reply = find_reply(database, asked, OWN, around())
    submit(database, reply, Order(reply.revision, "token", frozenset()), who)
    return asked


def test_files_are_named_after_whose_they_are(database: Database, inquiry: Inquiry, tmp_path: Path) -> None:
    cut = take_cut(database, inquiry, DEADLINE)
    for name in ("a.zip", "b.zip"):
        assert write_files(database, inquiry, cut, tmp_path / name) == 2
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = [f"{OWN}_三島町_F_01_協定書 R8.pdf", f"{OWN}_三島町_F_02_案＿1.pdf"]
        assert archive.namelist() == [*names, "一覧.csv"]
        assert [archive.read(name) for name in names] == [PDF, PNG]
        lines = list(csv.reader(io.StringIO(archive.read("一覧.csv").decode("utf-8-sig"))))
    assert [line[0] for line in lines[1:]] == names
    assert lines[2][6] == "案:1.pdf"


def test_data_and_views_name_the_files(database: Database, inquiry: Inquiry, path: Path) -> None:
    (reply, *_rest) = data_tables(take_cut(database, inquiry, DEADLINE))
    assert list(reply["F"].values) == ["協定書 R8.pdf、案:1.pdf"]
    seen = connection(path).execute('SELECT "F", "F__state", "G", "G__state" FROM data_with_files').fetchall()
    assert seen == [("協定書 R8.pdf、案:1.pdf", "answered", None, "blank")]
