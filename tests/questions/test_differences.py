"""What changed between two states of a reply."""

from questions.contents import Contents
from questions.differences import Difference, differences
from questions.reading import read_catalogue

FORM = read_catalogue("support_needs")


def contents(rows: tuple[str, ...] = (), **values: object) -> Contents:
    """Contents with answers outside tables, and rows of the needs whose subject is their id."""
    places = {("", name): value for name, value in values.items()}
    places |= {(row, "D5"): row for row in rows}
    return Contents(places, {"D": rows})


def test_nothing_changed() -> None:
    assert differences(FORM, contents(("r1",), A2="総務課"), contents(("r1",), A2="総務課")) == ()


def test_each_sort_of_change_in_the_order_of_the_questionnaire() -> None:
    before = contents(A2="総務課", A3=None, A4="佐藤", B1="0", B2="wip")
    after = contents(A2="企画課", A3="主査", A4=None, B1="1", B4=("HR",))
    assert differences(FORM, before, after) == (
        Difference("A2", "", "changed", "総務課", "企画課"),
        Difference("A3", "", "answered", None, "主査"),
        Difference("A4", "", "cleared", "佐藤", None),
        Difference("B1", "", "changed", "0", "1"),
        Difference("B2", "", "unasked", "wip", None),
        Difference("B4", "", "asked", None, ("HR",)),
    )


def test_rows_are_followed_by_their_ids_wherever_they_stand() -> None:
    before = contents(("r1", "r2"))
    after = contents(("r3", "r2"))
    assert differences(FORM, before, after) == (
        Difference("D", "r3", "row_added"),
        Difference("D", "r1", "row_removed"),
    )
