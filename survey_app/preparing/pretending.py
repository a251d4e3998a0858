"""A reply that nobody gives: an empty one of a municipality that does not exist, to show a draft as officers will."""

from datetime import datetime

from questions.answers import Answers
from questions.checking import Examination
from questions.life import State
from questions.model import Questionnaire, Section
from questions.setting import Municipality, Roster, Setting
from survey_app.preparing.examining import DraftReading
from survey_app.store.inquiries import Inquiry, Standing
from survey_app.store.replies import Reply

PRETENDED = Municipality("000000", "○○町", kind="町", bureau="○○")


class PretendingRoster(Roster):
    """A roster that knows the pretended municipality by its code, but never offers it as a choice."""

    def __contains__(self, code: str) -> bool:
        return code == PRETENDED.code or super().__contains__(code)

    def __getitem__(self, code: str) -> Municipality:
        return PRETENDED if code == PRETENDED.code else super().__getitem__(code)

    def name(self, code: str) -> str:
        """Return the name for a code, that of the pretended municipality included."""
        return PRETENDED.name if code == PRETENDED.code else super().name(code)


class WholeExamination(Examination):
    """An examination to which everything is asked, so that a preview leaves nothing out."""

    def section_asked(self, section: Section) -> bool:
        """Every section is."""
        return True

    def asked(self, name: str, row: str = "") -> bool:
        """Every question is."""
        return True


def pretended_reply(reading: DraftReading, questionnaire: Questionnaire, deadline: datetime, title: str) -> Reply:
    """Return an empty reply to what a draft will be; ``deadline`` and ``title`` are what stands there meanwhile."""
    draft, now = reading.draft, reading.setting.now
    inquiry = Inquiry(
        id=0,
        name=draft.text("name"),
        title=title,
        issuer=draft.text("issuer"),
        purpose=draft.text("purpose"),
        questionnaire=questionnaire,
        opened_at=now,
        deadline=deadline,
        closed_at=None,
        legal_ground=draft.text("legal_ground"),
        use_of_results=draft.text("use_of_results"),
        inquiries_to=reading.inquiries_to,
    )
    standing = Standing(inquiry, PRETENDED.code, State.NOT_STARTED, inquiry.term(None))
    setting = Setting(PretendingRoster(reading.setting.roster), PRETENDED.code, now.date())
    return Reply(standing, setting, Answers(), None, 0, items_open=False)
