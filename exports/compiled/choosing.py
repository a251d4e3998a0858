"""The questions that are answered by choosing, and how a formula finds each of their choices."""

from exports.compiled.compilation import Compilation, Source
from exports.compiled.counting import Condition, needs_exact
from questions.model import Question


def choice_questions(book: Compilation) -> list[Question]:
    """Return every question that is answered by choosing, columns of tables included."""
    return [question for question in book.questionnaire.questions.values() if question.kind.summary == "choices"]


def holding(source: Source, question: Question, code: str, criterion: str) -> Condition:
    """Return the condition that a record holds a choice; ``criterion`` is the cell that has its code."""
    if source.fills_flags(question):
        return Condition(source.coded.area(f"{question.name}.{code}"), "1")
    return Condition(source.coded.area(question.name), criterion)


def mixed_up(source: Source, question: Question) -> bool:
    """Would COUNTIFS mix some of its codes up?"""
    options = question.kind.options(source.records.setting)
    return not source.fills_flags(question) and needs_exact(option.code for option in options)
