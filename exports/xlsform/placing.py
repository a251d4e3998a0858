"""Tells the faults that the reader of definitions finds, each at the cell that it comes from."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from exports.xlsform.findings import Sign
from exports.xlsform.grid import Row
from exports.xlsform.ledger import Cell, Ledger
from exports.xlsform.names import Names, is_code
from questions.problems import Fault, FaultCode

_IN_EXPRESSIONS = frozenset({FaultCode.UNKNOWN_QUESTION, FaultCode.UNKNOWN_CODE})
"""Faults that stand beside another in the same cell."""
_COLUMNS = {
    "title": ("label:ja", "label", "label:en"),
    "label": ("label:ja", "label", "label:en"),
    "hint": ("hint:ja", "hint", "hint:en"),
    "message": ("message:ja", "message:en"),
    "constraint_message": ("constraint_message:ja", "constraint_message", "constraint_message:en"),
    "pattern": ("shokai:pattern", "constraint"),
    "pattern_message": ("shokai:pattern_message:ja", "constraint_message", "shokai:pattern"),
    "kind": ("shokai:kind", "type"),
    "choices": ("type",),
    "least": ("shokai:least", "shokai:most"),  # also of a fault between the two
}
"""The columns that a key of a definition comes from, where they are not called as the key."""
_ADDRESS = re.compile(r"(?P<names>(?:[^.>]+ > )*[^.>]+)(?:\.(?P<key>[a-z_]+))?")


class Placing:
    """Finds the cell of a fault. ``rows``: the row of each name, behind the names of what it stands in."""

    def __init__(self, rows: Mapping[tuple[str, ...], Row], names: Names, ledger: Ledger) -> None:
        self.rows, self.names, self.ledger = rows, names, ledger
        self._by_name = {address[-1]: row for address, row in rows.items() if len(address) > 1}

    def tell(self, fault: Fault) -> None:
        """Tell a fault, unless it follows from an error that was told already."""
        cell = self._cell(fault)
        if cell is None:
            if self.ledger.sound:
                self.ledger.say_of_sheet(Sign.DEFINITION, "", fault=fault)
            return
        if self._follows(fault) if fault.code in _IN_EXPRESSIONS else self.ledger.faulty(cell):
            return
        if fault.code is FaultCode.UNKNOWN_QUESTION:
            known = [name for name in self.names.written if name]
            near = get_close_matches(str(fault.context.get("found")), known, 1, 0.6)
            self.ledger.say(Sign.UNKNOWN_QUESTION, cell, found=fault.context.get("found"), near="".join(near))
        elif fault.code is FaultCode.UNKNOWN_CODE:
            self.ledger.say(Sign.UNKNOWN_CODE, cell, **fault.context)
        elif fault.address.partition(".")[2].startswith("pattern") and fault.code is FaultCode.WRONG_VALUE:
            self.ledger.say(Sign.BAD_PATTERN, cell)
        else:
            self.ledger.say(Sign.DEFINITION, cell, fault=fault)

    def _follows(self, fault: Fault) -> bool:
        """Does it name something whose own row has an error?"""
        if fault.code is FaultCode.UNKNOWN_CODE and not is_code(str(fault.context.get("found"))):
            return True
        found = str(fault.context.get("found" if fault.code is FaultCode.UNKNOWN_QUESTION else "question", ""))
        cell = self.names.written.get(found)
        if cell is None:
            return False
        return any(self.ledger.faulty(Cell(cell.sheet, cell.row, column)) for column in range(cell.column + 60))

    def _cell(self, fault: Fault) -> Cell | None:
        """Return the cell of an address such as ``T > T4.longest`` or ``checks > C1.at``."""
        address = fault.address
        found = _ADDRESS.match(address)
        if found is None:
            return None
        names = tuple(found["names"].split(" > "))
        row = self.rows.get(names) or self._by_name.get(names[-1]) or self.rows.get((address,))
        if row is None:
            return None
        key = found["key"] or ("relevant" if fault.code is FaultCode.CIRCULAR else "least")
        columns = _COLUMNS.get(key, (key, f"shokai:{key}", f"shokai:{key}:ja"))
        return row.cell(*columns, "setting", "name")
