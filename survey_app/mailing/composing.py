"""Puts a mail together. Nothing that was typed can add a header: the parts of the message refuse line breaks."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from survey_app.mailing.server import MailServer
from survey_app.store.mails import Mail


def compose(mail: Mail, server: MailServer, at: datetime) -> EmailMessage:
    """Return the message of a mail. It has the same Message-ID at every try, so that a duplicate is known as one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<shokai.{mail.id}.{mail.queued_at:%Y%m%d%H%M%S}@{server.sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # an absence notice is not to answer it
    message.set_content(mail.body, charset="utf-8", cte="base64")
    return message


def one_line(text: str) -> str:
    """Return a text without line breaks and controls, as a subject must be."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
