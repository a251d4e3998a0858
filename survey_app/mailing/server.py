"""The mail server, from the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path

from survey_app.store.reachable import is_address

_PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?")
DEFAULT_PORT = 25


class FaultySetting(ValueError):
    """A setting that cannot be used; the argument is its name."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over, and from whom they come. ``user`` "" : nobody signs in there."""

    host: str
    port: int
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False


def mail_server(settings: Mapping[str, str]) -> MailServer | None:
    """Return the mail server that the settings name; None without one. Raises FaultySetting."""
    place = settings.get("SHOKAI_MAIL_SERVER", "").strip()
    if not place:
        return None
    found = _PLACE.fullmatch(place)
    if found is None or not 0 < int(found["port"] or DEFAULT_PORT) < 65536:
        raise FaultySetting("SHOKAI_MAIL_SERVER")
    user = settings.get("SHOKAI_MAIL_USER", "")
    starttls = settings.get("SHOKAI_MAIL_STARTTLS", "") == "1"
    if user and not starttls:  # a password is not sent for everybody to read
        raise FaultySetting("SHOKAI_MAIL_STARTTLS")
    return MailServer(
        host=found["host"].strip("[]"),
        port=int(found["port"] or DEFAULT_PORT),
        sender=_sender(settings.get("SHOKAI_MAIL_FROM", "")),
        user=user,
        password=_password(settings) if user else "",
        starttls=starttls,
    )


def public_address(settings: Mapping[str, str]) -> str:
    """Return the address at which the server is reached from outside, without a slash at its end; "" when not set."""
    found = settings.get("SHOKAI_PUBLIC_ADDRESS", "").strip().rstrip("/")
    if found and re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", found) is None:
        raise FaultySetting("SHOKAI_PUBLIC_ADDRESS")
    return found


def _sender(text: str) -> Address:
    """Read "名前 <address>" or an address alone."""
    name, address = parseaddr(text)
    if not is_address(address) or any(ord(character) < 32 for character in text):
        raise FaultySetting("SHOKAI_MAIL_FROM")
    try:
        return Address(display_name=name, addr_spec=address)
    except (MessageError, ValueError) as fault:
        raise FaultySetting("SHOKAI_MAIL_FROM") from fault


def _password(settings: Mapping[str, str]) -> str:
    file = settings.get("SHOKAI_MAIL_PASSWORD_FILE", "")
    if not file:
        return settings.get("SHOKAI_MAIL_PASSWORD", "")
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise FaultySetting("SHOKAI_MAIL_PASSWORD_FILE") from fault
