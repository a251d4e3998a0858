"""Tells which need a row of a division's workbook is about, by its hidden key and by what people see; never guesses."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from exports.divisions.reading import ReadRow
from exports.needs import Key
from survey_app.consulting.findings import BookFinding, Sign
from survey_app.consulting.matters import Matter
from survey_app.receiving.findings import Weight

LONGEST_CONTENT = 200


class Identifier:
    """Knows the needs of one division in one round; ``findings`` are the rows of which it cannot tell."""

    def __init__(self, matters: Mapping[Key, Matter]) -> None:
        self.matters = matters
        self.by_control = {one.asked.control: key for key, one in matters.items()}
        self.findings: list[BookFinding] = []

    def identified(self, rows: Sequence[ReadRow]) -> dict[Key, ReadRow]:
        """Return the rows by their needs. A need in two rows that say different things is in none."""
        found: dict[Key, list[ReadRow]] = defaultdict(list)
        for row in rows:
            key = self._key(row)
            if isinstance(key, Sign):
                self._find(key, row)
            else:
                found[key].append(row)
        return dict(self._single(found))

    def _single(self, found: Mapping[Key, Sequence[ReadRow]]) -> Iterator[tuple[Key, ReadRow]]:
        for key, several in found.items():
            said = {tuple(one.text for one in row.cells.values()) for row in several}
            if len(said) == 1:
                yield key, several[0]
            else:
                for row in several:
                    self._find(Sign.TWICE, row, self.matters[key].asked.control)

    def _key(self, row: ReadRow) -> Key | Sign:
        seen = self.by_control.get(row.control)
        if row.key is None:
            return self._by_what_is_seen(row, seen)
        if row.key not in self.matters:
            return Sign.OTHER_ROW
        if not row.control or seen == row.key:
            return row.key
        if seen is None:
            return Sign.OTHER_ROW
        moved = self._is_subject(row, seen) and not self._is_subject(row, row.key)  # sorted without the hidden column
        return seen if moved else Sign.MISMATCHED_ROW

    def _by_what_is_seen(self, row: ReadRow, seen: Key | None) -> Key | Sign:
        if not row.control:
            return Sign.UNKNOWN_ROW
        if seen is None:
            return Sign.OTHER_ROW
        return seen if self._is_subject(row, seen) else Sign.MISMATCHED_ROW

    def _is_subject(self, row: ReadRow, key: Key) -> bool:
        matter = self.matters[key]
        return _plain(row.subject) in {_plain(matter.asked.subject), _plain(matter.need.subject)}

    def _find(self, sign: Sign, row: ReadRow, control: str = "") -> None:
        filled = next((one.spot for one in row.cells.values() if one.content), row.spot)
        found = BookFinding(sign, Weight.REFUSED, filled, control or row.control, content=row.content[:LONGEST_CONTENT])
        self.findings.append(found)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
