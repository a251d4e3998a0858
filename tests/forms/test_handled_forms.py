"""A form that was sorted, stripped, copied or renamed says what the good one says, or what is doubtful is told."""

from collections.abc import Callable
from typing import Any

import pytest
from handled import HANDLED, handled, said
from odd import ODD, odd

from survey_app.receiving.findings import Sign, Weight
from survey_app.receiving.received import Received, Verdict

CASES = {**HANDLED, **ODD}


def crafted(name: str, form: bytes) -> bytes:
    """The form of a case, filled in and handled."""
    return handled(name, form) if name in HANDLED else odd(name, form)


def outside(received: Received) -> dict[str, tuple[str, ...]]:
    """What is taken in outside tables."""
    return {line.place[1]: line.mine.texts for line in received.taken() if not line.place[0]}


def requests(received: Received) -> list[tuple[str, ...]]:
    """What is taken in of the requests, in the order of the form."""
    lines = {line.place: line.mine.texts for line in received.taken() if line.place[0]}
    rows = dict.fromkeys(row for row, _ in lines)
    return [tuple((lines.get((row, name)) or ("",))[0] for name in ("D1", "D2", "D5")) for row in rows]


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_the_good_one_says(desk: Callable[..., Any], name: str) -> None:
    at, case = desk(), CASES[name]
    received = at.receive(crafted(name, at.form()))
    assert received.refusal is None, received.refusal
    wanted, rows = said()
    wanted = {key: texts for key, texts in wanted.items() if key not in case.lost} | case.instead
    assert outside(received) == wanted
    assert requests(received) == list(case.rows or rows)
    told = {(one.sign, one.place[1] if one.place else "") for one in received.findings}
    assert case.told <= told
    if not case.quiet:
        assert {sign for sign, _ in told - case.told} <= {Sign.FAR_CELLS}
    for finding in received.found(Weight.REFUSED):
        assert finding.place is None or finding.place[1] not in outside(received)
    assert {line.verdict for line in received.lines} == {Verdict.NEW}


@pytest.mark.parametrize("name", CASES)
def test_taken_twice_it_changes_nothing_more(desk: Callable[..., Any], name: str) -> None:
    at = desk()
    content = crafted(name, at.form())
    at.take(content)
    before = at.reply()
    again = at.take(content)
    assert at.reply().revision == before.revision
    assert at.reply().answers == before.answers
    assert {line.verdict for line in again.lines} <= {Verdict.UNCHANGED}
