"""Files sent with a page of answers: taken, refused with a reason, taken back, handed in, fetched again."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from officer import hidden_value, hidden_values, part
from sent_files import DOCX, EXE, MACRO_DOCX, NAME, PDF, PNG, XLSX, open_with_files
from sqlite_utils import Database
from town import OTHER, OWN

from survey_app import access
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Surroundings, find_reply

HOME = f"/inquiries/{NAME}"
PAGE = f"{HOME}/sections/S"
Files = list[tuple[str, bytes]]


@pytest.fixture(autouse=True)
def inquiry(database: Database) -> None:
    """An inquiry that asks for files."""
    open_with_files(database)


@pytest.fixture
def send(browser: Callable[..., Any]) -> Callable[..., str]:
    """Open the page as 三島町, and send it with files: ``send({"F": [("協定書.pdf", PDF)]}, Q="一行")``."""
    person = browser("mishima")

    def sent(files: dict[str, Files], status: int = 303, go: str = "stay", page: str = PAGE, **typed: Any) -> str:
        text = person.get(page)
        present = {name: hidden_values(text, name) for name in ("F", "G") if f'name="{name}"' in text}
        named = {
            f"file.{name}": [(BytesIO(content), called) for called, content in some] for name, some in files.items()
        }
        return str(
            person.post(page, {"seen": hidden_value(text, "seen"), **present, **named, "go": go, **typed}, status)
        )

    sent.person = person  # type: ignore[attr-defined]
    return sent


@pytest.fixture
def stored(database: Database, around: Callable[..., Surroundings]) -> Callable[..., Any]:
    """The stored value of a question: ``stored("F")``."""

    def value(question: str, code: str = OWN) -> Any:
        return find_reply(database, find_inquiry(database, NAME), code, around()).answers.value(question)

    return value


def names(value: Any) -> list[str]:
    """The names of files."""
    return [one.name for one in value or ()]


def test_files_of_every_type_are_taken_and_listed(send: Callable[..., str], stored: Callable[..., Any]) -> None:
    send({"F": [("協定書.pdf", PDF), ("規約.docx", DOCX), ("予算.XLSX", XLSX)], "G": [("位置図.png", PNG)]}, Q="一行")
    assert names(stored("F")) == ["協定書.pdf", "規約.docx", "予算.XLSX"]
    assert names(stored("G")) == ["位置図.png"]
    assert stored("Q") == "一行"
    page = send.person.get(PAGE)  # type: ignore[attr-defined]
    assert "協定書.pdf</a>" in part(page, "F")
    assert part(page, "F").count("取り消す<") == 3
    assert 'accept=".pdf,.png"' in part(page, "G")
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("協定書.pdf", EXE, "中身が名前の示す種類（PDF）ではないか"),
        ("規約.docx", MACRO_DOCX, "マクロが入っています。マクロを除いてWord (.docx)で保存し直すか"),
        ("規約.docm", MACRO_DOCX, "添付できる種類は、PDF、Word (.docx)、Excel (.xlsx)、JPEG、PNGです"),
        ("空.pdf", b"", "空のファイルです"),
        ("長" * 150 + ".pdf", PDF, "名前が150字より長いか"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_and_nothing_else_is_lost(
    send: Callable[..., str], stored: Callable[..., Any], database: Database, name: str, content: bytes, sentence: str
) -> None:
    page = send({"F": [(name, content), ("図.png", PNG)]}, 422, Q="書きかけ", N="十二")
    assert sentence in part(page, "F")
    assert name[:150] in part(page, "F")
    assert "添付していないファイルが1件あります" in page
    assert 'href="#q-F"' in page
    assert 'value="書きかけ"' in page
    assert 'value="十二"' in page
    assert stored("Q") == "書きかけ"
    assert names(stored("F")) == ["図.png"]
    assert database.table("attachment").count == 1


def test_a_file_that_is_too_large_is_told_with_both_sizes(send: Callable[..., str], stored: Callable[..., Any]) -> None:
    just = PDF + bytes(1_048_576 - len(PDF))
    page = send({"G": [("大きい.pdf", just + b"1")]}, 422)
    assert "「大きい.pdf」は添付していません。大きすぎます（1.1MB）。1件1MBまでです。" in part(page, "G")
    assert stored("G") is None
    send({"G": [("ちょうど.pdf", just)]})
    assert names(stored("G")) == ["ちょうど.pdf"]


def test_more_files_than_are_asked_for_are_left_out_by_name(
    send: Callable[..., str], stored: Callable[..., Any]
) -> None:
    page = send({"F": [(f"{number}.pdf", PDF + bytes(number)) for number in range(1, 6)]}, 422)
    assert names(stored("F")) == ["1.pdf", "2.pdf", "3.pdf"]
    assert "「4.pdf」は添付していません（3件までです）" in part(page, "F")
    assert "「5.pdf」は添付していません（3件までです）" in part(page, "F")
    assert "添付していないファイルが2件あります" in page


def test_sent_twice_a_file_is_there_once(
    send: Callable[..., str], stored: Callable[..., Any], database: Database
) -> None:
    send({"F": [("協定書.pdf", PDF), ("協定書.pdf", PDF)]})
    send({"F": [("協定書.pdf", PDF)]})
    assert names(stored("F")) == ["協定書.pdf"]
    assert database.table("attachment").count == 1


def test_a_file_is_taken_back_and_another_sent_in_its_place(
    send: Callable[..., str], stored: Callable[..., Any]
) -> None:
    send({"F": [("旧.pdf", PDF), ("図.png", PNG)]})
    old = stored("F")[0]
    send({"F": [("新.pdf", PDF + b"2")]}, **{"without.F": old.id})
    assert names(stored("F")) == ["図.png", "新.pdf"]
    send({}, **{"without.F": [one.id for one in stored("F")]})
    assert stored("F") is None


def test_folders_in_a_name_are_left_out(send: Callable[..., str], stored: Callable[..., Any]) -> None:
    send({"F": [("書類/協定書.pdf", PDF)]})
    assert names(stored("F")) == ["協定書.pdf"]


def test_an_id_of_another_municipality_in_the_hidden_field_is_dropped(
    send: Callable[..., str], stored: Callable[..., Any], browser: Callable[..., Any], database: Database
) -> None:
    other = browser("kaneyama")
    seen = hidden_value(other.get(PAGE), "seen")
    other.post(PAGE, {"seen": seen, "F": "", "file.F": [(BytesIO(PDF), "他団体.pdf")], "go": "stay"})
    foreign = stored("F", OTHER)[0]
    send({"F": [("図.png", PNG)]}, F=["", foreign.text])
    assert names(stored("F")) == ["図.png"]
    person = send.person  # type: ignore[attr-defined]
    person.get(f"{HOME}/files/{foreign.id}", 404)
    assert "他団体" not in person.get(PAGE)


def test_two_officers_who_attach_to_the_same_question_see_both_and_choose(
    send: Callable[..., str], stored: Callable[..., Any], browser: Callable[..., Any]
) -> None:
    late = browser("mishima2")
    seen = hidden_value(late.get(PAGE), "seen")
    send({"F": [("先.pdf", PDF)]})
    page = late.post(
        PAGE, {"seen": seen, "F": "", "file.F": [(BytesIO(PNG), "後.png"), (BytesIO(EXE), "悪.exe")], "go": "stay"}, 409
    )
    assert names(stored("F")) == ["先.pdf"]
    clash = part(page, "F")
    assert "先.pdf" in clash
    assert "後.png" in clash
    assert "「悪.exe」は添付していません" in clash
    late.post(PAGE, {"seen": hidden_value(page, "seen"), "F": hidden_values(page, "F"), "go": "stay"})
    assert names(stored("F")) == ["後.png"]


def test_what_is_saved_by_the_way_leaves_files_as_they_are(
    send: Callable[..., str], stored: Callable[..., Any]
) -> None:
    send({"F": [("協定書.pdf", PDF)]})
    person = send.person  # type: ignore[attr-defined]
    text = person.get(PAGE)
    fields = {"seen": hidden_value(text, "seen"), "F": hidden_values(text, "F"), "without.F": stored("F")[0].id}
    person.post(f"{PAGE}/autosave", {**fields, "Q": "入力中"}, 200)
    assert names(stored("F")) == ["協定書.pdf"]
    assert stored("Q") == "入力中"


def test_a_row_with_nothing_but_a_file_is_a_row(
    send: Callable[..., str], database: Database, around: Callable[..., Surroundings]
) -> None:
    page = f"{HOME}/tables/T/rows/new"
    person = send.person  # type: ignore[attr-defined]
    text = person.get(page)
    assert 'enctype="multipart/form-data"' in text
    row = hidden_value(text, "rows.T")
    fields = {"seen": hidden_value(text, "seen"), "rows.T": row, f"{row}.T1": "", f"{row}.T2": ""}
    refused = person.post(page, {**fields, f"file.{row}.T2": [(BytesIO(EXE), "悪.pdf")], "go": "stay"}, 422)
    assert "「悪.pdf」は添付していません" in refused
    person.post(page, {**fields, f"file.{row}.T2": [(BytesIO(PDF), "事例.pdf")], "go": "stay"})
    answers = find_reply(database, find_inquiry(database, NAME), OWN, around()).answers
    assert answers.row_ids("T") == (row,)
    assert names(answers.value("T2", row)) == ["事例.pdf"]


def test_too_much_at_once_is_told_on_a_page(
    send: Callable[..., str], stored: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "LARGEST_ATTACHING_READ", 3_000_000)
    page = send({"F": [("大.pdf", PDF + bytes(3_100_000))]}, 413)
    assert "一度に送れるのは60MBまでです" in page
    assert stored("F") is None


def test_a_page_without_files_takes_no_more_than_before(send: Callable[..., str]) -> None:
    send.person.post(PAGE, {"seen": "0", "Q": "長" * 1_000_000}, 413)  # type: ignore[attr-defined]
