"""Reads an XLSForm workbook that was opened: what is asked, and everything that is wrong with it, cell by cell."""

from typing import Any

from exports.form.opened import OpenedBook, OpenedSheet
from exports.xlsform.asked import Asking
from exports.xlsform.findings import Finding, Sign, XlsformRead
from exports.xlsform.grid import Grid, Row, known_sheet, read_grid, strange_columns
from exports.xlsform.headings import JAPANESE, language
from exports.xlsform.ledger import Cell, Ledger
from exports.xlsform.lists import Choices, read_lists
from exports.xlsform.names import Names, is_file_name, suggested_file_name
from exports.xlsform.own_sheets import Own
from exports.xlsform.placing import Placing
from exports.xlsform.sections import Survey, gather
from exports.xlsform.texts import Label, Texts
from exports.xlsform.tree import tree
from questions.model import Questionnaire
from questions.reading import FaultyDefinition, read_document

MOST_QUESTIONS, MOST_CHOICES = 2_000, 20_000
STYLE: Label = {"ja": "調査票", "en": "Questionnaire"}
_KNOWN = frozenset((
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "appearance", "calculation", "default", "choice_filter", "read_only", "trigger",
    "parameters", "repeat_count", "disabled", "notes", "note", "comment", "備考", "kuid", "$kuid", "$autoname",
    "$given_name", "$xpath", "autoplay",
))  # fmt: skip
_SETTINGS = ("form_title", "form_id", "default_language", "version", "style")
_ELSEWHERE = ("external_choices", "entities", "osm")


def read_xlsform(book: OpenedBook) -> XlsformRead:
    """Read a questionnaire from a workbook. It never raises: what is wrong stands in the findings."""
    ledger = Ledger([sheet.name for sheet in book.sheets])
    survey = known_sheet(book.by_name, "survey")
    if survey is None:
        sheets = tuple(sheet.name for sheet in book.sheets)
        return XlsformRead({}, None, (Finding("", "", "", Sign.NO_SURVEY, {"sheets": sheets}),))
    grid = read_grid(survey, ("type",), ledger)
    if grid is None:
        return XlsformRead({}, None, ledger.findings())
    return _Reading(book, grid, ledger).read()


class _Reading:
    """One workbook that has a sheet ``survey`` with headings."""

    def __init__(self, book: OpenedBook, grid: Grid, ledger: Ledger) -> None:
        self.book, self.grid, self.ledger = book, grid, ledger
        self.settings = self._settings()
        self.default = language(self.settings.text("default_language")) if self.settings else JAPANESE
        self.names = Names(ledger)

    def read(self) -> XlsformRead:
        lists = self._lists()
        asking = Asking(Texts(self.grid, self.ledger, self.default), lists, self.names, self.ledger)
        survey = gather(tree(self._rows(), self.ledger), asking)
        own = Own(self.book.by_name, self.names, self.ledger)
        document = self._document(survey, asking, own)
        self._columns()
        if not survey.sections and self.ledger.sound:
            self.ledger.say_of_sheet(Sign.EMPTY_SURVEY, self.grid.sheet)
        questionnaire = self._questionnaire(document, survey, own)
        return XlsformRead(document, questionnaire, self.ledger.findings())

    def _sheet(self, name: str) -> OpenedSheet | None:
        sheet = known_sheet(self.book.by_name, name)
        return sheet if sheet is not None and sheet.cells else None

    def _settings(self) -> Row | None:
        sheet = self._sheet("settings")
        grid = read_grid(sheet, _SETTINGS, self.ledger) if sheet else None
        return grid.rows[0] if grid and grid.rows else None

    def _lists(self) -> dict[str, Choices]:
        sheet = self._sheet("choices")
        grid = read_grid(sheet, ("list_name",), self.ledger) if sheet else None
        if grid is None:
            return {}
        if len(grid.rows) > MOST_CHOICES:
            self.ledger.say_of_sheet(Sign.TOO_MANY_ROWS, grid.sheet, most=MOST_CHOICES, found=len(grid.rows))
        few = Grid(grid.sheet, grid.heads, grid.rows[:MOST_CHOICES])
        return read_lists(few, Texts(few, self.ledger, self.default), self.ledger)

    def _rows(self) -> tuple[Row, ...]:
        if len(self.grid.rows) > MOST_QUESTIONS:
            found = len(self.grid.rows)
            self.ledger.say_of_sheet(Sign.TOO_MANY_ROWS, self.grid.sheet, most=MOST_QUESTIONS, found=found)
        kept = self.grid.rows[:MOST_QUESTIONS]
        return tuple(row for row in kept if row.text("disabled").casefold() not in ("yes", "true"))

    def _columns(self) -> None:
        for needed in ("name",):
            if needed not in self.grid.heads:
                self.ledger.say_of_sheet(Sign.MISSING_COLUMN, self.grid.sheet, column=needed)
        if not self.grid.languages("label"):
            self.ledger.say_of_sheet(Sign.MISSING_COLUMN, self.grid.sheet, column="label")
        for head in strange_columns(self.grid, _KNOWN, self.ledger):
            self.ledger.say(Sign.COLUMN_IGNORED, head)
        for name in _ELSEWHERE:
            if self._sheet(name) is not None:
                self.ledger.say_of_sheet(Sign.SHEET_IGNORED, name)

    # ---- The document

    def _document(self, survey: Survey, asking: Asking, own: Own) -> dict[str, Any]:
        title = self._title(own)
        style = own.label("style")
        document: dict[str, Any] = {
            "name": self._name(),
            "style": {**STYLE, **style} if len(style) != 1 else dict.fromkeys(("ja", "en"), *style.values()),
            "title": title,
        }
        if survey.guide:
            document["guide"] = survey.guide
        if (nil := own.nil()) is not None:
            document["nil"] = nil
        if asking.constants:
            document["constants"] = asking.constants
        document |= {"choices": asking.lists, "sections": survey.sections}
        document |= {word: rules for word, rules in (("checks", own.checks), ("across", own.across)) if rules}
        return document

    def _setting(self, word: str) -> Cell:
        if self.settings is not None:
            return self.settings.cell(word)
        return Cell("settings", 1, ("form_title", "form_id").index(word))

    def _title(self, own: Own) -> Label:
        cell, said = self._setting("form_title"), own.label("title")
        if cell:
            said = {"ja": cell.text, "en": cell.text} | said
            return {"ja": said["ja"], "en": said["en"]}
        either = next(iter(said.values()), "") or self._setting("form_id").text or "調査票"
        if not said:
            self.ledger.say(Sign.TITLE_ADDED, cell, title=either)
        return {"ja": said.get("ja", either), "en": said.get("en", either)}

    def _name(self) -> str:
        cell = self._setting("form_id")
        wanted = cell.text.strip()
        if is_file_name(wanted):
            return wanted
        made = suggested_file_name(wanted)
        self.ledger.say(Sign.NAME_MADE, cell, name=made)
        return made

    def _questionnaire(self, document: dict[str, Any], survey: Survey, own: Own) -> Questionnaire | None:
        """Read the document; what is wrong with it as a whole is told at the cells that it was made from."""
        try:
            questionnaire = read_document(document)
        except FaultyDefinition as faulty:
            placing = Placing({**survey.rows, **own.rows}, self.names, self.ledger)
            for fault in faulty.faults:
                placing.tell(fault)
            if self.ledger.sound:  # a fault whose cell cannot be told
                self.ledger.say_of_sheet(Sign.DEFINITION, self.grid.sheet, faults=faulty.faults)
            return None
        return questionnaire if self.ledger.sound else None
