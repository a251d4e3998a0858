"""Who else is at a reply, and what waits for whom; for the pages of a town hall."""

from dataclasses import dataclass

from questions.life import State
from survey_app.connections import database
from survey_app.store.accounts import settles_inside
from survey_app.store.approvals import Approval, last_approval
from survey_app.store.conversations import Acknowledgement, acknowledgement, conversations
from survey_app.store.presence import Present, present
from survey_app.views.replying.notes import note
from survey_app.views.replying.opening import Opened


@dataclass(frozen=True)
class Together:
    """What several people at one reply want to know.

    ``inside``: an approver here hands it in; ``open_questions`` to or from the division, of which the
    division spoke last in ``answered_questions``.
    """

    inside: bool
    approval: Approval | None
    others: tuple[Present, ...]
    received: Acknowledgement | None
    open_questions: int
    answered_questions: int


def tell_cancelled(opened: Opened) -> None:
    """Say that a change took a request for approval back; ``opened`` is the reply as it was before."""
    if opened.reply.state is State.AWAITING_APPROVAL:
        note("approval_cancelled", "warn")


def together(opened: Opened) -> Together:
    """Return what is known about the people at a reply."""
    inquiry, code = opened.inquiry, opened.reply.municipality
    talks = conversations(database(), inquiry, code)
    return Together(
        inside=settles_inside(database(), code),
        approval=last_approval(database(), opened.reply),
        others=present(database(), inquiry, code, opened.who),
        received=acknowledgement(database(), inquiry, code),
        open_questions=sum(one.is_open for one in talks),
        answered_questions=sum(one.is_open and one.waits_for == "municipality" for one in talks),
    )
