"""Recognises the headings that were copied along with a block of cells."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from questions.kinds.base import Option
from questions.model import Question
from questions.setting import Setting

_MARKS = re.compile(r"[※*]?必須|[※*]?任意|\((?:必須|任意|required|optional)\)")
Named = tuple[Question, Option | None]
Told = tuple[str, Question | None, Option | None]


class Headings:
    """The headings that the columns of a table go by: the name of the question, its label, or both.

    The form in Excel has a column for each choice of a question of several; these go by the choice's label.
    """

    def __init__(self, questions: Sequence[Question], setting: Setting) -> None:
        self.questions = tuple(questions)
        spelled: list[tuple[str, Named]] = [(name, (one, None)) for one in questions for name in _names(one)]
        own = {name for name, _ in spelled}
        spelled += [(name, pair) for name, pair in _choices(questions, setting) if name not in own]
        often = Counter(name for name, _ in spelled)
        self._known: dict[str, Named] = {name: pair for name, pair in spelled if often[name] == 1}

    def are(self, cells: Sequence[str]) -> bool:
        """Are these cells headings? Most of those that are not blank are, one of them being a question's."""
        filled = [cell for cell in cells if cell.strip()]
        found = [self._find(cell) for cell in filled]
        known = [pair for pair in found if pair is not None]
        return any(choice is None for _, choice in known) and len(known) * 2 > len(filled)

    def told(self, cells: Sequence[str]) -> Iterator[Told]:
        """Yield what each heading says: as it stands, its question, its choice; said again, it says nothing."""
        taken: set[tuple[str, str]] = set()
        for cell in cells:
            question, choice = self._find(cell) or (None, None)
            key = ("" if question is None else question.name, "" if choice is None else choice.code)
            again = key in taken or (key[0], "") in taken
            taken.add(key)
            yield (cell, None, None) if question is None or again else (cell, question, choice)

    def _find(self, cell: str) -> Named | None:
        """Find what a heading names; what is said below the name in the form in Excel is left out."""
        first = cell.strip().split("\n")[0]
        return self._known.get(_plain(cell)) or self._known.get(_plain(first))


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(_MARKS.sub("", narrow).split()).casefold()


def _names(question: Question) -> set[str]:
    labels = (question.label.ja, question.label.en)
    spelled = (question.name, *labels, *(f"{question.name} {label}" for label in labels))
    return {_plain(one) for one in spelled} - {""}


def _choices(questions: Sequence[Question], setting: Setting) -> Iterator[tuple[str, Named]]:
    for question in questions:
        if not question.kind.many:
            continue
        for option in question.kind.options(setting):
            names = {_plain(option.label.ja), _plain(option.label.en), _plain(f"{question.name}.{option.code}")}
            yield from ((name, (question, option)) for name in names - {""})
