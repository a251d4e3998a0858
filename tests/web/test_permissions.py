"""Who may do what: the table of permissions against every route × method × role × own or another's."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database
from town import OPENED, OTHER, OWN, PASSWORD
from werkzeug.routing import IntegerConverter, Rule

from survey_app.passwords import hash_password
from survey_app.permissions import ANYBODY, COLLEAGUE, HOMES, PERMISSIONS, ROLES, permission
from survey_app.store.accounts import Account, create_account
from survey_app.store.audit import Who
from survey_app.store.inquiries import Inquiry
from survey_app.store.uploads import keep_upload

Open = Callable[..., Any]
NAMES = {"inquiry": "support_needs", "municipality": OWN, "section": "A", "table": "D", "row": "new", "code": OWN}
"""Values that exist, for the parts of addresses; any other part is filled with something that does not exist."""


@pytest.fixture
def people(database: Database) -> dict[str, str]:
    """A sign-in name for each role."""
    division = database.table("division").insert({"bureau": "総務部", "name": "税務課", "since": "2026-04-01"}).last_pk
    secret = hash_password(PASSWORD)
    for role in ("approver", "consulted", "analyst", "administrator"):
        town = OTHER if role == "approver" else None
        consulted = int(str(division)) if role == "consulted" else None
        account = Account(0, role, f"{role}の人", role, town, secret, consulted=consulted)
        create_account(database, account, OPENED)
    return {"officer": "mishima", "division": "division", **{role: role for role in ROLES[1:2] + ROLES[3:]}}


NUMBER = IntegerConverter.weight


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Every route with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.endpoint != "static"
    ]


def address(app: Flask, rule: Rule) -> str:
    """An address of a route."""
    values = {}
    for name in rule.arguments:
        converter = rule._converters[name]
        one_of = getattr(converter, "items", None)
        known = NAMES.get(name, 99999 if converter.weight == NUMBER else "none")
        values[name] = sorted(one_of)[0] if one_of else known
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, values, force_external=False)


def lines(database: Database) -> int:
    """How many lines the trail has."""
    return int(database.execute("SELECT count(*) FROM event WHERE act <> 'sign_in'").fetchone()[0])


def test_every_route_stands_in_the_table_and_nothing_else(app: Flask) -> None:
    found = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert found == set(PERMISSIONS)


def test_every_role_has_a_first_page_that_it_may_see() -> None:
    assert set(ROLES) < set(HOMES)
    for role, endpoint in HOMES.items():
        assert role in PERMISSIONS[endpoint].roles
    known = {*ROLES, COLLEAGUE, ANYBODY}
    assert {role for one in PERMISSIONS.values() for role in one.roles} <= known


@pytest.mark.timeout(300)
def test_what_a_role_may_not_do_looks_like_nothing(
    app: Flask, browser: Open, people: dict[str, str], database: Database
) -> None:
    """Every route × method × role: what the table does not allow is no page, and changes nothing."""
    assert set(people) == set(ROLES)
    walked = 0
    for role, name in people.items():
        person = browser(name)
        before = lines(database)
        for rule, method in routes(app):
            roles = permission(rule.endpoint).roles
            if role in roles or ANYBODY in roles:
                continue
            sent = {"csrf_token": person.token} if method == "POST" else None
            response = person.client.open(address(app, rule), method=method, data=sent)
            assert response.status_code == 404, (role, method, rule.rule, response.status_code)
            walked += 1
        assert lines(database) == before, role
    assert walked > 500


def test_who_is_not_signed_in_is_asked_to(app: Flask, browser: Open, database: Database) -> None:
    stranger = browser()
    stranger.get("/sign-in")
    before = lines(database)
    for rule, method in routes(app):
        if ANYBODY in permission(rule.endpoint).roles:
            continue
        sent = {"csrf_token": stranger.token} if method == "POST" else None
        response = stranger.client.open(address(app, rule), method=method, data=sent)
        if method == "GET":
            assert response.status_code == 303, (rule.rule, response.status_code)
            assert "/sign-in" in response.headers["Location"], rule.rule
        else:
            assert response.status_code in (401, 404), (rule.rule, response.status_code)
            assert "サインイン" in response.text or response.status_code == 404, rule.rule
    assert lines(database) == before


@pytest.mark.timeout(300)
def test_what_a_role_may_do_is_there(app: Flask, browser: Open, people: dict[str, str]) -> None:
    """Every page of a role whose address names only what exists opens; none fails."""
    opened = 0
    for role, name in people.items():
        person = browser(name)
        for rule, method in routes(app):
            if method != "GET" or role not in permission(rule.endpoint).roles:
                continue
            response = person.client.get(address(app, rule))
            assert response.status_code in (200, 303, 404, 405, 409), (role, rule.rule, response.status_code)
            if set(rule.arguments) <= set(NAMES):
                expected = (200, 303, 409, 404) if rule.endpoint in ABSENT else (200, 303, 409)
                assert response.status_code in expected, (role, rule.rule, response.status_code)
                opened += 1
    assert opened > 60


ABSENT = frozenset(
    {
        "approving.show",
        "data.file",
        "board.ask_return",
        "entering.removal",
        "needs.need",
        "publishing.town",
        "replying.removal",
        "routing.cell",
    }
)
"""Pages of something that is not there in the prepared database: an approval, a submission, a row, a round, a cell."""


def test_anothers_objects_are_like_none(
    app: Flask, browser: Open, people: dict[str, str], database: Database, support_needs: Inquiry
) -> None:
    """What belongs to 三島町 and what does not exist answer 金山町 with the same page."""
    kept = keep_upload(database, support_needs, OWN, ("回答票.xlsx", b"x"), Who(None, "佐藤 花子", OPENED))
    mine = browser("mishima")
    mine.get("/inquiries/support_needs/colleagues")
    other = browser("kaneyama")
    for there, none in (
        (f"/inquiries/support_needs/uploads/{kept}", "/inquiries/support_needs/uploads/" + "0" * 32),
        (
            f"/inquiries/support_needs/uploads/{kept}/marked.xlsx",
            f"/inquiries/support_needs/uploads/{'0' * 32}/marked.xlsx",
        ),
        (f"/inquiries/support_needs/files/{kept}", f"/inquiries/support_needs/files/{'0' * 32}"),
        ("/inquiries/support_needs/receipts/1", "/inquiries/support_needs/receipts/77"),
        (f"/board/support_needs/{OWN}", "/board/support_needs/999999"),
        ("/board/support_needs", "/board/none"),
    ):
        found, missing = other.client.get(there), other.client.get(none)
        assert found.status_code == missing.status_code == 404, there
        assert _plain(found.text, there) == _plain(missing.text, none)


def _plain(page: str, path: str) -> str:
    """A page without its address and without what is new on every page."""
    return re.sub(r'value="[^"]*"', "", page.replace(path, ""))


def test_a_file_is_sent_only_where_the_table_says_so(app: Flask, browser: Open) -> None:
    division = browser("division")
    response = division.client.post(
        "/board/support_needs/close/keep",
        data={"csrf_token": division.token, "until": (io.BytesIO(b"x" * 3_000_000), "large.bin")},
    )
    assert response.status_code == 413
