"""Words of the board and of chasing: stages, ways of contact, what became of a mail."""

from datetime import datetime

from survey_app import clock
from survey_app.store.chasing import Way
from survey_app.store.mails import Dropped, Kind, Mail
from survey_app.store.turnout import Stage, Waiting
from survey_app.wording import N_, language, translate

STAGES = {
    Stage.OPEN: N_("受付中"),
    Stage.PAST: N_("期限到来"),
    Stage.CLOSED: N_("締切済"),
    Stage.CANCELLED: N_("取消"),
    Stage.ARCHIVED: N_("保管中"),
}
WAITING = {
    Waiting.OVERDUE: N_("期限を過ぎた団体"),
    Waiting.SOON: N_("期限が近い団体（7日以内）"),
    Waiting.LATER: N_("期限まで日がある団体"),
    Waiting.EXTENDED: N_("期限の延長を認めた団体"),
}
WAYS: dict[Way, str] = {"phone": N_("電話"), "mail": N_("メール"), "fax": N_("ファクス"), "visit": N_("訪問")}
KINDS = {Kind.OPENING: N_("発出のお知らせ"), Kind.BEFORE: N_("期限前のお願い"), Kind.AFTER: N_("期限後の督促")}
DROPPED = {
    Dropped.REPLIED: N_("送らず（回答済み）"),
    Dropped.CLOSED: N_("送らず（締切後）"),
    Dropped.OUTDATED: N_("送らず（期限が変わった）"),
    Dropped.REFUSED: N_("届かず（宛先が拒否）"),
    Dropped.EXPIRED: N_("送らず（3日送れず）"),
}
WAITS = N_("送信待ち")


def stage(found: Stage) -> str:
    """Return the name of a stage."""
    return translate(STAGES[found], language())


def waiting(found: Waiting) -> str:
    """Return the heading of a group of targets whose reply is still to come."""
    return translate(WAITING[found], language())


def way(found: Way) -> str:
    """Return the name of a way of contact."""
    return translate(WAYS[found], language())


def kind(found: Kind) -> str:
    """Return the name of the occasion of a mail."""
    return translate(KINDS[found], language())


def outcome(mail: Mail) -> str:
    """Say what became of a mail."""
    if mail.sent_at is not None:
        return short(mail.sent_at)
    if mail.dropped_at is not None:
        return translate(DROPPED[Dropped(mail.fault.partition(":")[0])], language())
    return translate(WAITS, language())


def short(found: datetime) -> str:
    """Show a moment in few characters, for tables: 12/14 17:15."""
    there = found.astimezone(clock.TOKYO)
    return f"{there.month}/{there.day} {there:%H:%M}"
