"""Words that the workbooks share."""

from exports.cut import TargetLine
from questions.life import COUNTED, SILENT, State

STATES = {
    State.ACCEPTED: "受付済",
    State.SUBMITTED: "提出済",
    State.RETURNED: "差戻し中",
    State.AWAITING_APPROVAL: "承認待ち",
    State.DRAFT: "入力中",
    State.NOT_STARTED: "未着手",
}
"""The states of a reply, from the finished to the one not begun."""
CORRECTED = {
    State.RETURNED: "差戻し中",
    State.AWAITING_APPROVAL: "修正中（承認待ち）",
    State.DRAFT: "修正中",
}
"""How a submission is marked whose reply is being corrected; it counts until the next one."""


def correction(state: State | str) -> str:
    """Return the mark of a submission that is being corrected; "" when it is what the municipality says now."""
    return "" if state in COUNTED else CORRECTED.get(State(state), "")


def waits_for_reply(target: TargetLine) -> bool:
    """Is a reply still to come: nothing handed in, or withdrawn and not handed in again?"""
    return target.state in SILENT
