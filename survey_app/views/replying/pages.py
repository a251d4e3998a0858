"""What a page of the form shows: fields, tables and what is wrong, made ready for the templates."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from werkzeug.datastructures import MultiDict

from questions.model import Question, Section, Table
from questions.problems import Level, Problem
from survey_app import wording
from survey_app.answering import Rows, places_of, rows_sent, rows_to_show
from survey_app.forms import AnswerField, AnswerForm, Clash, Message, condition, control
from survey_app.progress import UNANSWERED, in_what_was_typed
from survey_app.store.replies import Conflict
from survey_app.views.replying.earlier import earlier_rows, fill_contact, show_last_time
from survey_app.views.replying.files import mark_files
from survey_app.views.replying.opening import Opened
from survey_app.views.replying.parts import Card, Given, GridRow, TablePart, given
from survey_app.views.replying.threads import threads
from survey_app.views.replying.ways import Link, links

CARD_FACTS = 4


class SectionPage:
    """One section as its page shows it, from what is stored or, sent but not stored, from what was ``typed``."""

    def __init__(
        self,
        opened: Opened,
        section: Section,
        typed: MultiDict[str, str] | None = None,
        spare: Mapping[str, int] | None = None,
    ) -> None:
        self.opened = opened
        self.section = section
        answers = opened.reply.answers
        narrow = [table for table in section.tables() if table.narrow]
        if typed is None:
            self.rows = [rows_to_show(table, answers, (spare or {}).get(table.name)) for table in narrow]
        else:
            self.rows = [rows_sent(table, answers, typed) for table in narrow]
        self.typed = typed
        self.form = AnswerForm(places_of(section, self.rows), opened.frame(self.rows), typed)
        mark_returned(opened, self.form)
        mark_files(opened, self.form)
        self.contact_of = fill_contact(opened, self.form) if typed is None else None
        self.last_time = show_last_time(opened, section, self.form)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in the section as it is stored."""
        examination = self.opened.examination
        return examination.problems_of(self.section) if examination.section_asked(self.section) else ()

    @property
    def condition(self) -> str:
        """The sentence that says when the section is asked."""
        return condition(self.section, self.opened.questionnaire, self.opened.language)

    @property
    def shown(self) -> list[str]:
        """The names of the conditional items that are on the page."""
        return [name for name in self.conditional if self.form.examination.asked(name)]

    @property
    def conditional(self) -> list[str]:
        """The names of the items of which it depends on other answers whether they are asked."""
        return [item.name for item in self.section.items if item.relevant is not None]

    def tell(self, level: str) -> tuple[Link, ...]:
        """Put problems beside their fields; return the links of the summary.

        ``level``: "all" with what is missing, "typed" without, "" without a summary.
        """
        told = [one for one in self.problems if level == "all" or one.code not in UNANSWERED]
        self.told = _messages(self.opened, told)
        self.form.tell(told)
        if not level:
            return ()
        blocking = [one for one in told if one.level is Level.ERROR and (level == "all" or in_what_was_typed(one))]
        return links(self.opened, blocking)

    def clash(self, conflicts: Iterable[Conflict]) -> tuple[Link, ...]:
        """Put both texts of each conflict beside its field; return the links of the summary."""
        return _clash(self.form, conflicts)

    def mistakes(self) -> dict[str, list[str]]:
        """Return the sentences for mistakes in what is on the page, by control."""
        return _mistakes(self.form, self.section)

    def thread(self, item: str) -> str | None:
        """How a question to the prefecture about an item stands, "" without one; None for who cannot ask."""
        return self._threads.get(item, "") if self.opened.asks else None

    @cached_property
    def _threads(self) -> dict[str, str]:
        return threads(self.opened)

    @property
    def items(self) -> list[AnswerField | Given | TablePart]:
        """The items of the page in order; each says by its ``shape`` which macro draws it."""
        return [self._item(item) for item in self.section.items]

    def _item(self, item: Question | Table) -> AnswerField | Given | TablePart:
        if isinstance(item, Table):
            return self._table(item)
        return given(self.opened, item) if item.prefilled else self.form.at(("", item.name))

    def _table(self, table: Table) -> TablePart:
        opened = self.opened
        grid = next((one for one in self.rows if one.table is table), None)
        rows = self._cards(table) if grid is None else self._grid(grid)
        return TablePart(
            shape="cards" if grid is None else "grid",
            table=table,
            title=table.label.text(opened.language),
            hint="" if table.hint is None else table.hint.text(opened.language),
            condition=condition(table, opened.questionnaire, opened.language),
            asked=self.form.examination.asked(table.name),
            messages=self.told.get(("", table.name), ()),
            rows=rows,
            full=len(rows) >= table.most,
            last=earlier_rows(opened, table),
            settled=opened.openness is not None and not opened.openness.allows_rows(table.name),
        )

    def _grid(self, rows: Rows) -> tuple[GridRow, ...]:
        found = []
        for number, row in enumerate(rows.on_page, 1):
            fields = tuple(self.form.at((row, question.name)) for question in rows.table.questions)
            for field in fields:
                field.compact = True
            found.append(GridRow(row, number, fields, row in rows.present))
        return tuple(found)

    def _cards(self, table: Table) -> tuple[Card, ...]:
        rows = self.opened.reply.answers.row_ids(table.name)
        return tuple(self._card(table, row, number) for number, row in enumerate(rows, 1))

    def _card(self, table: Table, row: str, number: int) -> Card:
        opened, examination = self.opened, self.opened.examination
        heading = table.need.subject if table.need else table.questions[0].name
        asked = [one for one in table.questions if examination.asked(one.name, row) and not one.kind.long]
        told = [one for one in asked if one.required or opened.reply.answers.entry(one.name, row).texts]
        facts = [one for one in told if one.name != heading and not one.kind.many][:CARD_FACTS]
        here = [problem for problem in self.problems if problem.row == row]
        return Card(
            id=row,
            number=number,
            heading=_short(opened, table.question(heading), row),
            facts=tuple((one.label.text(opened.language), _short(opened, one, row)) for one in facts),
            missing=sum(problem.code in UNANSWERED for problem in here),
            wrong=sum(in_what_was_typed(problem) for problem in here),
        )


class RowPage:
    """One row of a wide table as its page shows it."""

    def __init__(self, opened: Opened, table: Table, row: str, typed: MultiDict[str, str] | None = None) -> None:
        self.opened = opened
        self.table = table
        self.row = row
        present = opened.reply.answers.row_ids(table.name)
        self.rows = [Rows(table, present, () if row in present else (row,))]
        places = [(row, question.name) for question in table.questions]
        self.form = AnswerForm(places, opened.frame(self.rows), typed)
        mark_returned(opened, self.form)
        mark_files(opened, self.form)

    @property
    def number(self) -> int:
        """Its place among the rows, from 1; a new one comes last."""
        rows = self.opened.reply.answers.row_ids(self.table.name)
        return rows.index(self.row) + 1 if self.row in rows else len(rows) + 1

    @property
    def shown(self) -> list[str]:
        """The names of the conditional controls that are on the page."""
        return [name for name in self.conditional if self.form[name].asked]

    @property
    def conditional(self) -> list[str]:
        """The names of the controls of which it depends on other answers whether they are asked."""
        return [field.name for field in self.form if field.question.relevant is not None]

    def tell(self, level: str) -> tuple[Link, ...]:
        """Put problems beside their fields; return the links of the summary, as on the page of a section."""
        opened = self.opened
        section = opened.questionnaire.section_of[self.table.name]
        here = [one for one in opened.examination.problems_of(section) if one.row == self.row]
        told = [one for one in here if level == "all" or one.code not in UNANSWERED]
        self.form.tell(told)
        blocking = [one for one in told if one.level is Level.ERROR]
        return links(opened, blocking) if level else ()

    def clash(self, conflicts: Iterable[Conflict]) -> tuple[Link, ...]:
        """Put both texts of each conflict beside its field; return the links of the summary."""
        return _clash(self.form, conflicts)

    def mistakes(self) -> dict[str, list[str]]:
        """Return the sentences for mistakes in what is on the page, by control."""
        return _mistakes(self.form, self.opened.questionnaire.section_of[self.table.name])

    @property
    def items(self) -> list[AnswerField | Given]:
        """The questions of the row in order."""
        return [
            given(self.opened, one) if one.prefilled else self.form.at((self.row, one.name))
            for one in self.table.questions
        ]


def mark_returned(opened: Opened, form: AnswerForm) -> None:
    """Put the reasons beside the fields that came back, and close those that did not."""
    if opened.openness is None:
        return
    for field in form:
        table = opened.questionnaire.table_of.get(field.question.name)
        item = opened.returned.get(field.place) or opened.returned.get(("", table or ""))
        field.returned = "" if item is None else item.reason
        field.settled = not opened.openness.allows(field.place, table)


def row_pages(opened: Opened, section: Section, typed: MultiDict[str, str]) -> list[RowPage]:
    """Return the pages of the rows of a section's wide tables that were sent."""
    wide = (table for table in section.tables() if not table.narrow)
    return [
        RowPage(opened, table, row, typed)
        for table in wide
        for row in rows_sent(table, opened.reply.answers, typed).on_page
        if row in typed.getlist(f"rows.{table.name}")
    ]


def _messages(opened: Opened, problems: Iterable[Problem]) -> dict[tuple[str, str], tuple[Message, ...]]:
    found: dict[tuple[str, str], tuple[Message, ...]] = {}
    for problem in problems:
        message = Message(problem.level, wording.problem(problem, opened.language))
        found[problem.place] = (*found.get(problem.place, ()), message)
    return found


def _mistakes(form: AnswerForm, section: Section) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in form.examination.problems_of(section):
        if in_what_was_typed(problem) and control(problem.place) in form:
            found.setdefault(control(problem.place), []).append(wording.problem(problem, form.frame.language))
    return found


def _clash(form: AnswerForm, conflicts: Iterable[Conflict]) -> tuple[Link, ...]:
    found = []
    for conflict in conflicts:
        field = form.at(conflict.place)
        field.clash = Clash(conflict.by, _spoken(field, conflict.theirs), _spoken(field, conflict.mine))
        found.append(Link(f"#{field.id}", f"{field.question.name} {field.title}"))
    return tuple(found)


def _spoken(field: AnswerField, texts: tuple[str, ...]) -> str:
    """Say texts of a control as people read them."""
    setting = field.frame.setting
    shown = field.options or field.kind.attaches
    value = field.kind.parse(texts, setting).value if shown else None
    return "\n".join(texts) if value is None else field.kind.show(value, field.frame.language, setting)


def _short(opened: Opened, question: Question, row: str) -> str:
    entry = opened.reply.answers.entry(question.name, row)
    if entry.value is None:
        return " ".join(entry.texts)
    unit = getattr(question.kind, "unit", None)
    shown = question.kind.show(entry.value, opened.language, opened.reply.setting)
    return shown if unit is None else f"{shown} {unit.text(opened.language)}"
