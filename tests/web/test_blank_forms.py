"""The division hands out forms for town halls that lost theirs: blank ones, that nothing typed is lost with."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from filling import changed, put
from sqlite_utils import Database
from town import OTHER, OWN
from typing_in import NIL_REPLY, changes

from survey_app.receiving.received import Verdict
from survey_app.receiving.taking import receive
from survey_app.store.replies import Reply, save_answers
from survey_app.store.submissions import Order, submit

Open = Callable[..., Any]
GATHER = "/board/support_needs/gather"


@pytest.fixture
def desk(browser: Open) -> Any:
    """The division at its desk."""
    return browser("division")


def test_the_form_of_one_holds_nothing_of_what_it_typed_and_is_taken_in(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Any
) -> None:
    save_answers(database, reply(), changes(reply(), {"A2": "秘密の課", "Z1": "秘密の意見"}), around().who)
    assert f"{GATHER}/forms/{OWN}.xlsx" in desk.get(GATHER)
    assert f"{GATHER}/forms/{OWN}.xlsx" in desk.get(f"/board/support_needs/{OWN}")
    content = desk.client.get(f"{GATHER}/forms/{OWN}.xlsx").data
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    said = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value}
    assert not any("秘密" in text for text in said)
    received = receive(database, reply(), changed(content, put("A4", "佐藤 花子")), file="x.xlsx")
    assert received.refusal is None
    assert [line.place[1] for line in received.taken()] == ["A4"]
    kept = {line.place[1] for line in received.with_verdict(Verdict.NEWER, Verdict.BLANK)}
    assert {"A2", "Z1"} <= kept, "what was typed stays"


def test_only_those_that_handed_nothing_in(
    database: Database, desk: Any, reply: Callable[..., Reply], around: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_answers(database, reply(), changes(reply(), NIL_REPLY), around().who)
    submit(database, reply(), Order(reply().revision, "one"), around().who)
    assert "まだ提出のない団体へ回答票を送る（58団体）" in desk.get(GATHER)
    desk.get(f"{GATHER}/forms/{OWN}.xlsx", 404)
    desk.get(f"{GATHER}/forms/999999.xlsx", 404)
    monkeypatch.setattr("survey_app.views.blank_forms.missing_towns", lambda _inquiry: (OTHER,))
    whole = zipfile.ZipFile(io.BytesIO(desk.client.get(f"{GATHER}/forms.zip").data))
    assert whole.namelist() == [f"回答票_support_needs_{OTHER}_金山町.xlsx"]


def test_town_halls_do_not_get_the_forms_of_others(browser: Open) -> None:
    browser("mishima").get(f"{GATHER}/forms/{OTHER}.xlsx", 404)
