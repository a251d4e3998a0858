"""The settings of the server, from the environment or from whoever makes the application."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from survey_app import clock

# The largest page: every field of the largest questionnaire at its full length, several times over.
LARGEST_FORM_BYTES = 2_000_000
MOST_FORM_PARTS = 5_000
LARGEST_UPLOAD = 30_000_000  # a form that came back, with pictures pasted in


@dataclass(frozen=True)
class Config:
    """How the application runs.

    ``database`` is the SQLite file; ``secure`` says that it is served by TLS (cookies are then sent by TLS only);
    ``now`` is the clock, another one in tests.
    """

    database: Path = Path("var/shokai.db")
    secure: bool = False
    now: Callable[[], datetime] = clock.now


def from_environment() -> Config:
    """Read SHOKAI_DATABASE and SHOKAI_SECURE."""
    default = Config()
    return Config(
        database=Path(os.environ.get("SHOKAI_DATABASE", default.database)),
        secure=os.environ.get("SHOKAI_SECURE", "") == "1",
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
