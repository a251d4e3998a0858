"""Kinds whose answer is one municipality or several, of those in the roster."""

from functools import lru_cache
from typing import ClassVar, Literal

from pydantic import PositiveInt

from questions.kinds.base import Column, Option, Parsed, Scalar, wrong
from questions.kinds.choices import Chosen, Several
from questions.labels import Label, Language
from questions.problems import Code
from questions.setting import AmbiguousName, Roster, Setting


def _options(setting: Setting) -> tuple[Option, ...]:
    return _options_of(setting.roster)


@lru_cache(maxsize=8)
def _options_of(roster: Roster) -> tuple[Option, ...]:
    return tuple(
        Option.model_construct(code=one.code, label=Label.model_construct(ja=one.name, en=one.name)) for one in roster
    )


class OneMunicipality(Chosen):
    """One municipality; the value is its code. ``prefill`` "own": the one that replies, filled in for it."""

    name: Literal["municipality"] = "municipality"
    widget: ClassVar[str] = "municipality"
    summary: ClassVar[Literal["texts", "numbers", "choices"]] = "texts"
    group: ClassVar[bool] = False
    prefill: Literal["own"] | None = None

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return the municipalities of the roster."""
        return _options(setting)

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[str]:
        """Read a code or a name."""
        try:
            found = setting.roster.find(texts[0].strip())
        except AmbiguousName:
            return wrong(Code.AMBIGUOUS_MUNICIPALITY, text=texts[0])
        return wrong(Code.UNKNOWN_MUNICIPALITY, text=texts[0]) if found is None else Parsed(found.code)

    def show(self, value: str, language: Language, setting: Setting) -> str:
        """Show the name."""
        return setting.roster.name(value)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of municipality codes."""
        return (Column("code"),)


class SeveralMunicipalities(Several):
    """Several municipalities; the value is their codes in the official order (each once)."""

    name: Literal["municipalities"] = "municipalities"  # type: ignore[assignment]
    widget: ClassVar[str] = "municipalities"
    seconds: ClassVar[int] = 60
    summary: ClassVar[Literal["texts", "numbers", "choices"]] = "texts"
    choices: tuple[Option, ...] = ()
    least: PositiveInt | None = None

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return the municipalities of the roster."""
        return _options(setting)

    def code_of(self, text: str, setting: Setting) -> str | None:
        """Find by code or name. Raises AmbiguousName."""
        found = setting.roster.find(text.strip())
        return None if found is None else found.code

    def in_order(self, codes: set[str], setting: Setting) -> tuple[str, ...]:
        """Return codes in the official order, which is theirs."""
        return tuple(sorted(codes))

    def known(self, text: str, setting: Setting) -> bool:
        """Is the text as it stands one municipality?"""
        return text.strip() in setting.roster

    def unknown(self, text: str, setting: Setting) -> Parsed[tuple[str, ...]]:
        """Say that a text is no municipality."""
        return wrong(Code.UNKNOWN_MUNICIPALITY, text=text)

    def show(self, value: tuple[str, ...], language: Language, setting: Setting) -> str:
        """Show the names, joined."""
        return ("；" if language == "ja" else "; ").join(setting.roster.name(code) for code in value)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of codes joined by ; (a column for each of 1,741 municipalities would help nobody)."""
        return (Column("text"),)

    def cells(self, value: tuple[str, ...], setting: Setting) -> tuple[Scalar, ...]:
        """The codes, joined by ;."""
        return (";".join(value),)
