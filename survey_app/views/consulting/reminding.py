"""Texts to remind divisions with, ready to be copied; in official Japanese whatever the language of the page."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from survey_app import wording
from survey_app.access import current_account
from survey_app.addresses import public_url
from survey_app.connections import database, moment
from survey_app.consulting.answers import Progress, progress
from survey_app.consulting.matters import Consultation
from survey_app.letters import Letter
from survey_app.mailing.composing import one_line
from survey_app.store.people import Wanted, people
from survey_app.views.consulting.running import asking

SUBJECTS = {
    True: "【回答のお願い】{title}（関係課照会 第{number}回）",
    False: "【回答期限のお知らせ】{title}（関係課照会 第{number}回）",
}


@dataclass(frozen=True)
class Reminder:
    """The text for one division that has not handed everything in, with whom it can go to."""

    stands: Progress
    letter: Letter
    addresses: tuple[str, ...]


def reminders(inquiry: str, number: int) -> ResponseReturnValue:
    """Show the texts for the divisions that have not handed in everything, those overdue first."""
    found = asking(inquiry, number)
    waiting = [one for one in progress(database(), found, moment()) if not one.is_whole]
    shown = [Reminder(one, _letter(found, one), _addresses(one)) for one in waiting if found.round.is_open]
    return render_template("consulting/reminders.html", inquiry=found.inquiry, asking=found, shown=shown)


def _letter(found: Consultation, stands: Progress) -> Letter:
    inquiry, number = found.inquiry, found.round.number
    with force_locale("ja"):
        body = render_template(
            "consulting/reminder.txt",
            inquiry=inquiry,
            round=found.round,
            division=stands.division,
            stands=stands,
            called=inquiry.title if "「" in inquiry.title else f"「{inquiry.title}」",
            due=wording.moment(stands.stands.due, "ja"),
            opened=wording.day(found.round.opened_at.date(), "ja"),
            address=public_url("consulted.round", inquiry=inquiry.name, number=number),
            sender=current_account().name,
        )
    subject = SUBJECTS[stands.overdue].format(title=inquiry.title, number=number)
    return Letter(one_line(subject), body.strip() + "\n")


def _addresses(stands: Progress) -> tuple[str, ...]:
    users = people(database(), Wanted(role="consulted", consulted=stands.division.id))
    found = (stands.division.email, *(one.account.email for one in users))
    return tuple(dict.fromkeys(one for one in found if one))
