"""The archive holds what came of the replies: cuts, responses by round, publications, opinions, promises."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlite_utils import Database
from telling import LEADER, Desk, desk_of
from town import DEADLINE, Clock

from survey_app.archiving.folder import write_archive
from survey_app.store.follow_ups import Note, Status, note_follow_up, promises
from survey_app.store.inquiries import find_inquiry
from survey_app.store.opinions import say_opinion

Archive = dict[str, bytes]
FOLDERS = ("集計", "関係課の回答", "公表", "意見", "約束のその後")


@pytest.fixture
def desk(sampled: Database, clock: Clock) -> Desk:
    clock.now = DEADLINE
    return desk_of(sampled)


@pytest.fixture
def archive(desk: Desk, app: Any) -> Callable[[], Archive]:
    """The files of an archive that is made now (or later)."""

    def made(later: timedelta = timedelta()) -> Archive:
        file = io.BytesIO()
        with app.test_request_context():
            write_archive(desk.database, desk.inquiry, file, DEADLINE + later)
        whole = zipfile.ZipFile(file)
        return {name.removeprefix("support_needs/"): whole.read(name) for name in whole.namelist()}

    return made


def told(desk: Desk) -> None:
    """Publish what was handed in; a town says something, a promise is followed."""
    desk.hand_in(desk.tax)
    published = desk.publish()
    say_opinion(desk.database, published, desk.of("TAX")[0].key, "=時期を早めてください", "one", LEADER)
    promise = promises(desk.database, desk.inquiry)[0]
    note_follow_up(desk.database, desk.inquiry, promise, Note(Status.DONE, "実施した内容", "", "two"), LEADER)


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_everything_that_came_of_the_replies_is_there(desk: Desk, archive: Callable[[], Archive]) -> None:
    told(desk)
    files = archive()
    (cut,) = (name for name in files if name.startswith("集計/"))
    assert "要望一覧" in openpyxl.load_workbook(io.BytesIO(files[cut])).sheetnames
    given = lines(files["関係課の回答/第1回.csv"])
    assert {one["管理番号"] for one in given} <= {need.control for need in desk.needs.values()}
    assert any(one["対応区分"] for one in given)
    assert [name for name in files if name.startswith("関係課の回答/第1回/") and name.endswith(".xlsx")]
    assert [name for name in files if name.startswith("公表/第1回/回答書_")]
    (opinion,) = lines(files["意見/意見.csv"])
    assert opinion["管理番号"] == desk.of("TAX")[0].control
    assert opinion["意見"] == "=時期を早めてください"
    assert lines(files["約束のその後/約束のその後.csv"])[0]["内容"] == "実施した内容"
    first = files["はじめに.html"].decode()
    for folder in FOLDERS:
        assert f"<dt>{folder}</dt>" in first
    listed = files["sha256.txt"].decode()
    assert all(name in listed for name in files if name not in ("sha256.txt", "はじめに.html"))


def test_made_later_its_folders_hold_the_same_bytes(desk: Desk, archive: Callable[..., Archive]) -> None:
    told(desk)
    first, second = archive(), archive(timedelta(days=3))
    for name, content in first.items():
        if name.partition("/")[0] in FOLDERS:
            assert second[name] == content, name


def test_nothing_that_is_not_there_gets_a_folder(sampled: Database, app: Any, clock: Clock) -> None:
    clock.now = DEADLINE
    file = io.BytesIO()
    with app.test_request_context():
        write_archive(sampled, find_inquiry(sampled, "support_needs"), file, DEADLINE)
    names = zipfile.ZipFile(file).namelist()
    assert not [name for name in names if name.split("/")[1] in FOLDERS]
