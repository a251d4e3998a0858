"""Opens a reply for a page: whose it is, what is asked, and whether it can be changed now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from flask import abort, g, url_for

from questions.answers import Place
from questions.checking import Examination
from questions.contents import contents_of
from questions.labels import Language
from questions.life import Act, Actor, NotAllowed, step
from questions.model import Questionnaire, Section, Table
from survey_app import wording
from survey_app.access import around, current_account, delegation
from survey_app.answering import Rows
from survey_app.connections import database
from survey_app.forms import Frame
from survey_app.last_time import LastTime
from survey_app.progress import SectionStanding, standings
from survey_app.showing import Reader
from survey_app.store.audit import Who
from survey_app.store.earlier import EarlierReply, find_earlier
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.openness import Openness, openness
from survey_app.store.presence import tell_presence
from survey_app.store.replies import Changes, Reply, Saved, Surroundings, find_reply, save_answers
from survey_app.store.returns import ReturnedItem, open_items


@dataclass(frozen=True)
class Opened:
    """A reply on a page, opened by its own municipality.

    ``room`` is where its pages are found; ``on_behalf``: somebody else fills it in for the municipality.
    """

    room: ClassVar[str] = "replying"
    on_behalf: ClassVar[bool] = False
    reply: Reply
    who: Who
    language: Language

    def address(self, view: str, **values: Any) -> str:
        """Return the address of a page of this reply by the name of its view."""
        return url_for(f"{self.room}.{view}", inquiry=self.inquiry.name, **values)

    def earlier_address(self, earlier: EarlierReply) -> str:
        """Return where an earlier submission of the municipality is read."""
        return url_for("replying.receipt", inquiry=earlier.inquiry, number=earlier.number)

    def save(self, changes: Changes) -> Saved:
        """Save what was typed. Raises NotAllowed."""
        return save_answers(database(), self.reply, changes, self.who)

    def again(self) -> Self:
        """Open the same reply anew, as it stands after a change."""
        surroundings = Surroundings(self.reply.setting.roster, self.who)
        reply = find_reply(database(), self.inquiry, self.reply.municipality, surroundings)
        return type(self)(reply, self.who, self.language)

    def present_at(self, section: str) -> None:
        """Let others at the reply know who is at a section."""
        tell_presence(database(), self.inquiry, self.reply.municipality, section, self.who)

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry."""
        return self.reply.inquiry

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.reply.inquiry.questionnaire

    @cached_property
    def examination(self) -> Examination:
        """The answers read against the questionnaire."""
        return self.reply.examination()

    def frame(self, tables: Iterable[Rows]) -> Frame:
        """What a page's form is made in: the answers, with the rows that tables have on the page."""
        answers = self.reply.answers
        for rows in tables:
            kept = (row for row in answers.row_ids(rows.table.name) if row not in rows.on_page)
            answers = answers.with_rows(rows.table.name, (*kept, *rows.on_page))
        return Frame(Examination(self.questionnaire, answers, self.reply.setting), self.language)

    @cached_property
    def steps(self) -> tuple[SectionStanding, ...]:
        """How far each section is."""
        return standings(self.examination)

    @cached_property
    def refusal(self) -> str:
        """Why nothing can be changed now (state, closed, late); "" when it can."""
        try:
            step(self.reply.state, Act.SAVE, Actor.OFFICER, self.reply.standing.term, self.who.at)
        except NotAllowed as fault:
            return fault.reason
        return ""

    @cached_property
    def returned(self) -> dict[Place, ReturnedItem]:
        """The items that came back, by place."""
        return open_items(database(), self.reply) if self.reply.items_open else {}

    @cached_property
    def openness(self) -> Openness | None:
        """Which answers may be changed while items are open; None when there is no such limit."""
        if not self.reply.items_open:
            return None
        return openness(database(), self.reply.id or 0, self.examination)

    @cached_property
    def last_time(self) -> LastTime | None:
        """What the municipality answered last time; None when it did not."""
        found = find_earlier(database(), self.inquiry, self.reply.municipality)
        return None if found is None else LastTime(found, self.questionnaire, self.reply.setting, self.language)

    @property
    def days_left(self) -> int:
        """The days until the deadline; negative when it has passed."""
        end = self.reply.standing.term.end
        days = (end.date() - self.who.at.date()).days
        return -1 if days == 0 and self.reply.standing.term.is_over(self.who.at) else days

    @property
    def limited(self) -> bool:
        """Is the page for a colleague, whose link opens one section only?"""
        return delegation() is not None

    @property
    def asks(self) -> bool:
        """Can the prefecture be asked about a question from the page?"""
        return not self.limited

    @property
    def town(self) -> str:
        """The name of the municipality that replies."""
        return self.reply.setting.roster.name(self.reply.municipality)

    @property
    def title(self) -> str:
        """The title of the inquiry, in the language of the page."""
        return self.inquiry.title if self.language == "ja" else self.questionnaire.title.en

    def address_of(self, attachment: str) -> str:
        """Return where a file of the reply is fetched, by its id."""
        return url_for("attaching.own", inquiry=self.inquiry.name, identity=attachment)


def open_reply(inquiry: str) -> Opened:
    """Open the reply of the officer's own municipality. Raises LookupError for what does not exist or is another's.

    In another room that shows the same pages, it is the reply that this one opens.
    """
    if "open_reply" in g:
        elsewhere: Opened = g.open_reply(inquiry)
        return elsewhere
    surroundings = around()
    found = find_inquiry(database(), inquiry)
    limit = delegation()
    if limit is not None and limit.inquiry != found.id:
        raise LookupError(inquiry)
    reply = find_reply(database(), found, current_account().municipality or "", surroundings)
    return Opened(reply, surroundings.who, wording.language())


def again(opened: Opened) -> Opened:
    """Open the same reply anew, as it stands after a change."""
    return opened.again()


def reader(opened: Opened) -> Reader:
    """Return a reader of the answers as they are stored."""
    contents = contents_of(opened.examination)
    stored = opened.reply.answers
    return Reader(
        opened.questionnaire, contents, opened.reply.setting, opened.language, stored, address_of=opened.address_of
    )


def section_of(opened: Opened, name: str) -> Section:
    """Return a section by its name; an unknown one is no page, nor for a colleague any but the one of the link."""
    found = next((one for one in opened.questionnaire.sections if one.name == name), None)
    return abort(404) if found is None or not reaches(name) else found


def reaches(section: str) -> bool:
    """May the present person see a section?"""
    limit = delegation()
    return limit is None or limit.section == section


def wide_table_of(opened: Opened, name: str) -> Table:
    """Return a table whose rows have pages of their own; another one is no page."""
    found = opened.questionnaire.tables.get(name)
    if found is None or found.narrow or not reaches(opened.questionnaire.section_of[name].name):
        abort(404)
    return found
