"""Differences between two states of a reply as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from questions.differences import Difference, Sort
from questions.labels import Language
from questions.model import Questionnaire
from questions.setting import Setting


@dataclass(frozen=True)
class ShownChange:
    """One change to read; ``before`` and ``after`` are texts, "" where there was nothing."""

    name: str
    label: str
    sort: Sort
    before: str
    after: str


def shown_changes(
    found: Iterable[Difference], questionnaire: Questionnaire, setting: Setting, language: Language
) -> tuple[ShownChange, ...]:
    """Show differences in one language."""

    def text(name: str, value: Any) -> str:
        if value is None or name not in questionnaire.questions:
            return ""
        return questionnaire.questions[name].kind.show(value, language, setting)

    return tuple(
        ShownChange(
            one.question,
            questionnaire.label(one.question).text(language),
            one.sort,
            text(one.question, one.before),
            text(one.question, one.after),
        )
        for one in found
    )
