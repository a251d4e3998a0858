"""XLSForms on the division's pages: downloads, and files from outside."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from books import book, packed

from questions.reading import read_catalogue
from survey_app.receiving.refusals import Reason, Refused
from survey_app.xlsforms import take_in

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_division_downloads_a_questionnaire_and_takes_it_in_again(browser: Callable[..., Any]) -> None:
    response = browser("division").client.get("/prepare/xlsform/grant_cooperation.xlsx")
    assert (response.status_code, response.mimetype) == (200, WORKBOOK)
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    found = take_in(response.data)
    assert found.findings == ()
    apart = {"document": "", "digest": ""}
    assert found.questionnaire is not None
    assert found.questionnaire.model_copy(update=apart) == read_catalogue("grant_cooperation").model_copy(update=apart)


def test_the_division_downloads_the_empty_form(browser: Callable[..., Any]) -> None:
    response = browser("division").client.get("/prepare/xlsform/empty.xlsx")
    assert openpyxl.load_workbook(BytesIO(response.data)).sheetnames[0] == "記入要領"


def test_the_division_downloads_the_questionnaire_of_an_inquiry(browser: Callable[..., Any]) -> None:
    client = browser("division").client
    found = take_in(client.get("/prepare/xlsform/inquiries/cooperation_cases.xlsx").data)
    assert found.questionnaire is not None
    assert found.questionnaire.name == "cooperation_cases"
    assert client.get("/prepare/xlsform/inquiries/nothing.xlsx").status_code == 404


def test_an_unknown_questionnaire_is_no_page(browser: Callable[..., Any]) -> None:
    assert browser("division").client.get("/prepare/xlsform/nothing.xlsx").status_code == 404


@pytest.mark.parametrize("address", ["empty.xlsx", "support_needs.xlsx", "inquiries/support_needs.xlsx"])
def test_a_municipality_has_no_business_there(address: str, browser: Callable[..., Any]) -> None:
    assert browser("mishima").client.get(f"/prepare/xlsform/{address}").status_code in (403, 404)


def test_a_file_from_outside_is_opened_apart() -> None:
    found = take_in(book("type | name | label\ntext | a | 氏名"))
    assert found.questionnaire is not None
    assert take_in(packed({"x": [["y"]]})).questionnaire is None
    for content, reason in ((b"", Reason.EMPTY), (b"PK\x03\x04x", Reason.DAMAGED), (b"a,b\n", Reason.PLAIN_TEXT)):
        with pytest.raises(Refused) as refused:
            take_in(content)
        assert refused.value.refusal.reason is reason
