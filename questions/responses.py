"""What a relevant division is asked about each need, and what must hold of its response."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from questions.answers import Answers, Entry
from questions.checking import Examination
from questions.labels import Label
from questions.model import Question, Questionnaire, Section
from questions.problems import Code
from questions.reading import read_toml
from questions.setting import Setting

DISPOSITION, TEXT, MEASURE, PLANNED, REASON, ADDRESSEE, CONTACT = "R1", "R2", "R3", "R4", "R5", "R6", "R7"


@lru_cache(maxsize=1)
def responding() -> Questionnaire:
    """Return the questions of a response; each need is answered once with all of them."""
    return read_toml(resources.files("questions").joinpath("responses.toml").read_text(encoding="utf-8"))


def read_response(texts: dict[str, str], setting: Setting) -> Examination:
    """Read a response as it was typed, by question; what is wrong or missing is among the examination's problems."""
    questions = responding().questions
    entries = {}
    for name, text in texts.items():
        given = (text,) if text.strip() else ()
        parsed = questions[name].kind.parse(given, setting)
        entries["", name] = Entry(given, parsed.value, parsed.problems)
    return Examination(responding(), Answers(entries, {}), setting)


@lru_cache(maxsize=1)
def codes_demanding() -> Mapping[str, tuple[str, ...]]:
    """Return for each question that is not always required the codes of dispositions with which it is."""
    found: dict[str, tuple[str, ...]] = {}
    for option in responding().questions[DISPOSITION].kind.options(Setting()):
        problems = read_response({DISPOSITION: option.code}, Setting()).problems()
        for one in problems:
            if one.code is Code.REQUIRED_HERE:
                found[one.question] = (*found.get(one.question, ()), option.code)
    return found


@lru_cache(maxsize=1)
def telling() -> Questionnaire:
    """Return the questions of a response, each of which tells in its hint with which dispositions it is required."""
    asked = responding()
    section = asked.sections[0]
    items = tuple(_telling(one) for one in section.questions())
    sections = (Section(name=section.name, title=section.title, items=items),)
    return Questionnaire(
        name=asked.name, title=asked.title, style=asked.style, guide=asked.guide, sections=sections, digest=asked.digest
    )


def _telling(question: Question) -> Question:
    codes = codes_demanding().get(question.name, ())
    if not codes:
        return question
    hint = Label(ja=f"対応区分が{'・'.join(codes)}のとき必須", en=f"Required with disposition {' or '.join(codes)}")
    return question.model_copy(update={"hint": hint})
