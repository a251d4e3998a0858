"""Whom a municipality named in its replies: for town halls of which no contact is registered."""

import re
from dataclasses import dataclass

from sqlite_utils import Database

from questions.contents import Contents
from questions.model import Questionnaire
from survey_app.store.earlier import find_contact
from survey_app.store.inquiries import Inquiry
from survey_app.store.submissions import find_handed

_TELEPHONE = re.compile(r"[0０+][0-9０-９()（）\-‐－ー\s]{7,}.*")


@dataclass(frozen=True)
class AnsweredContact:
    """Who a submission names. ``person``: section, post and name in one line; ``here``: in a reply to this inquiry."""

    person: str
    telephone: str
    email: str
    here: bool


def answered_contact(
    database: Database, inquiry: Inquiry, municipality: str, number: int | None
) -> AnsweredContact | None:
    """Return whom a municipality named when it last handed something in; None when it never named anybody.

    ``number``: that of its last submission to this inquiry, None when there is none. What it only typed is not told.
    """
    handed = None if number is None else find_handed(database, inquiry, municipality, number)
    if handed is not None and (found := _contact(handed.contents, inquiry.questionnaire, here=True)) is not None:
        return found
    earlier = find_contact(database, inquiry, municipality)
    return None if earlier is None else _contact(earlier.contents, earlier.questionnaire, here=False)


def _contact(contents: Contents, asked: Questionnaire, *, here: bool) -> AnsweredContact | None:
    person, telephone, email = [], "", ""
    for name, question in asked.questions.items():
        text = contents.value(name) if question.contact else None
        if not isinstance(text, str):
            continue
        if question.kind.name == "email":
            email = email or text
        elif _TELEPHONE.fullmatch(text):
            telephone = telephone or text
        else:
            person.append(text)
    return AnsweredContact(" ".join(person), telephone, email, here) if person or telephone or email else None
