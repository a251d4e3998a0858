"""Words that the workbooks share."""

import re

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

_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
SOURCES = {"phone": "電話", "fax": "ファクス", "mail": "メール", "visit": "来庁・訪問", "file": "Excel回答票"}
"""How the division was told what it entered for a municipality."""


def office(name: str) -> str:
    """Return the name of an office as official papers write it: 福島県総務部市町村行政課, without blanks between."""
    return _BETWEEN.sub("", name)


def entered(source: str) -> str:
    """Return the mark of a submission that the division entered; "" when the municipality handed it in."""
    return f"代理入力（{SOURCES[source]}）" if source in SOURCES else ""


def correction(state: State | str) -> str:
    """Return the mark of a submission that is being corrected; "" when it is what the municipality says now."""
    return "" if state in COUNTED else CORRECTED.get(State(state), "")


def waits_for_reply(target: TargetLine) -> bool:
    """Is a reply still to come: nothing handed in, or withdrawn and not handed in again?"""
    return target.state in SILENT
