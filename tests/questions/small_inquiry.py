"""Small questionnaires as text, towns, and replies typed into them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from questions.answers import Answers, Entry, Place
from questions.checking import Examination
from questions.kinds.base import Kind
from questions.model import Questionnaire
from questions.problems import Problem
from questions.reading import read_toml
from questions.setting import Municipality, Roster, Setting

FUKUSHIMA, DATE, HINOEMATA, MISHIMA, KANEYAMA, FUTABA = "072010", "072133", "073644", "074446", "074454", "075469"
DATE_IN_HOKKAIDO = "012335"
TODAY = date(2026, 11, 24)

TOWNS = Roster(
    (
        Municipality(KANEYAMA, "金山町", "町", "会津", population=1862),
        Municipality(FUKUSHIMA, "福島市", "市", "県北", population=282693),
        Municipality(DATE, "伊達市", "市", "県北", population=58240),
        Municipality(DATE_IN_HOKKAIDO, "伊達市", "市", "北海道"),
        Municipality(HINOEMATA, "檜枝岐村", "村", "南会津", population=504),
        Municipality(MISHIMA, "三島町", "町", "会津", population=1452),
        Municipality(FUTABA, "双葉町", "町", "相双", population=0),
    )
)
SETTING = Setting(TOWNS, MISHIMA, TODAY)

TITLES = """
name = "small"
style = { ja = "様式", en = "Form" }
title = { ja = "照会", en = "Inquiry" }
"""
SECTION = """
[[sections]]
name = "S"
title = { ja = "節", en = "Section" }
"""
TEXT = "{ ja = 'あ', en = 'a' }"


def question(name: str, kind: str, *more: str, inside: str = "sections.questions") -> str:
    """One question, with more lines of its definition."""
    return "\n".join([f"[[{inside}]]", f"name = '{name}'", f"kind = '{kind}'", f"label = {TEXT}", *more, ""])


def column(name: str, kind: str, *more: str) -> str:
    """One column of the table before."""
    return question(name, kind, *more, inside="sections.questions.questions")


def choices(name: str, *codes: str) -> str:
    """A choice list; the label of the code a is あ-a, in English (a)."""
    lines = [f"{code} = {{ ja = 'あ-{code}', en = '({code})' }}" for code in codes]
    return "\n".join([f"[choices.{name}]", *lines, ""])


def small(*parts: str, before: str = "", after: str = "") -> Questionnaire:
    """A questionnaire with one section of these questions; ``before`` and ``after`` stand around the section."""
    return read_toml("\n".join([TITLES, before, SECTION, *parts, after]))


Typed = Mapping[str, str | Sequence[str] | Sequence[Mapping[str, str | Sequence[str]]]]
"""What is typed at each question; several texts for a question of several choices, rows for a table."""


def typed(questionnaire: Questionnaire, texts: Typed, setting: Setting = SETTING) -> Answers:
    """Type a reply; the rows of the table T get the ids T-1, T-2, …"""
    entries: dict[Place, Entry] = {}
    rows: dict[str, tuple[str, ...]] = {}
    for name, text in texts.items():
        if name not in questionnaire.tables:
            entries["", name] = _entry(questionnaire, name, text, setting)
            continue
        rows[name] = tuple(f"{name}-{number}" for number in range(1, len(text) + 1))
        for row, cells in zip(rows[name], text, strict=True):
            assert isinstance(cells, Mapping)
            entries |= {(row, inner): _entry(questionnaire, inner, cell, setting) for inner, cell in cells.items()}
    return Answers(entries, rows)


def _entry(questionnaire: Questionnaire, name: str, text: Any, setting: Setting) -> Entry:
    texts = (text,) if isinstance(text, str) else tuple(text)
    parsed = questionnaire.questions[name].kind.parse(texts, setting)
    return Entry(texts, parsed.value, parsed.problems)


def examined(questionnaire: Questionnaire, texts: Typed, setting: Setting = SETTING) -> Examination:
    """Type a reply and look at it."""
    return Examination(questionnaire, typed(questionnaire, texts, setting), setting)


def told(problems: Sequence[Problem]) -> list[str]:
    """Problems in short: ``D-1 > D2 constraint``, with a check's name behind it."""
    places = (f"{problem.row} > {problem.question}" if problem.row else problem.question for problem in problems)
    checks = (f" {problem.context['check']}" if "check" in problem.context else "" for problem in problems)
    return [f"{place} {problem.code}{check}" for place, problem, check in zip(places, problems, checks, strict=True)]


def read_as(kind: Kind[Any], *texts: str) -> Any:
    """The value of a text, or the code of its problem."""
    parsed = kind.parse(texts, SETTING)
    assert (parsed.value is None) != (not parsed.problems)
    return parsed.problems[0].code if parsed.problems else parsed.value


def told_about(kind: Kind[Any], *texts: str) -> dict[str, Any]:
    """What a sentence is told about the problem of a text."""
    (problem,) = kind.parse(texts, SETTING).problems
    return dict(problem.context)
