"""Lasting numbers of needs: given when a need is first handed in, never given again to another."""

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from survey_app.store.inquiries import Inquiry

Key = tuple[str, str]


def need_numbers(database: Database, inquiry: Inquiry) -> Mapping[Key, int]:
    """Return the numbers of all needs that were ever handed in, by municipality and row."""
    query = "SELECT municipality, row, number FROM need_number WHERE inquiry = ?"
    return {(row["municipality"], row["row"]): row["number"] for row in database.execute(query, [inquiry.id])}


def number_needs(database: Database, inquiry: Inquiry, municipality: str, rows: Sequence[str]) -> None:
    """Give each row that has none the next number of its municipality; call it inside the transaction of a hand-in."""
    query = "SELECT row, number FROM need_number WHERE inquiry = ? AND municipality = ?"
    known = {row["row"]: row["number"] for row in database.execute(query, [inquiry.id, municipality])}
    next_one = max(known.values(), default=0) + 1
    fresh = [row for row in rows if row not in known]
    place = {"inquiry": inquiry.id, "municipality": municipality}
    lines = [{**place, "row": row, "number": number} for number, row in enumerate(fresh, next_one)]
    if lines:
        database.table("need_number").insert_all(lines)
