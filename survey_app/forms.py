"""The form of a page: one generic field serves questions of every kind.

A control bears the question's name; in a table ``<row id>.<question>``. What was typed stays as it was typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from questions.answers import BLANK, Answers, Entry, Place
from questions.bureaus import in_order
from questions.checking import Examination
from questions.expressions.sentence import when_asked
from questions.labels import Language
from questions.model import Question, Questionnaire, Section, Table
from questions.problems import Level, Problem
from questions.retiring import marked
from questions.setting import Setting
from survey_app import wording
from survey_app.last_time import LastAnswer

ORDINARY_BLANKS = " \t\r\n\u3000"
MOST_BUTTONS = 7  # more choices than these are a list to choose from
_CONDITIONS: dict[tuple[str, str, str], str] = {}


def control(place: Place) -> str:
    """Return the name of the control for a place."""
    row, question = place
    return f"{row}.{question}" if row else question


def anchor(place: Place) -> str:
    """Return the id of the element at which a place is found on its page."""
    return f"q-{control(place)}"


def condition(item: Section | Table | Question, questionnaire: Questionnaire, language: Language) -> str:
    """Return the sentence that says when something is asked; "" when it always is."""
    if item.relevant is None:
        return ""
    key = (questionnaire.digest, f"{type(item).__name__} {item.name}", language)
    if key not in _CONDITIONS:
        _CONDITIONS[key] = when_asked(item, questionnaire, language)
    return _CONDITIONS[key]


@dataclass(frozen=True)
class Frame:
    """What a form is made in: the answers read against their questionnaire, and the language of the page."""

    examination: Examination
    language: Language

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.examination.questionnaire

    @property
    def answers(self) -> Answers:
        """The answers as they are stored."""
        return self.examination.answers

    @property
    def setting(self) -> Setting:
        """What surrounds the answers."""
        return self.examination.setting


@dataclass(frozen=True)
class Message:
    """One sentence beside a field. ``level``: error, confirm or note."""

    level: Level
    text: str


@dataclass(frozen=True)
class Clash:
    """What somebody else saved at a place meanwhile, to be chosen from."""

    by: str
    theirs: str
    mine: str


class AnswerField(Field):
    """One answer of any kind.

    ``entry`` is the answer as stored or as sent; ``sent`` says that the page sent it. ``control`` names the macro
    that draws it. ``messages``, ``clash`` and ``last`` are put in by whoever shows the page.
    """

    messages: tuple[Message, ...] = ()
    returned = ""  # the reason for which the division gave it back
    settled = False  # it was handed in and did not come back: to be read only
    clash: Clash | None = None
    last: LastAnswer | None = None  # what was answered last time
    filled_in = False  # it holds what an earlier reply told, and nobody has saved that yet
    sent = False
    compact = False  # drawn in the cell of a grid
    entry: Entry = BLANK
    files: tuple[object, ...] = ()  # those that are there, of a question that takes files

    def __init__(self, label: str | None = None, *, place: Place, question: Question, frame: Frame, **bound: object):
        super().__init__(question.label.text(frame.language), id=anchor(place), **bound)
        self.place = place
        self.row = place[0]
        self.question = question
        self.kind = question.kind
        self.control = question.kind.widget
        self.frame = frame
        self.title = label or question.label.text(frame.language)

    def process_data(self, value: Entry | None) -> None:
        """Take the stored answer."""
        self.stored = self.entry = value or BLANK

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; a control that the page did not send is left as it was."""
        if not valuelist:
            return
        self.sent = True
        texts = tuple(_with_plain_breaks(text) for text in valuelist if text.strip(ORDINARY_BLANKS))
        if texts == self.stored.texts:
            return
        if self.options and sorted(texts) == sorted(self.picked(self.stored)):
            return  # the choice stands as it was, in whatever words it was given
        parsed = self.kind.parse(texts, self.frame.setting)
        self.entry = Entry(texts, parsed.value, parsed.problems)

    def picked(self, entry: Entry) -> tuple[str, ...]:
        """Return what the control holds for an answer: its choices by code, or the text as typed."""
        return self.kind.texts(entry.value) if self.options and entry.value is not None else entry.texts

    @property
    def asked(self) -> bool:
        """Is the question asked, with the answers as the page has them?"""
        asked: bool = self._form.examination.asked(self.question.name, self.row)
        return asked

    @property
    def shape(self) -> str:
        """The macro that draws it on a page."""
        return "question"

    @property
    def grouped(self) -> bool:
        """Is it a group of buttons with a legend?"""
        return self.kind.group and (self.kind.many or (not self.compact and len(self.options) <= MOST_BUTTONS))

    @cached_property
    def condition(self) -> str:
        """The sentence that says when it is asked."""
        return condition(self.question, self.frame.questionnaire, self.frame.language)

    @property
    def text(self) -> str:
        """The text in the control."""
        return self.entry.texts[0] if self.entry.texts else ""

    @property
    def hint(self) -> str:
        """What is said about the question under its label."""
        return "" if self.question.hint is None else self.question.hint.text(self.frame.language)

    @property
    def unit(self) -> str:
        """The unit that stands beside the control."""
        unit = getattr(self.kind, "unit", None)
        return "" if unit is None else unit.text(self.frame.language)

    @cached_property
    def limits(self) -> Mapping[str, object]:
        """What the kind says about itself: lengths and bounds."""
        return self.kind.limits()

    @cached_property
    def options(self) -> tuple[SelectChoice, ...]:
        """What can be chosen; what was chosen and is no longer offered stays where it is."""
        language = self.frame.language
        choices = [(one.code, one.label) for one in self.kind.options(self.frame.setting)]
        if retired := self.kind.retired_options():
            choices += [(one.code, marked(one.label)) for one in retired if one.code in self.picked(self.stored)]
        return tuple(SelectChoice(code, label.text(language)) for code, label in choices)

    @cached_property
    def strangers(self) -> tuple[str, ...]:
        """What was given but is none of the choices: it is offered as it was given, so that it is not lost."""
        known = {option.value for option in self.options}
        return tuple(text for text in self.picked(self.entry) if text not in known)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """What is chosen."""
        return frozenset(self.picked(self.entry))

    @property
    def groups(self) -> list[tuple[str, list[SelectChoice]]]:
        """The municipalities that can be chosen, by regional bureau."""
        return [(name or "", list(members)) for name, members in groupby(_by_bureau(self), lambda one: one.optgroup)]

    @property
    def reading(self) -> str:
        """What the text was read as, where that looks different."""
        if self.entry.value is None or self.options or self.kind.attaches:
            return ""
        shown = self.kind.show(self.entry.value, self.frame.language, self.frame.setting)
        return "" if shown == self.text.strip() else shown

    @property
    def spoken(self) -> str:
        """The answer as people read it."""
        if self.entry.value is None:
            return "\n".join(self.entry.texts)
        return self.kind.show(self.entry.value, self.frame.language, self.frame.setting)

    @property
    def as_last_time(self) -> bool:
        """Does the control hold what last time's answer would put into it?"""
        return self.last is not None and sorted(self.picked(self.entry)) == sorted(self.last.texts)

    @property
    def wrong(self) -> bool:
        """Is there something that cannot be accepted?"""
        return any(message.level is Level.ERROR for message in self.messages)

    @cached_property
    def described(self) -> str:
        """Return the ids of the texts that describe the control."""
        parts = ["hint"] if self.hinted and not self.compact else []
        parts += ["unit"] if self.unit else []
        parts += ["reading"] if self.reading else []
        parts += ["messages"] if self.messages else []
        return " ".join(f"{self.id}-{part}" for part in parts)

    @property
    def hinted(self) -> bool:
        """Is there anything to tell between label and control: a hint, an example, limits, when it is asked?"""
        own = self.condition or self.question.hint or self.question.example
        return bool(own) or self.kind.many or not self.options


class AnswerForm(BaseForm):
    """The answers of one page, each under the name of its control; prefilled ones have none."""

    def __init__(self, places: Iterable[Place], frame: Frame, typed: MultiDict[str, str] | None = None) -> None:
        questions = frame.questionnaire.questions
        named = {control(place): place for place in places if not questions[place[1]].prefilled}
        super().__init__(
            {name: AnswerField(place=place, question=questions[place[1]], frame=frame) for name, place in named.items()}
        )
        entries = frame.answers.entries
        self.process(typed, data={name: entries.get(place) for name, place in named.items()})
        self.frame = frame

    @cached_property
    def examination(self) -> Examination:
        """The answers as the page has them, what was sent before what is stored, read against the questionnaire."""
        sent, frame = self.sent(), self.frame
        if not sent:
            return frame.examination
        return Examination(frame.questionnaire, frame.answers.with_entries(sent), frame.setting)

    def at(self, place: Place) -> AnswerField:
        """Return the field for a place. Raises KeyError."""
        found: AnswerField = self[control(place)]
        return found

    def sent(self) -> dict[Place, Entry]:
        """Return the answers that the page sent."""
        return {field.place: field.entry for field in self if field.sent}

    def tell(self, problems: Iterable[Problem]) -> None:
        """Put the sentences for problems beside the fields at which they are."""
        for problem in problems:
            name = control(problem.place)
            if name in self:
                field: AnswerField = self[name]
                text = wording.problem(problem, field.frame.language)
                field.messages = (*field.messages, Message(problem.level, text))


def _with_plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_bureau(field: AnswerField) -> list[SelectChoice]:
    bureaus = {one.code: one.bureau for one in field.frame.setting.roster}
    order = {bureau: number for number, bureau in enumerate(in_order(bureaus.values()))}
    grouped = (SelectChoice(one.value, one.label, optgroup=bureaus.get(one.value, "")) for one in field.options)
    return sorted(grouped, key=lambda one: order.get(one.optgroup or "", 0))
