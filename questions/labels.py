"""Texts for people, in both languages."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["ja", "en"]
Text = Annotated[str, StringConstraints(min_length=1)]


class Label(BaseModel):
    """One text for people in Japanese and English; both are always there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ja: Text
    en: Text

    def text(self, language: Language) -> str:
        """Return the text in one language."""
        return self.en if language == "en" else self.ja
