"""Before forms are taken in, each count of the page can be opened: the question, the cell, before and after, faults."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from filling import changed, put
from officer import hidden_value
from sqlite_utils import Database
from town import OPENED, OTHER, OWN
from typing_in import NIL_REPLY, changes

from questions.life import State
from survey_app.receiving.forms import form_book
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Reply, find_reply, save_answers
from survey_app.store.submissions import Order, submit, withdraw

Open = Callable[..., Any]
GATHER = "/board/support_needs/gather"


@pytest.fixture
def desk(browser: Open) -> Any:
    """The division at its desk."""
    return browser("division")


@pytest.fixture
def form(database: Database, around: Any) -> Callable[..., bytes]:
    """A form that was filled in: ``form(OWN, A2="総務課")``."""

    def filled(code: str, **typed: str) -> bytes:
        reply = find_reply(database, find_inquiry(database, "support_needs"), code, around())
        return changed(form_book(reply, OPENED), *(put(name, text) for name, text in typed.items()))

    return filled


def looked(desk: Any, *files: tuple[str, bytes]) -> str:
    """Put files in; return the page that compares them."""
    page = desk.get(GATHER)
    fields = {"token": hidden_value(page, "token"), "files": [(io.BytesIO(content), name) for name, content in files]}
    answer: str = desk.get(desk.post(GATHER, fields, 303))
    return answer


def opened(page: str, summary: str) -> str:
    """What a count opens."""
    found = re.search(rf"<summary>{re.escape(summary)}</summary>(.*?)</details>", page, re.S)
    assert found is not None, summary
    return found.group(1)


def test_what_is_taken_in_is_told_answer_by_answer(desk: Any, form: Any) -> None:
    page = looked(desk, ("三島町.xlsx", form(OWN, A2="総務課", A4="佐藤 花子")))
    told = opened(page, "取り込む回答 2件")
    assert re.search(r"<dt>A2 [^<]+ <span class=\"code\">[^<]+![A-Z]+\d+</span></dt>", told)
    assert "<del>（無回答）</del> → <ins>総務課</ins>" in told
    assert "<ins>佐藤 花子</ins>" in told


def test_what_is_missing_is_told_with_its_remedy(desk: Any, form: Any) -> None:
    page = looked(desk, ("三島町.xlsx", form(OWN, A2="総務課", A6="なし")))
    count = re.search(r"提出までに必要なこと (\d+)件", page)
    assert count is not None
    told = opened(page, count.group(0))
    assert told.count("<dt>") == int(count.group(1))
    assert re.search(r"<dt>A4 [^<]+ <span class=\"code\">", told)
    assert "回答票のこの欄を直して取り込み直すか" in told
    assert "セルの内容：なし" in told


def test_what_a_town_has_only_typed_is_not_shown(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], around: Any
) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "秘密の課"}), around().who)
    content = form(OWN, A2="総務課")
    page = looked(desk, ("三島町.xlsx", content))
    assert "秘密の課" not in page
    assert "市町村が入力中です" in opened(page, "取り込む回答 1件")
    save_answers(database, reply(), changes(reply(), {"A2": "別の秘密の課"}), around().who)
    page = looked(desk, ("三島町.xlsx", content))
    assert "秘密の課" not in page


def test_what_was_handed_in_stands_beside_what_the_form_says(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], around: Any
) -> None:
    handed_in_and_back(database, reply, around)
    page = looked(desk, ("三島町.xlsx", form(OWN, A2="総務課")))
    assert f"<del>{NIL_REPLY['A2']}</del> → <ins>総務課</ins>" in page
    assert "まだ提出も回答票もない団体（58）" in page


def test_towns_that_handed_in_once_are_not_called_silent(
    database: Database, desk: Any, form: Any, reply: Callable[..., Reply], around: Any
) -> None:
    handed_in_and_back(database, reply, around)
    assert reply().state is State.DRAFT
    page = looked(desk, ("金山町.xlsx", form(OTHER, A2="総務課")))
    assert "まだ提出も回答票もない団体（57）" in page
    assert f'/board/support_needs/{OWN}"' not in page.split('id="missing"')[1]


def handed_in_and_back(database: Database, reply: Callable[..., Reply], around: Any) -> None:
    """The town hands in, and takes its reply back to correct it."""
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "one"), around().who)
    withdraw(database, reply(), around().who)
