"""Kinds whose answer is chosen: one of several, several of several, yes or no."""

import re
import unicodedata
from typing import Any, ClassVar, Literal

from pydantic import Field, PositiveInt

from questions.kinds.base import Column, Kind, OperandForm, Option, Parsed, Scalar, wrong
from questions.labels import Label, Language
from questions.problems import Code
from questions.setting import AmbiguousName, Setting

YES, NO = "1", "0"
SEPARATORS = re.compile(r"[；;\n]")


class Chosen(Kind[Any]):
    """What all kinds with choices share: codes are stored, labels are shown, either is read.

    What is no longer offered is still read and shown, so that no answer is lost with it.
    """

    widget: ClassVar[str] = "choice"
    seconds: ClassVar[int] = 15
    cell_format: ClassVar[str] = "text"
    summary: ClassVar[Literal["texts", "numbers", "choices"]] = "choices"
    group: ClassVar[bool] = True

    def known_options(self, setting: Setting) -> tuple[Option, ...]:
        """Return what can be chosen, then what could once."""
        return (*self.options(setting), *self.retired_options())

    def code_of(self, text: str, setting: Setting) -> str | None:
        """Return the code for a code or a label; None when it is neither."""
        wanted = text.strip()
        options = self.known_options(setting)
        for option in options:
            if wanted == option.code:
                return option.code
        exact = next((option.code for option in options if wanted in (option.label.ja, option.label.en)), None)
        return exact or self._code_of_same_width(wanted, options)

    def _code_of_same_width(self, wanted: str, options: tuple[Option, ...]) -> str | None:
        """Return the one code whose label is the same but for full and half width, and blanks."""
        alike = _one_width(wanted)
        found = {one.code for one in options if alike in (_one_width(one.label.ja), _one_width(one.label.en))}
        return found.pop() if len(found) == 1 else None

    def unknown(self, text: str, setting: Setting) -> Parsed[Any]:
        """Say that a text is not among the choices."""
        choices = tuple(option.label for option in self.options(setting))
        return wrong(Code.UNKNOWN_CHOICE, text=text, choices=choices)

    def label(self, code: str, setting: Setting) -> Label:
        """Return the label of a code; the code itself when it is unknown."""
        known = (option.label for option in self.known_options(setting) if option.code == code)
        return next(known, Label(ja=code, en=code))


def _one_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


class One(Chosen):
    """One of several choices; the value is its code."""

    name: Literal["one"] = "one"
    choices: tuple[Option, ...] = Field(min_length=1)

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return the choices of the definition that are offered."""
        return self.offered

    def retired_options(self) -> tuple[Option, ...]:
        """Return the choices of the definition that are not."""
        return () if self.offered is self.choices else tuple(one for one in self.choices if one.retired)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The choices that are not retired."""
        kept = tuple(one for one in self.choices if not one.retired)
        return self.choices if len(kept) == len(self.choices) else kept

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[str]:
        """Read a code or a label."""
        if len(texts) > 1:
            return wrong(Code.ONE_ONLY)
        code = self.code_of(texts[0], setting)
        return self.unknown(texts[0], setting) if code is None else Parsed(code)

    def show(self, value: str, language: Language, setting: Setting) -> str:
        """Show the label."""
        return self.label(value, setting).text(language)

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of codes."""
        return (Column("code"),)


class YesNo(One):
    """Yes or no, in the question's own words; the value is "1" or "0"."""

    name: Literal["yesno"] = "yesno"  # type: ignore[assignment]
    choices: tuple[Option, ...] = ()
    yes: Label = Label(ja="はい", en="Yes")
    no: Label = Label(ja="いいえ", en="No")

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return yes and no."""
        return (Option(code=YES, label=self.yes), Option(code=NO, label=self.no))


class Several(Chosen):
    """Several of several choices; the value is their codes in the order of the choices."""

    name: Literal["several"] = "several"
    widget: ClassVar[str] = "choices"
    seconds: ClassVar[int] = 30
    operand_form: ClassVar[OperandForm] = "codes"
    many: ClassVar[bool] = True
    choices: tuple[Option, ...] = Field(min_length=1)
    least: PositiveInt | None = None
    most: PositiveInt | None = None

    def options(self, setting: Setting) -> tuple[Option, ...]:
        """Return the choices of the definition that are offered."""
        return self.offered

    def retired_options(self) -> tuple[Option, ...]:
        """Return the choices of the definition that are not."""
        return () if self.offered is self.choices else tuple(one for one in self.choices if one.retired)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The choices that are not retired."""
        kept = tuple(one for one in self.choices if not one.retired)
        return self.choices if len(kept) == len(self.choices) else kept

    def read(self, texts: tuple[str, ...], setting: Setting) -> Parsed[tuple[str, ...]]:
        """Read codes or labels, each in a text of its own or several joined by ; or a line break."""
        codes = set()
        for text in self.separated(texts, setting):
            try:
                code = self.code_of(text, setting)
            except AmbiguousName:
                return wrong(Code.AMBIGUOUS_MUNICIPALITY, text=text)
            if code is None:
                return self.unknown(text, setting)
            codes.add(code)
        if not codes:  # separators and nothing between them
            return Parsed()
        if self.least is not None and len(codes) < self.least:
            return wrong(Code.TOO_FEW_CHOICES, least=self.least)
        if self.most is not None and len(codes) > self.most:
            return wrong(Code.TOO_MANY_CHOICES, most=self.most)
        return Parsed(self.in_order(codes, setting))

    def in_order(self, codes: set[str], setting: Setting) -> tuple[str, ...]:
        """Return codes in the order of the choices."""
        return tuple(option.code for option in self.choices if option.code in codes)

    def separated(self, texts: tuple[str, ...], setting: Setting) -> list[str]:
        """Take joined choices apart; a label that itself holds a separator stays whole."""
        parts: list[str] = []
        for text in texts:
            pieces = [text] if self.known(text, setting) else SEPARATORS.split(text)
            parts += [piece for piece in pieces if piece.strip()]
        return parts

    def known(self, text: str, setting: Setting) -> bool:
        """Is the text as it stands one choice?"""
        return self.code_of(text, setting) is not None

    def show(self, value: tuple[str, ...], language: Language, setting: Setting) -> str:
        """Show the labels, joined."""
        labels = {option.code: option.label for option in self.known_options(setting)}
        return ("；" if language == "ja" else "; ").join(
            labels[code].text(language) if code in labels else code for code in value
        )

    def texts(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes."""
        return value

    def dump(self, value: tuple[str, ...]) -> Any:
        """Store the codes as a list."""
        return list(value)

    def load(self, stored: Any) -> tuple[str, ...]:
        """Read the stored list."""
        return tuple(stored)

    def operand(self, value: tuple[str, ...]) -> tuple[str, ...]:
        """Expressions see the codes."""
        return value

    def columns(self, setting: Setting) -> tuple[Column, ...]:
        """One column of 1 and 0 for each choice."""
        return tuple(Column("flag", option.code, option.label) for option in self.options(setting))

    def cells(self, value: tuple[str, ...], setting: Setting) -> tuple[Scalar, ...]:
        """1 where it was chosen, 0 where not."""
        return tuple(int(option.code in value) for option in self.options(setting))
