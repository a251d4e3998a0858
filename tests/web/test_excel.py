"""The form as a workbook: downloaded, filled in, compared, taken in; a foreign file ends in a clear message."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from sqlite_utils import Database
from typing_in import changes

from survey_app.store.replies import Reply, Surroundings, save_answers

HERE = "/inquiries/support_needs"
Load = Callable[..., Reply]
Around = Callable[..., Surroundings]


def downloaded(person: object) -> openpyxl.Workbook:
    """The form as the town hall gets it."""
    response = person.client.get(f"{HERE}/form.xlsx")
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.data))


def fill(book: openpyxl.Workbook, question: str, text: str) -> None:
    """Type into the cell of a question."""
    ((sheet, cell),) = book.defined_names[f"ans.{question}"].destinations
    book[sheet][cell.replace("$", "")] = text


def send(person: object, content: bytes, status: int, name: str = "回答票.xlsx") -> object:
    """Send a file."""
    person.get(f"{HERE}/upload")
    data = {"csrf_token": person.token, "file": (io.BytesIO(content), name)}
    response = person.client.post(f"{HERE}/upload", data=data)
    assert response.status_code == status, response.text[:1500]
    return response


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_filled_in_and_taken_in_after_a_look(browser, database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A3": "主査", "A4": "佐藤"}), around().who)
    officer = browser("mishima")
    book = downloaded(officer)
    fill(book, "A2", "総務課")
    fill(book, "A3", "係長")
    fill(book, "A4", "")
    to = send(officer, saved(book), 303).headers["Location"]
    page = officer.get(to)
    assert "まだ取り込んでいません" in page
    assert reply().answers.value("A2") is None
    chosen = dict.fromkeys(re.findall(r'name="(take:[^"]+)" value="form"', page), "form")
    assert chosen == {"take:/A2": "form", "take:/A3": "form"}
    officer.post(to, {**chosen, "take:/A3": "reply"})
    answers = reply().answers
    assert [answers.value(name) for name in ("A2", "A3", "A4")] == ["総務課", "主査", "佐藤"]
    assert "回答票を取り込みました" in officer.get(HERE)


def test_another_towns_form_is_refused(browser, reply: Load) -> None:
    book = downloaded(browser("kaneyama"))
    fill(book, "A2", "金山町の課")
    refused = send(browser("mishima"), saved(book), 422)
    assert "金山町" in refused.text
    assert reply().answers.value("A2") is None


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600]
)
def test_a_foreign_file_ends_in_a_clear_message(browser, content: bytes) -> None:
    refused = send(browser("mishima"), content, 422)
    assert "回答は変わっていません" in refused.text


def test_doubtful_cells_come_back_marked(browser) -> None:
    officer = browser("mishima")
    book = downloaded(officer)
    fill(book, "A8", "令和99年99月99日")
    to = send(officer, saved(book), 303).headers["Location"]
    page = officer.get(to)
    assert "確かめていただきたいセル" in page
    ((sheet, place),) = book.defined_names["ans.A8"].destinations
    assert f"{sheet} {place.replace('$', '')}" in page, "sheet and cell"
    assert "令和99年99月99日" in page, "its content"
    response = officer.client.get(f"{to}/marked.xlsx")
    marked = openpyxl.load_workbook(io.BytesIO(response.data))
    assert any(cell.comment for sheet in marked for row in sheet.iter_rows() for cell in row)


def test_an_upload_belongs_to_its_town(browser) -> None:
    officer = browser("mishima")
    book = downloaded(officer)
    fill(book, "A2", "総務課")
    to = send(officer, saved(book), 303).headers["Location"]
    browser("kaneyama").get(to, 404)
    browser("division").get(to, 404)
    officer.post(f"{HERE}/upload", {}, 422)


def test_a_blank_erases_only_what_is_ticked(browser, database: Database, reply: Load, around: Around) -> None:
    save_answers(database, reply(), changes(reply(), {"A3": "主査", "A4": "佐藤"}), around().who)
    officer = browser("mishima")
    book = downloaded(officer)
    fill(book, "A3", "")
    fill(book, "A4", "")
    to = send(officer, saved(book), 303).headers["Location"]
    page = officer.get(to)
    assert "回答票で空欄の設問（2件）" in page
    assert "主査" in page
    officer.post(to, {"seen": str(reply().revision), "erase:/A3": "1"})
    assert [reply().answers.entry(name).texts for name in ("A3", "A4")] == [(), ("佐藤",)]
