"""Texts ready to be copied, and mails to be sent, to those whose reply is still to come."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.access import around
from survey_app.config import Config
from survey_app.connections import database, moment
from survey_app.letters import Letter, letter_to, letter_to_all
from survey_app.mailing.server import MailServer
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.mails import Kind, Mail, NewMail, mails_of, queue_mails
from survey_app.store.reachable import Person
from survey_app.store.turnout import Waiting, stage
from survey_app.views.chased import Chased, chased
from survey_app.views.chasing import blueprint
from survey_app.views.replying.notes import note

FITTING = {
    Kind.OPENING: (Waiting.SOON, Waiting.LATER, Waiting.EXTENDED),
    Kind.BEFORE: (Waiting.SOON, Waiting.LATER, Waiting.EXTENDED),
    Kind.AFTER: (Waiting.OVERDUE,),
}
"""Whom each kind of letter may go to."""


@dataclass(frozen=True)
class Recipient:
    """One address to which a letter can go. ``chosen``: its box is ticked at first; ``last``: the last mail to it."""

    line: Chased
    person: Person
    chosen: bool
    last: Mail | None

    @property
    def value(self) -> str:
        """What its box sends."""
        return f"{self.line.code} {self.person.email}"


@blueprint.get("/texts")
def texts(inquiry: str) -> ResponseReturnValue:
    """Show the text for everybody with the addresses, and the one for a single town hall."""
    found, every = find_inquiry(database(), inquiry), chased(find_inquiry(database(), inquiry))
    kind = _kind(every)
    fitting = _fitting(every, kind)
    asked = request.args.get("municipality", "")
    one = next((line for line in fitting if line.code == asked), fitting[0] if fitting else None)
    together = [line for line in fitting if line.target.term.extension is None]
    letter = None if one is None else _letter(one, kind, one.people[0] if one.people else None)
    return render_template(
        "chasing/texts.html",
        **_around(found, kind),
        fitting=fitting,
        one=one,
        letter=letter,
        mailto="" if one is None or letter is None else _mailto(one, letter),
        to_all=letter_to_all(found, kind),
        addresses=[person.email for line in together for person in line.people if person.email],
        without=[line for line in together if not any(person.email for person in line.people)],
        apart=[line for line in fitting if line.target.term.extension is not None],
    )


@blueprint.get("/mail")
def mail(inquiry: str) -> ResponseReturnValue:
    """Show who would get a mail and what it says, before any is queued; and what became of earlier ones."""
    found = find_inquiry(database(), inquiry)
    return _mail_page(found, chased(found))


@blueprint.post("/mail")
def queue(inquiry: str) -> ResponseReturnValue:
    """Let the mails to the addresses that are ticked wait to be sent; the token makes it happen once."""
    found = find_inquiry(database(), inquiry)
    every = chased(found)
    kind, wanted = _kind(every), set(request.form.getlist("to"))
    chosen = [one for one in _recipients(found, _fitting(every, kind), kind) if one.value in wanted]
    if _server() is None or not chosen:
        return _mail_page(found, every, nothing=True), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    queue_mails(database(), found, [_new(one, kind) for one in chosen], token, around().who)
    note("mails_queued")
    return redirect(url_for("chasing.mail", inquiry=inquiry, kind=kind.value, _anchor="log"), 303)


def _new(one: Recipient, kind: Kind) -> NewMail:
    letter = _letter(one.line, kind, one.person)
    return NewMail(one.line.code, one.person.email, letter.subject, letter.body, kind, one.line.target.term.end)


def _letter(line: Chased, kind: Kind, person: Person | None) -> Letter:
    name = "" if person is None else "　".join(filter(None, (person.section, person.name)))
    return letter_to(line.target, line.town.name, kind, name)


def _mail_page(inquiry: Inquiry, every: Sequence[Chased], **told: object) -> str:
    kind = _kind(every)
    fitting = _fitting(every, kind)
    recipients = _recipients(inquiry, fitting, kind)
    ticked = {one.value for one in recipients if one.chosen}
    if request.method == "POST":
        ticked = set(request.form.getlist("to"))
    example = next((one for one in recipients if one.value in ticked), None)
    return render_template(
        "chasing/mail.html",
        **_around(inquiry, kind),
        server=_server(),
        recipients=recipients,
        ticked=ticked,
        without=[line for line in fitting if not any(person.email for person in line.people)],
        letter=None if example is None else _letter(example.line, kind, example.person),
        mails=mails_of(database(), inquiry),
        token=secrets.token_urlsafe(24),
        **told,
    )


def _around(inquiry: Inquiry, kind: Kind) -> dict[str, object]:
    return {
        "inquiry": inquiry,
        "kind": kind,
        "kinds": list(Kind),
        "names": {one.code: one.name for one in around().roster},
        "stage": stage(inquiry, moment()),
        "now": moment(),
    }


def _kind(every: Sequence[Chased]) -> Kind:
    """Return the letter that is asked for; else the one after the deadline when anybody is overdue."""
    try:
        return Kind(request.values.get("kind", ""))
    except ValueError:
        return Kind.AFTER if any(line.waiting is Waiting.OVERDUE for line in every) else Kind.BEFORE


def _fitting(every: Sequence[Chased], kind: Kind) -> list[Chased]:
    return [line for line in every if line.waiting in FITTING[kind]]


def _recipients(inquiry: Inquiry, fitting: Sequence[Chased], kind: Kind) -> list[Recipient]:
    last = {one.recipient: one for one in reversed(mails_of(database(), inquiry)) if one.kind is kind}
    return [
        Recipient(line, person, _is_chosen(line, last.get(person.email)), last.get(person.email))
        for line in fitting
        for person in line.people
        if person.email
    ]


def _is_chosen(line: Chased, last: Mail | None) -> bool:
    """Is somebody ticked at first: not who was given time, nor who got the same mail today or will get it?"""
    told = last is not None and (last.waits or (last.sent_at is not None and last.sent_at.date() == line.today))
    return line.waiting is not Waiting.EXTENDED and not told


def _server() -> MailServer | None:
    config: Config = current_app.extensions["shokai.config"]
    return config.mail


def _mailto(line: Chased, letter: Letter) -> str:
    """Return a link that opens the mail program; the text is copied, since programs cut long links."""
    to = ",".join(quote(person.email, safe="@") for person in line.people if person.email)
    return f"mailto:{to}?{urlencode({'subject': letter.subject}, quote_via=quote)}"
