"""Names of questions, groups and choices: taken, or told with a name that can be used."""

import re
import unicodedata

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.ledger import Cell, Ledger
from questions.soundness import RESERVED

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_FILE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def suggested(text: str, otherwise: str) -> str:
    """Return the name that comes nearest to a text; ``otherwise`` when nothing of it can be used."""
    kept = re.sub(r"[^A-Za-z0-9_]+", "_", unicodedata.normalize("NFKC", text)).strip("_")[:60]
    if not kept:
        return otherwise
    return kept if kept[0].isalpha() else f"Q{kept}"


def suggested_code(text: str, otherwise: str) -> str:
    """Return the code of a choice that comes nearest to a text."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", unicodedata.normalize("NFKC", text)).strip("_")[:60] or otherwise


def suggested_file_name(text: str) -> str:
    """Return the name of a questionnaire that comes nearest to a text."""
    name = suggested(text, "questionnaire").lower()
    return name if _FILE_NAME.fullmatch(name) else "questionnaire"


def is_file_name(text: str) -> bool:
    """Can a questionnaire be called so?"""
    return _FILE_NAME.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Can a choice be stored so?"""
    return _CODE.fullmatch(text) is not None


class Names:
    """The names of questions, tables and constants, each once; those of sections in a room of their own.

    ``written``: every name that stands in the sheet, good or not; ``instead``: what to write for those that are not.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.written: dict[str, Cell] = {}
        self.instead: dict[str, str] = {}
        self._taken: dict[str, Cell] = {}
        self._sections: set[str] = set()

    def take(self, row: Row) -> str:
        """Return the name of a row; a stand-in, with a finding, when it has none that can be used."""
        cell = row.cell("name")
        wanted = row.text("name")
        self.written.setdefault(wanted, cell)
        stand_in = f"row_{row.number + 1}"
        if not wanted:
            self.ledger.say(Sign.MISSING_NAME, cell, instead=f"Q{row.number + 1}")
            return self._kept(stand_in, cell)
        if _NAME.fullmatch(wanted) is None:
            self.instead.setdefault(wanted, suggested(wanted, f"Q{row.number + 1}"))
            self.ledger.say(Sign.BAD_NAME, cell, instead=self.instead[wanted])
            return self._kept(stand_in, cell)
        if wanted in RESERVED:
            self.ledger.say(Sign.RESERVED_NAME, cell, instead=f"{wanted}_1")
            return self._kept(stand_in, cell)
        if wanted in self._taken:
            self.ledger.say(Sign.DUPLICATE_NAME, cell, first=self._taken[wanted].address, instead=self.free(wanted))
            return self._kept(stand_in, cell)
        return self._kept(wanted, cell)

    def section(self, row: Row) -> str:
        """Return the name of a group that becomes a section; a stand-in when it has none that can be used."""
        cell = row.cell("shokai:name", "name")
        wanted = cell.text.strip()
        self.written.setdefault(wanted, cell)
        if wanted and _NAME.fullmatch(wanted) is None:
            self.ledger.say(Sign.BAD_NAME, cell, instead=suggested(wanted, f"S{row.number + 1}"))
        elif wanted in self._sections:
            self.ledger.say(Sign.DUPLICATE_NAME, cell, first="", instead=self.free_section(wanted))
        elif wanted:
            self._sections.add(wanted)
            return wanted
        return self.free_section(f"section_{row.number + 1}")

    def free(self, wanted: str) -> str:
        """Return a name that no question has, as near to a wanted one as can be."""
        return _free(wanted, self._taken)

    def free_section(self, wanted: str) -> str:
        """Return and take a name that no section has."""
        name = _free(wanted, self._sections)
        self._sections.add(name)
        return name

    def _kept(self, name: str, cell: Cell) -> str:
        name = self.free(name)
        self._taken[name] = cell
        return name

    def keep(self, wanted: str, cell: Cell) -> str:
        """Return and take the name of a question that no row asks for, such as that of or_other."""
        return self._kept(wanted, cell)


def _free(wanted: str, taken: "set[str] | dict[str, Cell]") -> str:
    number, name = 2, wanted
    while name in taken:
        number, name = number + 1, f"{wanted}_{number}"
    return name
