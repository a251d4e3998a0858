"""Files that are sent with a page of the form: kept before the answers are saved, and shown at their question."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from os import SEEK_END
from typing import cast

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from questions.answers import Place
from questions.kinds.base import Attached
from questions.kinds.files import BYTES_OF_A_MEGABYTE, Files
from questions.model import Question
from questions.problems import Code, Level, Problem
from survey_app import wording
from survey_app.connections import database
from survey_app.forms import AnswerForm, Message, control
from survey_app.inspecting import SentFile, bare_name, in_megabytes, largest, media_of, problem_of
from survey_app.store.attachments import MOST_BYTES, NewAttachment, NoRoom, keep_attachment, sizes
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.ways import Link

SENT, WITHOUT = "file.", "without."
"""Before the name of a question's control: files that are sent, and ids of those that are to go."""


@dataclass(frozen=True)
class PresentFile:
    """A file at its question: the reference to it, its size in megabytes, and where it is fetched."""

    reference: Attached
    megabytes: Decimal | None
    address: str


class Attachments:
    """The files that a page sent, for the places that it has: kept at once, or refused with a reason each.

    ``typed`` is what the page's form is made from: what was typed, the kept files among it, without those that are to
    go. Where the reply takes no answers now, nothing is kept.
    """

    def __init__(self, opened: Opened, places: list[Place]) -> None:
        self.opened = opened
        self.refused: list[Problem] = []
        self.typed: MultiDict[str, str] = request.form.copy()
        questions = opened.questionnaire.questions
        for place in places:
            if questions[place[1]].kind.attaches and control(place) in self.typed and not opened.refusal:
                self._take(place, questions[place[1]])

    def tell(self, form: AnswerForm) -> tuple[Link, ...]:
        """Put the reasons beside the questions; return the lines of the summary."""
        found = []
        for problem in self.refused:
            field = form.at(problem.place)
            text = wording.problem(problem, self.opened.language)
            field.messages = (*field.messages, Message(Level.ERROR, text))
            found.append(Link(f"#{field.id}", f"{field.question.name} {field.title} — {text}"))
        return tuple(found)

    def _take(self, place: Place, question: Question) -> None:
        name, kind = control(place), cast(Files, question.kind)
        gone = set(self.typed.getlist(f"{WITHOUT}{name}"))
        kept = [one for one in kind.attached(self.typed.getlist(name)) if one.id not in gone]
        for sent in _sent(name):
            found = self._taken(sent, question, room=len(kept) < kind.most)
            if isinstance(found, Problem):
                self.refused.append(found.at(place[1], place[0]))
            elif found not in kept:
                kept.append(found)
        self.typed.setlist(name, [*(one.text for one in kept), ""])

    def _taken(self, sent: FileStorage, question: Question, *, room: bool) -> Attached | Problem:
        """Keep one file; return the reference to it, or why it is not taken."""
        kind, file = cast(Files, question.kind), _read(sent, largest(cast(Files, question.kind)))
        problem = problem_of(file, kind)
        if problem is not None:
            return problem
        if not room:
            return Problem(Code.FILE_LEFT_OUT, context={"file": file.name, "most": kind.most})
        new = NewAttachment(question.name, file.name, media_of(kind, file.name), file.content)
        opened = self.opened
        try:
            return keep_attachment(database(), opened.inquiry, opened.reply.municipality, new, opened.who)
        except NoRoom:
            return Problem(Code.NO_ROOM, context={"file": file.name, "megabytes": MOST_BYTES // BYTES_OF_A_MEGABYTE})


def mark_files(opened: Opened, form: AnswerForm) -> None:
    """Put the files that are there beside their fields, with what is known of each."""
    fields = [field for field in form if field.kind.attaches]
    known = sizes(database(), opened.inquiry, opened.reply.municipality) if fields else {}
    for field in fields:
        field.files = tuple(
            PresentFile(one, in_megabytes(known[one.id]) if one.id in known else None, opened.address_of(one.id))
            for one in field.kind.attached(field.entry.texts)
        )


def _sent(name: str) -> Iterator[FileStorage]:
    return (one for one in request.files.getlist(f"{SENT}{name}") if one.filename)


def _read(sent: FileStorage, most: int) -> SentFile:
    """Read a file, unless it is larger than ``most`` bytes."""
    size = sent.stream.seek(0, SEEK_END)
    sent.stream.seek(0)
    return SentFile(bare_name(sent.filename or ""), size, sent.stream.read() if size <= most else b"")
