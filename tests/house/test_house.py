"""Tests of the house itself: floors, words, kinds."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from questions.kinds.registry import KINDS
from questions.life import State
from questions.problems import Code
from questions.reading import catalogue, read_catalogue
from survey_app import wording

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("questions", "exports", "survey_app")


def sources() -> list[Path]:
    """Every file of the program."""
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


def test_questions_stand_alone() -> None:
    """The lowest floor loads without the web, tables or SQL."""
    program = (
        "import sys, questions.reading, questions.checking, questions.contents, questions.life, questions.across\n"
        "print([name for name in ('flask', 'wtforms', 'pandas', 'sqlite_utils', 'xlsxwriter') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("code", Code)
def test_every_problem_has_a_sentence_in_both_languages(code: Code) -> None:
    japanese = wording.PROBLEMS[code]
    english = wording.translate(japanese, "en")
    assert japanese
    assert japanese == "%(message)s" or english != japanese, "no English"


@pytest.mark.parametrize("text", [*wording.STATES.values(), *wording.REFUSALS.values()])
def test_every_state_and_refusal_has_english(text: str) -> None:
    assert wording.translate(text, "en") != text


def test_every_state_has_a_name() -> None:
    assert set(wording.STATES) == set(State)


@pytest.mark.parametrize("name", catalogue())
def test_every_questionnaire_of_the_catalogue_reads(name: str) -> None:
    assert read_catalogue(name).name == name


def test_every_widget_has_a_macro() -> None:
    macros = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "survey_app/templates").rglob("*.html"))
    missing = {kind.widget for kind in KINDS.values() if f"macro {kind.widget}(" not in macros}
    assert missing == set()


def test_only_one_room_writes_and_one_reads_workbooks() -> None:
    allowed = {"xlsxwriter": {"exports/workbook.py"}, "openpyxl": {"exports/reading.py"}}
    found: dict[str, set[str]] = {name: set() for name in allowed}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.split(".")[0] in found:
                    found[name.split(".")[0]].add(str(path.relative_to(ROOT)))
    assert {name for name in found if found[name] - allowed[name]} == set()


def test_sql_stays_in_its_room() -> None:
    outside = [
        path.relative_to(ROOT)
        for path in sources()
        if not path.is_relative_to(ROOT / "survey_app/store")
        and not path.is_relative_to(ROOT / "survey_app/schema")
        and ".execute(" in path.read_text(encoding="utf-8")
    ]
    assert outside == []


def test_no_outside_asset() -> None:
    pages = [*(ROOT / "survey_app/templates").rglob("*.html"), *(ROOT / "survey_app/static").rglob("*.[cj]s*")]
    assert len(pages) > 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'src="http' not in text, page
        assert "url(http" not in text, page
        assert 'href="http' not in text, page
