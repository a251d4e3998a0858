"""Which answers of a returned reply are open: what came back, and what was not asked when it was handed in."""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from questions.answers import Place
from questions.checking import Examination


@dataclass(frozen=True)
class Openness:
    """``items`` came back; ``asked`` places and ``tables`` were in the last submission and are settled.

    ``wrong`` are places that keep the reply from being handed in since what came back was corrected.
    """

    items: frozenset[Place]
    asked: frozenset[Place]
    tables: frozenset[str]
    wrong: frozenset[Place] = frozenset()

    def allows(self, place: Place, table: str | None) -> bool:
        """May an answer be changed? ``table`` is the table whose column it is; None outside tables."""
        return place in self.items or ("", table) in self.items or place not in self.asked or place in self.wrong

    def allows_rows(self, table: str) -> bool:
        """May rows of a table be added, removed or moved?"""
        return ("", table) in self.items or table not in self.tables or ("", table) in self.wrong


def openness(database: Database, reply: int, examination: Examination | None = None) -> Openness:
    """Return what is open in a reply that was returned.

    ``examination``: the reply as it stands; what is wrong in it may be corrected as well, or nobody could go on.
    """
    query = "SELECT row, question FROM returned_item WHERE reply = ? AND closed_at IS NULL"
    items = frozenset((row["row"], row["question"]) for row in database.execute(query, [reply]))
    last = "SELECT contents FROM submission WHERE reply = ? ORDER BY number DESC LIMIT 1"
    row = database.execute(last, [reply]).fetchone()
    plain = {"answers": {}, "tables": {}} if row is None else json.loads(row["contents"])
    asked = {("", name) for name in plain["answers"]}
    for rows in plain["tables"].values():
        asked |= {(one["row"], name) for one in rows for name in one["answers"]}
    wrong = () if examination is None else (one.place for one in examination.blocking())
    return Openness(items, frozenset(asked), frozenset(plain["tables"]), frozenset(wrong))
