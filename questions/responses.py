"""What a relevant division is asked about each need, and what must hold of its response."""

from functools import lru_cache
from importlib import resources

from questions.answers import Answers, Entry
from questions.checking import Examination
from questions.model import Questionnaire
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
