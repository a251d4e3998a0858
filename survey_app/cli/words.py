"""What the command line says: Japanese, or English with SHOKAI_LANGUAGE=en. Messages go to standard error."""

import os
from typing import Literal, NamedTuple

import click


class Words(NamedTuple):
    """One text in both languages; as ``str`` in the one that is spoken."""

    ja: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.ja


def language() -> Literal["ja", "en"]:
    """Return the language that is spoken: Japanese unless the environment asks for English."""
    return "en" if os.environ.get("SHOKAI_LANGUAGE", "").lower().startswith("en") else "ja"


def spoken(ja: str, en: str) -> str:
    """Return the text in the language that is spoken."""
    return str(Words(ja, en))


def tell(ja: str, en: str) -> None:
    """Say something on standard error."""
    click.echo(spoken(ja, en), err=True)
