"""The questions that are answered by choosing, and how each of their choices is counted."""

import pandas as pd

from exports.compiled.compilation import Compilation, Source
from exports.compiled.counting import Condition
from questions.model import Question


def choice_questions(book: Compilation) -> list[Question]:
    """Return every question that is answered by choosing, columns of tables included."""
    return [question for question in book.questionnaire.questions.values() if question.kind.summary == "choices"]


def fills_flags(source: Source, question: Question) -> bool:
    """Does each choice have a column of its own, with 1 where it was chosen?"""
    return bool(source.records.fields_of(question)[0].column.suffix)


def counted(source: Source, question: Question, code: str) -> "pd.Series[bool]":
    """Say of each record whether it holds a choice."""
    if fills_flags(source, question):
        return source.frame[f"{question.name}.{code}"].fillna(value=False).astype(bool)
    return (source.frame[question.name] == code).fillna(value=False).astype(bool)


def holding(source: Source, question: Question, code: str, criterion: str) -> Condition:
    """Return the condition that a record holds a choice; ``criterion`` is the cell that has its code."""
    if fills_flags(source, question):
        return Condition(source.coded.area(f"{question.name}.{code}"), "1")
    return Condition(source.coded.area(question.name), criterion)
