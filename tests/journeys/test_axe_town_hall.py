"""No page of the town hall's side has a barrier, in any state, on a narrow and on a wide screen.

axe-core looks at each by the rules of WCAG 2.0 to 2.2, A and AA; none may scroll sideways.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import states_alone as alone
import states_together as together
from halls import Hall
from walking import Walk
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from questions.reading import catalogue
from survey_app.factory import create_app
from survey_app.permissions import APPROVER, COLLEAGUE, OFFICER, routes_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Open = Callable[..., Any]
WIDTHS = (320, 1280)
LED_ON = {"home", "shared.section"}
DOWNLOADED = {"excel.form", "excel.marked", "attaching.own", "answers.letter", "answers.shared_book"}
NO_PAGES = LED_ON | DOWNLOADED
STATES: dict[str, Callable[[Walk], None]] = {
    "signed out": alone.signed_out,
    **{f"not started, {name}": partial(alone.not_started, inquiry=name) for name in catalogue()},
    **{f"filled in, {name}": partial(alone.filled_in, inquiry=name) for name in catalogue()},
    "該当なし after all": alone.nil_after_all,
    "with problems": alone.with_problems,
    "in English": alone.in_english,
    "pasting": alone.pasting,
    "a form in Excel": alone.a_form_in_excel,
    "an account": alone.an_account,
    "an initial password": alone.an_initial_password,
    "last time": alone.last_time,
    "the answers": together.the_answers,
    "two texts": together.two_texts,
    "awaiting approval": together.awaiting_approval,
    "submitted and accepted": together.submitted_and_accepted,
    "returned and handed in again": together.returned_and_handed_in_again,
    "a colleague by link": together.a_colleague_by_link,
    "questions and answers": together.questions_and_answers,
    "a session that ran out": together.run_out,
    "somebody else": together.somebody_else,
    "a stale token": together.stale_token,
    "too late": together.too_late,
    "errors": together.errors,
}
LOOKED_AT: dict[tuple[str, int], list[str]] = {}
"""The addresses of the pages that were looked at, by state and width."""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES)
def test_no_page_of_the_town_hall_has_a_barrier_in_any_state(hall: Hall, visitor: Open, state: str, width: int) -> None:
    walk = Walk(hall, visitor, width)
    STATES[state](walk)
    assert walk.seen
    LOOKED_AT[state, width] = walk.seen


def test_every_page_was_looked_at(prepared: Path) -> None:
    if len(LOOKED_AT) < len(STATES) * len(WIDTHS):
        pytest.skip("not all states were walked through")
    adapter = create_app({"database": prepared}).url_map.bind("localhost")
    pages = {endpoint_of(adapter, url) for seen in LOOKED_AT.values() for url in seen}
    rules = {rule.endpoint for rule in adapter.map.iter_rules() if "GET" in (rule.methods or ())}
    town_hall = {endpoint for role in (OFFICER, APPROVER, COLLEAGUE) for endpoint in routes_of(role)}
    assert sorted(rules & town_hall - NO_PAGES - pages) == []
    print(f"{sum(map(len, LOOKED_AT.values()))} pages, of {len(STATES)} states, at {len(WIDTHS)} widths")


def endpoint_of(adapter: MapAdapter, url: str) -> str:
    """The route that shows a page, or that of the form which it answers."""
    for method in ("GET", "POST"):
        try:
            endpoint, _ = adapter.match(urlsplit(url).path, method)
        except HTTPException:
            continue
        return str(endpoint)
    return ""
