"""Sends what waits in the queue, once through: called by ``shokai mail send`` as often as its schedule says."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError

from sqlite_utils import Database

from survey_app.mailing.composing import compose
from survey_app.mailing.server import MailServer
from survey_app.store.audit import Who
from survey_app.store.mails import Mail, claim, due_mails, settle_failed, settle_refused, settle_sent

ACTOR = "shokai mail"
SECONDS = 30


@dataclass
class Outcome:
    """What became of the mails that were due. ``unreachable``: what kept the server from being spoken to."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    unreachable: str = ""


def send_due(database: Database, server: MailServer, now: Callable[[], datetime]) -> Outcome:
    """Try every mail that is due. When the server cannot be reached the rest waits for the next time."""
    outcome, line = Outcome(), _Line(server)
    try:
        for identity in due_mails(database, now()):
            mail = claim(database, identity, _who(now()))
            if mail is None:
                outcome.dropped += 1
                continue
            _try(database, line, mail, outcome, now)
            if outcome.unreachable:
                break
    finally:
        line.close()
    return outcome


def _try(database: Database, line: "_Line", mail: Mail, outcome: Outcome, now: Callable[[], datetime]) -> None:
    try:
        message = compose(mail, line.server, now())
    except (ValueError, MessageError) as fault:  # what stands in the table is no mail
        settle_refused(database, mail, str(fault), _who(now()))
        outcome.dropped += 1
        return
    try:
        line.connected().send_message(message)
    except smtplib.SMTPRecipientsRefused as fault:
        _turned_down(database, mail, next(iter(fault.recipients.values())), outcome, now)
    except smtplib.SMTPSenderRefused as fault:  # what is wrong with the sender is ours to mend: it waits
        _turned_down(database, mail, (450, fault.smtp_error), outcome, now)
    except smtplib.SMTPDataError as fault:
        _turned_down(database, mail, (fault.smtp_code, fault.smtp_error), outcome, now)
    except (OSError, smtplib.SMTPException) as fault:
        met = f"{type(fault).__name__}: {fault}"
        outcome.unreachable = "" if line.used else met  # some servers hang up after a number of mails
        outcome.failed += 1
        line.close()
        settle_failed(database, mail, met, now())
    else:
        line.used = True
        settle_sent(database, mail, _who(now()))
        outcome.sent += 1


def _turned_down(
    database: Database, mail: Mail, said: tuple[int, bytes | str], outcome: Outcome, now: Callable[[], datetime]
) -> None:
    """The server answered no: for good (5xx), or for now."""
    code, words = said[0], _text(said[1])
    if code >= 500:
        settle_refused(database, mail, f"{code} {words}", _who(now()))
        outcome.dropped += 1
    else:
        settle_failed(database, mail, f"{code} {words}", now())
        outcome.failed += 1


def _who(at: datetime) -> Who:
    return Who(None, ACTOR, at)


def _text(said: bytes | str) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


class _Line:
    """One connection to the mail server, made when it is needed and kept for the mails that follow."""

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.used = False
        self._smtp: smtplib.SMTP | None = None

    def connected(self) -> smtplib.SMTP:
        """Return a connection that is ready. Raises OSError, SMTPException."""
        if self._smtp is not None:
            return self._smtp
        smtp = smtplib.SMTP(self.server.host, self.server.port, timeout=SECONDS)
        self._smtp = smtp
        if self.server.starttls:
            smtp.starttls(context=ssl.create_default_context())
        if self.server.user:
            smtp.login(self.server.user, self.server.password)
        return smtp

    def close(self) -> None:
        """Say goodbye; a server that is gone is no matter."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp, self.used = None, False
