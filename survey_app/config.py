"""The settings of the server, from the environment or from whoever makes the application."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from questions.kinds.files import BYTES_OF_A_MEGABYTE, MOST_MEGABYTES
from survey_app import clock
from survey_app.mailing.server import MailServer, mail_server, public_address

# The largest page: every field of the largest questionnaire at its full length, several times over.
LARGEST_FORM_BYTES = 2_000_000
MOST_FORM_PARTS = 5_000
LARGEST_UPLOAD = 30_000_000  # a form that came back, with pictures pasted in
LARGEST_ATTACHING = MOST_MEGABYTES * BYTES_OF_A_MEGABYTE + LARGEST_FORM_BYTES  # a page with files
# Of those who are signed in more is read than is taken: a file that is too large is told beside what was typed.
LARGEST_ATTACHING_READ = 4 * LARGEST_ATTACHING


@dataclass(frozen=True)
class Config:
    """How the application runs.

    ``database`` is the SQLite file; ``secure`` says that it is served by TLS (cookies are then sent by TLS only);
    ``now`` is the clock, another one in tests. ``public_address`` is where people elsewhere reach it ("" : as they
    asked); ``mail`` the server that takes mails, None when none are sent.
    """

    database: Path = Path("var/shokai.db")
    secure: bool = False
    now: Callable[[], datetime] = clock.now
    public_address: str = ""
    mail: MailServer | None = None


def from_environment() -> Config:
    """Read SHOKAI_DATABASE, SHOKAI_SECURE, SHOKAI_PUBLIC_ADDRESS, SHOKAI_MAIL_…. Raises FaultySetting."""
    default = Config()
    return Config(
        database=Path(os.environ.get("SHOKAI_DATABASE", default.database)),
        secure=os.environ.get("SHOKAI_SECURE", "") == "1",
        public_address=public_address(os.environ),
        mail=mail_server(os.environ),
    )


def read_config(given: Config | Mapping[str, object] | None) -> Config:
    """Return the settings given as such or as a mapping of their names; those of the environment when none are."""
    if given is None:
        return from_environment()
    if isinstance(given, Config):
        return given
    known = {field.name for field in fields(Config)}
    if unknown := set(given) - known:
        raise TypeError(f"unknown settings: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    return Config(**{**given, "database": Path(str(given["database"]))} if "database" in given else given)  # type: ignore[arg-type]
