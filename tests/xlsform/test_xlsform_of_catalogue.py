"""Questionnaires written as XLSForms: pyxform takes them, and read back they are the same."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from books import read
from forms.every_kind import definition
from pyxform.xls2xform import convert

from exports.xlsform.findings import Sign
from exports.xlsform.writing import write_empty_xlsform, write_xlsform
from questions.model import Questionnaire
from questions.reading import catalogue, read_catalogue, read_toml
from questions.writing import toml_text


def written(questionnaire: Questionnaire) -> bytes:
    """Return the workbook of a questionnaire."""
    file = BytesIO()
    write_xlsform(questionnaire, file)
    return file.getvalue()


def said(questionnaire: Questionnaire) -> Questionnaire:
    """Return what a questionnaire says, without the text that it was read from."""
    return questionnaire.model_copy(update={"document": "", "digest": ""})


@pytest.mark.parametrize("name", catalogue())
def test_read_back_it_is_the_same(name: str) -> None:
    asked = read_catalogue(name)
    found = read(written(asked))
    assert found.findings == ()
    assert found.questionnaire is not None
    assert said(found.questionnaire) == said(asked)
    again = read(written(found.questionnaire))
    assert again.questionnaire == found.questionnaire, "once more changes nothing, not even the digest"


def test_every_kind_is_read_back() -> None:
    asked = read_toml(definition())
    found = read(written(asked))
    assert found.errors == ()
    assert found.questionnaire is not None
    assert said(found.questionnaire) == said(asked)


@pytest.mark.parametrize("name", catalogue())
def test_pyxform_takes_it(name: str) -> None:
    made = convert(written(read_catalogue(name)), validate=False, file_type=".xlsx")
    assert made.warnings == []
    assert "<h:title>" in made.xform
    for question in read_catalogue(name).questions:
        assert f"/{question}" in made.xform


@pytest.mark.parametrize("name", catalogue())
def test_as_toml_it_is_the_same_to_the_letter(name: str) -> None:
    asked = read_catalogue(name)
    assert read_toml(toml_text(json.loads(asked.document))).digest == asked.digest


def test_toml_of_awkward_texts() -> None:
    texts = ('引用符"と\\', "改行\nと\tタブ", "制御\x7f", "= # [a]")
    document: dict[str, Any] = {
        "name": "x",
        "title": {"ja": texts[0], "en": texts[1]},
        "style": {"ja": texts[2], "en": texts[3]},
        "choices": {
            "言語 の一覧": {
                "ja": {"ja": "日", "en": "J"},
                "en": {"ja": "英", "en": "E"},
                "a.b": {"ja": "点", "en": "D"},
            }
        },
        "sections": [
            {
                "name": "S",
                "title": {"ja": "節", "en": "S"},
                "questions": [
                    {"name": "a", "kind": "one", "label": {"ja": "甲", "en": "A"}, "choices": "言語 の一覧"},
                    {"name": "b", "kind": "amount", "label": {"ja": "乙", "en": "B"}, "least": 0.5, "required": True},
                ],
            }
        ],
    }
    assert json.loads(read_toml(toml_text(document)).document) == document


def test_the_written_sheets_hold_xlsform_and_help() -> None:
    book = openpyxl.load_workbook(BytesIO(written(read_catalogue("grant_small"))))
    assert book.sheetnames == ["survey", "choices", "settings", "shokai", "shokai_checks", "shokai_across", "記入要領"]
    survey = book["survey"]
    heads = [cell.value for cell in survey[1]]
    assert heads[:4] == ["type", "name", "label::Japanese (ja)", "label::English (en)"]
    assert survey.freeze_panes == "C2"
    assert survey["A1"].comment is not None
    assert [cell.value for cell in survey[2]][:2] == ["calculate", "FLAT_AMOUNT"]
    assert book["settings"]["B2"].value == "grant_small"


def test_the_empty_form_says_how_it_is_filled_in() -> None:
    file = BytesIO()
    write_empty_xlsform(file)
    book = openpyxl.load_workbook(BytesIO(file.getvalue()))
    assert book.sheetnames == ["記入要領", "survey", "choices", "settings"]
    guide = " ".join(str(cell.value) for row in book["記入要領"].iter_rows() for cell in row if cell.value)
    for word in ("select_one 一覧名", "begin_repeat", "relevant", "shokai::kind", "使えないもの", "${B1} = '1'"):
        assert word in guide
    found = read(file.getvalue())
    assert [one.code for one in found.errors] == [Sign.EMPTY_SURVEY]


def test_a_filled_in_empty_form_is_a_questionnaire(tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    write_empty_xlsform(file)
    book = openpyxl.load_workbook(file)
    for number, row in enumerate((("begin_group", "A", "担当者"), ("text", "A1", "氏名"), ("end_group",)), 2):
        for column, text in enumerate(row, 1):
            book["survey"].cell(number, column, text)
    book["settings"]["A2"], book["settings"]["B2"] = "防災備蓄調査", "bosai"
    book.save(file)
    found = read(file.read_bytes())
    assert found.errors == ()
    assert found.questionnaire is not None
    assert found.questionnaire.questions["A1"].label.en == "氏名"
    assert convert(str(file), validate=False).warnings is not None
