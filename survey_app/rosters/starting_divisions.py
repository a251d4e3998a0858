"""Relevant divisions to start from: names that were confirmed, and others that are to be looked up first."""

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Suggestion:
    """A line of the list, the lines of one division put together.

    ``confirmed``: somebody saw the name in a public source. ``single``: it names one division, not a group of them.
    ``certainty`` says where the name is from; ``handles`` what is asked of it.
    """

    bureau: str
    name: str
    confirmed: bool
    single: bool
    certainty: str
    handles: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """May the name stand in a list that nobody looked at?"""
        return self.confirmed and self.single


def lines() -> tuple[dict[str, str], ...]:
    """Return the lines of the list: field, role (主 or 関係), bureau_ja, division_ja, handles, certainty."""
    text = resources.files("survey_app.rosters").joinpath("divisions.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines()))


def suggestions() -> tuple[Suggestion, ...]:
    """Return the list in its order, each division once."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in lines():
        found.setdefault((row["bureau_ja"], row["division_ja"]), []).append(row)
    return tuple(_suggestion(bureau, name, rows) for (bureau, name), rows in found.items())


def _suggestion(bureau: str, name: str, rows: list[dict[str, str]]) -> Suggestion:
    best = next((row for row in rows if _is_confirmed(row["certainty"])), rows[0])
    return Suggestion(
        bureau,
        name,
        _is_confirmed(best["certainty"]),
        not bureau.startswith("各") and "・" not in bureau + name and "(" not in name,
        best["certainty"],
        tuple(dict.fromkeys(row["handles"] for row in rows)),
    )


def _is_confirmed(certainty: str) -> bool:
    return "未確認" not in certainty and ("確認" in certainty or "課名あり" in certainty)
