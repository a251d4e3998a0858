"""Opens what the division enters for a municipality, for the same pages on which a town hall answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from flask import url_for
from flask_babel import gettext

from questions.life import Act, Actor, NotAllowed, step
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database
from survey_app.store.earlier import EarlierReply
from survey_app.store.entering import Joined, find_copy, is_begun, join, save_copy
from survey_app.store.inquiries import find_inquiry
from survey_app.store.replies import Changes, Saved, Surroundings
from survey_app.views.replying.opening import Opened


@dataclass(frozen=True)
class Entered(Opened):
    """The division's own copy of a reply on a page; ``reply`` holds nothing that the municipality typed itself."""

    room: ClassVar[str] = "entering"
    on_behalf: ClassVar[bool] = True

    def address(self, view: str, **values: Any) -> str:
        """Return the address of a page of this copy by the name of its view."""
        return super().address(view, municipality=self.reply.municipality, **values)

    def earlier_address(self, earlier: EarlierReply) -> str:
        """Return where the division reads an earlier submission of the municipality."""
        code = self.reply.municipality
        return url_for("board.reply", inquiry=earlier.inquiry, municipality=code, number=earlier.number)

    def address_of(self, attachment: str) -> str:
        """Return where a file of the copy is fetched, by its id."""
        return self.address("file", identity=attachment)

    def save(self, changes: Changes) -> Saved:
        """Save what was typed to the copy. Raises NotAllowed."""
        return save_copy(database(), self.reply, changes, self.who)

    def again(self) -> Self:
        """Open the same copy anew, as it stands after a change."""
        surroundings = Surroundings(self.reply.setting.roster, self.who)
        copy = find_copy(database(), self.inquiry, self.reply.municipality, surroundings)
        return type(self)(copy, self.who, self.language)

    def present_at(self, section: str) -> None:
        """Tell the town hall nothing: its own reply is not open here."""

    @cached_property
    def refusal(self) -> str:
        """Why nothing can be entered now (state, closed); "" when it can. The deadline is the municipality's."""
        try:
            step(self.reply.state, Act.ENTER, Actor.DIVISION, self.reply.standing.term, self.who.at)
        except NotAllowed as fault:
            return fault.reason
        return ""

    @property
    def title(self) -> str:
        """The title of the inquiry, with whose reply it is."""
        return gettext("%(town)sの代理入力　%(title)s", town=self.town, title=super().title)

    @property
    def asks(self) -> bool:
        """The prefecture does not ask itself."""
        return False

    @property
    def begun(self) -> bool:
        """Has the division entered anything?"""
        return is_begun(self.reply)

    @cached_property
    def joined(self) -> Joined:
        """The copy put together with what the municipality typed itself."""
        return join(database(), self.reply, self.who)


def open_entered(inquiry: str, municipality: str) -> Entered:
    """Open the copy for one municipality. Raises LookupError for what does not exist."""
    surroundings = around()
    copy = find_copy(database(), find_inquiry(database(), inquiry), municipality, surroundings)
    return Entered(copy, surroundings.who, wording.language())
