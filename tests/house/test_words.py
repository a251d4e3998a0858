"""Words for people: both languages complete, every command and setting told in the guides."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from questions.life import Act
from survey_app import wording, wording_trail
from survey_app.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent.parent
CATALOGUE = ROOT / "survey_app/translations/en/LC_MESSAGES/messages.po"
ROOMS = [("**.html", "jinja2"), ("**.py", "python")]


def spoken() -> set[str]:
    """Every text that the program marks for translation."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
    found: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(ROOT / "survey_app", method_map=ROOMS, keywords=keywords):
        found.add(message if isinstance(message, str) else message[0])
    return found


def test_every_text_has_english() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    translated = {message.id for message in catalogue if message.id and message.string and not message.fuzzy}
    texts = spoken()
    assert len(texts) > 300
    assert texts - translated == set()


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    made = io.BytesIO()
    write_mo(made, catalogue)
    assert made.getvalue() == CATALOGUE.with_suffix(".mo").read_bytes(), "run make translations"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told_in_the_guides(command: str) -> None:
    guides = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    assert f"shokai {command}" in guides or f"`{command}" in guides


def test_every_setting_is_told_in_the_guides() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "survey_app").rglob("*.py"))
    guides = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    settings = set(re.findall(r"SHOKAI_[A-Z]+", sources))
    assert settings
    assert {setting for setting in settings if setting not in guides} == set()


def recorded_acts() -> set[str]:
    """Every act that the program writes into the trail by its name."""
    found = {act.value for act in Act}
    for path in (ROOT / "survey_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                act = node.args[2]
                found |= {act.value} if isinstance(act, ast.Constant) else set()
    return found


def test_every_act_of_the_trail_has_a_word_in_both_languages() -> None:
    acts = recorded_acts()
    assert len(acts) > 40
    assert acts - set(wording_trail.ACTS) == set()
    assert [act for act, word in wording_trail.ACTS.items() if wording.translate(word, "en") == word] == []
