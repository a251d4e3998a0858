"""Forms that came by mail are put in together: looked at, taken in, told file by file; run again nothing changes."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from filling import changed, opened, put
from officer import hidden_value
from sqlite_utils import Database
from town import OPENED, OTHER, OWN
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.receiving.folders import DamagedFolder, SentForm, TooManyFiles, forms_sent
from survey_app.receiving.forms import form_book
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, find_reply, save_answers
from survey_app.store.submissions import submissions_of

Open = Callable[..., Any]
GATHER = "/board/support_needs/gather"


@pytest.fixture(scope="session")
def blank() -> dict[tuple[str, str], bytes]:
    """Forms that were made already, by inquiry and municipality."""
    return {}


@pytest.fixture
def form(database: Database, around: Any, blank: dict[tuple[str, str], bytes]) -> Callable[..., bytes]:
    """A form that was filled in: ``form(OWN, A2="総務課")``."""

    def filled(code: str, inquiry: str = "support_needs", **typed: str) -> bytes:
        if (inquiry, code) not in blank:
            reply = find_reply(database, find_inquiry(database, inquiry), code, around())
            blank[inquiry, code] = form_book(reply, OPENED)
        return changed(blank[inquiry, code], *(put(name, text) for name, text in typed.items()))

    return filled


@pytest.fixture
def desk(browser: Open) -> Any:
    """The division at its desk."""
    return browser("division")


def nil(reply: Reply) -> dict[str, str]:
    """A whole nil reply as it is written in a form."""
    choice = reply.inquiry.questionnaire.questions["B1"].kind.options(reply.setting)
    label = next(one.label.ja for one in choice if one.code == "0")
    return {**NIL_REPLY, "A7": "首長", "B1": label}


def send(desk: Any, *files: tuple[str, bytes], status: int = 303, token: str = "") -> str:
    """Put files in; return where it leads, or the page that says why not."""
    page = desk.get(GATHER)
    fields = {
        "token": token or hidden_value(page, "token"),
        "files": [(io.BytesIO(content), name) for name, content in files],
    }
    answer: str = desk.post(GATHER, fields, status)
    return answer


def zipped(*files: tuple[str, bytes]) -> bytes:
    """A folder as a zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as folder:
        for name, content in files:
            folder.writestr(name, content)
    return made.getvalue()


def line(page: str, file: str) -> str:
    """The line of one file in the table."""
    return page.split(f'<th scope="row">{file}</th>', 1)[1].split("</tr>", 1)[0]


def events(database: Database) -> int:
    """How many lines the trail has."""
    return int(database.execute("SELECT count(*) FROM event").fetchone()[0])


def test_first_a_look_then_taken_in_then_nothing_more(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply]
) -> None:
    to = send(desk, ("三島町.xlsx", form(OWN, A2="総務課", A4="佐藤 花子")), ("壊れた.xlsx", form(OTHER)[:9000]))
    page = desk.get(to)
    assert "取り込めます" in line(page, "三島町.xlsx")
    assert "取り込む回答 2件" in line(page, "三島町.xlsx")
    assert "取り込めません" in line(page, "壊れた.xlsx")
    assert "まだ提出も回答票もない団体（58）" in page
    assert reply().state is State.NOT_STARTED
    desk.post(to)
    page = desk.get(to)
    assert "取り込み済み" in line(page, "三島町.xlsx")
    assert reply().answers.entry("A2").texts == ("総務課",)
    assert reply().state is State.DRAFT
    before = events(database)
    desk.post(to)
    assert events(database) == before


def test_a_folder_as_a_zip_with_japanese_names(desk: Any, form: Any) -> None:
    content = zipped(
        ("返送/三島町.xlsx", form(OWN, A2="総務課")), ("返送/~$三島町.xlsx", b"lock"), ("メモ.txt", b"memo")
    )
    page = desk.get(send(desk, ("返送.zip", content)))
    assert "回答票の内容（1ファイル）" in page
    assert "取り込めます" in line(page, "三島町.xlsx")


def test_every_kind_of_file_is_told(database: Database, desk: Any, form: Any, reply: Any, around: Any) -> None:
    old = form(OTHER, A2="総務課")
    town = find_reply(database, find_inquiry(database, "support_needs"), OTHER, around("kaneyama"))
    save_answers(database, town, changes(town, {"A2": "企画課"}), around("kaneyama").who)
    files = {
        "1.xlsx": form(OWN, A2="総務課"),
        "2 写し.xlsx": form(OWN, A2="総務課"),
        "3 古い.xlsx": old,
        "4 別の照会.xlsx": form(OWN, "cooperation_cases"),
        "5.xls": bytes.fromhex("D0CF11E0A1B11AE1"),
        "6 疑い.xlsx": form("074021", A6="なし", A2="総務課"),
    }
    to = send(desk, *files.items())
    page = desk.get(to)
    assert "同じ団体の回答票がほかにもあります（2 写し.xlsx）" in line(page, "1.xlsx")
    assert "いまの回答と食い違う内容 1件" in line(page, "3 古い.xlsx")
    assert "cooperation_cases" in line(page, "4 別の照会.xlsx")
    assert "古い形式" in line(page, "5.xls")
    assert "確かめてください" in line(page, "6 疑い.xlsx")
    assert "marked.xlsx" in line(page, "6 疑い.xlsx")
    desk.post(to)
    town = find_reply(database, town.inquiry, OTHER, around())
    assert town.answers.entry("A2").texts == ("企画課",)
    marked = desk.client.get(f"{to}/6/marked.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(marked.data)).sheetnames[0] == "確認事項"
    desk.get(f"{to}/99/marked.xlsx", 404)


def test_a_form_is_handed_in_as_one_that_came_by_file(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], browser: Open
) -> None:
    to = send(desk, ("回答票_三島町.xlsx", form(OWN, **nil(reply()))), ("金山町.xlsx", form(OTHER, A2="総務課")))
    page = desk.get(to)
    assert 'name="hand_in" value="2"' not in page
    assert "必須の項目が足りない" in line(page, "金山町.xlsx")
    for _ in range(2):
        desk.post(to, {"hand_in": ["1", "2"]})
    (handed,) = submissions_of(database, reply().inquiry, OWN)
    assert (handed.source.kind, handed.source.note, handed.nil) == ("file", "回答票_三島町.xlsx", True)
    assert reply().state is State.SUBMITTED
    assert reply(OTHER).state is State.DRAFT
    assert "取り込み済み" in line(desk.get(to), "回答票_三島町.xlsx")
    assert "代理入力（Excel回答票）" in desk.get("/board/support_needs")
    assert "Excel回答票：回答票_三島町.xlsx" in browser("mishima").get("/inquiries/support_needs")


def test_what_the_form_does_not_say_is_not_handed_in_with_it(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], around: Any
) -> None:
    content = form(OWN, **nil(reply()))
    save_answers(database, reply(), changes(reply(), {"Z1": "書きかけの意見"}), around().who)
    to = send(desk, ("三島町.xlsx", content))
    page = desk.get(to)
    assert "書きかけの意見" not in page
    assert "回答票にない内容を市町村が画面で入力している" in line(page, "三島町.xlsx")
    desk.post(to, {"hand_in": "1"})
    assert reply().state is State.DRAFT
    assert reply().answers.entry("A4").texts == (NIL_REPLY["A4"],)


def test_after_the_deadline_it_is_told_but_the_division_may_hand_it_in(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], clock: Any
) -> None:
    content = form(OWN, **nil(reply()))
    clock.move(days=30)
    database.execute("UPDATE session SET started_at = '2026-12-24T09:00:00+09:00'")
    to = send(desk, ("三島町.xlsx", content))
    assert "回答期限を過ぎています" in line(desk.get(to), "三島町.xlsx")
    desk.post(to)
    assert reply().state is State.NOT_STARTED
    desk.post(to, {"hand_in": "1"})
    assert reply().state is State.SUBMITTED


def test_sent_twice_it_is_kept_once(database: Database, desk: Any, form: Any) -> None:
    content = form(OWN, A2="総務課")
    first = send(desk, ("三島町.xlsx", content), token="one")
    assert send(desk, ("三島町.xlsx", content), token="one") == first
    assert database.execute("SELECT count(*) FROM gathering").fetchone()[0] == 1


def test_nothing_and_what_cannot_be_opened_are_told(database: Database, desk: Any) -> None:
    assert "選ばれていません" in send(desk, status=422)
    assert "選ばれていません" in send(desk, ("空.zip", zipped(("メモ.txt", b"x"))), status=422)
    assert "「壊れた.zip」を開けません" in send(desk, ("壊れた.zip", b"PK\x03\x04broken"), status=422)
    assert database.execute("SELECT count(*) FROM gathering").fetchone()[0] == 0


def test_too_many_files_and_bombs_are_refused() -> None:
    many = zipped(*((f"{number}.xlsx", b"x") for number in range(301)))
    with pytest.raises(TooManyFiles):
        forms_sent([SentForm("many.zip", many)])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for number in range(12):
            folder.writestr(f"{number}.xlsx", bytes(20_000_000))
    with pytest.raises(TooManyFiles):
        forms_sent([SentForm("bomb.zip", made.getvalue())])
    with pytest.raises(DamagedFolder):
        forms_sent([SentForm("x.zip", b"")])


def test_names_as_windows_writes_them() -> None:
    name = "返送\\三島町.xlsx".encode("cp932")
    content = zipped(("A" * len(name), b"x")).replace(b"A" * len(name), name)
    with pytest.raises(TooManyFiles):
        forms_sent([SentForm("a.zip", content)] * 301)
    (found,) = forms_sent([SentForm("a.zip", content)])
    assert found.name == "三島町.xlsx"


def test_town_halls_find_nothing_of_it(desk: Any, form: Any, browser: Open) -> None:
    to = send(desk, ("三島町.xlsx", form(OWN, A2="総務課")))
    officer = browser("mishima")
    officer.get(GATHER, 404)
    officer.get(to, 404)
    assert opened(form(OWN)).sheetnames
    desk.get("/board/cooperation_cases/gather/" + to.rpartition("/")[2], 404)
