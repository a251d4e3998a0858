"""Texts for people in a sheet: Japanese and English, or one of them for both."""

from collections.abc import Mapping

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Grid, Row
from exports.xlsform.headings import ENGLISH, JAPANESE, OWN
from exports.xlsform.ledger import Ledger

Label = dict[str, str]
"""{"ja": ..., "en": ...}, as definitions hold it."""


class Texts:
    """Reads the texts of one sheet; ``default`` is the language of columns that say none."""

    def __init__(self, grid: Grid, ledger: Ledger, default: str = JAPANESE) -> None:
        self.grid, self.ledger = grid, ledger
        self.default = ENGLISH if default == ENGLISH else JAPANESE

    def columns(self, word: str) -> tuple[str, ...]:
        """Return the names of the columns that a text can stand in, Japanese first."""
        spoken = [f"{word}:{one}" for one in self.grid.languages(word) if one not in ("", JAPANESE, ENGLISH)]
        return (f"{word}:{JAPANESE}", word, f"{word}:{ENGLISH}", *spoken)

    def label(self, row: Row, word: str) -> Label | None:
        """Return a text in both languages; None when it is blank in all. What is missing in one is told."""
        said: dict[str, str] = {}
        for name in self.columns(word):
            cell = row.cells.get(name)
            if not cell:
                continue
            spoken = name.partition(":")[2]
            said.setdefault(spoken if spoken in (JAPANESE, ENGLISH) else self.default, cell.text)
        if not said:
            return None
        self._tell_missing(row, word, said)
        either = next(iter(said.values()))
        return {JAPANESE: said.get(JAPANESE, either), ENGLISH: said.get(ENGLISH, either)}

    def _tell_missing(self, row: Row, word: str, said: Mapping[str, str]) -> None:
        for spoken in (JAPANESE, ENGLISH):
            if spoken in said:
                continue
            column = f"{word}:{spoken}"
            if column in row.columns:
                self.ledger.say(Sign.UNTRANSLATED, row.cell(column), language=spoken)
            elif word == "label":
                head = next(self.grid.heads[name] for name in self.columns(word) if name in self.grid.heads)
                self.ledger.say(Sign.ONE_LANGUAGE, head, language=spoken)


def own_label(row: Row, word: str) -> Label | None:
    """Return a text of our own columns, such as shokai::unit::Japanese (ja); one language stands for both."""
    said = {
        spoken: row.cells[name].text
        for spoken, name in ((spoken, f"{OWN}:{word}{spoken}") for spoken in (":ja", ":en", ""))
        if row.cells.get(name)
    }
    if not said:
        return None
    either = next(iter(said.values()))
    return {JAPANESE: said.get(":ja", said.get("", either)), ENGLISH: said.get(":en", said.get("", either))}
