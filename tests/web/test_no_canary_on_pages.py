"""No need and no name reaches a reader who may not see it, on no page that a role may open, with anybody's ids."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from caging import cage_of
from canaries import ANSWERS, DRAFTING, NEED, THIRD, Cage, Canary, named
from every_part import found_in, plain
from flask import Flask
from flask.testing import FlaskClient
from town import DEADLINE, OTHER, OWN, PASSWORD, Clock, fukushima

from survey_app.factory import create_app
from survey_app.permissions import ANYBODY, permission, routes_of
from survey_app.store.database import connect
from survey_app.store.rounds import asked, rounds

SAID = frozenset({"R2", "R3", "R5", "R6", "R7"})
TO_THE_TOWN = ANSWERS | {"row", "control", "message", "reason", "opinion", "follow-up", "in charge", "recipient"}
"""What a town hall must find on its pages, of its own."""
BESIDE = frozenset({"officer", "present", "upload", "comment", "file", "content", "Q"})
"""What it may find, of its own."""
NAMES = {one.code: one.name for one in fukushima()}


@contextmanager
def opened(prepared: Path, folder: Path) -> Iterator[tuple[Cage, Flask]]:
    """The inquiry with its canaries, and the application over it."""
    path = Path(shutil.copy(prepared, folder / "caged.db"))
    with connect(path) as database:
        cage = cage_of(database)
        app = create_app({"database": path, "now": Clock(DEADLINE)})
        app.testing = True
        yield cage, app


@pytest.fixture(scope="module")
def made(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cage, Flask]]:
    """The same for all tests that only read."""
    with opened(prepared, tmp_path_factory.mktemp("pages")) as found:
        yield found


@dataclass
class Reader:
    """Somebody who opens every page that there is, with the ids of everybody, and follows every link."""

    app: Flask
    cage: Cage
    client: FlaskClient
    role: str
    seen: dict[str, bytes] = field(default_factory=dict)

    def read(self) -> None:
        """Open everything."""
        waiting = ["/", *self.addresses()]
        while waiting:
            address = waiting.pop()
            if address in self.seen:
                continue
            response = self.client.get(address)
            assert response.status_code in (200, 303, 400, 404, 405, 409, 410), (address, response.status_code)
            is_page = response.mimetype == "text/html"
            self.seen[address] = plain(response.text, address) if is_page else response.data
            told = response.headers.get("Location", "") + response.headers.get("Content-Disposition", "")
            self.seen[address] += b"" if response.data.startswith(b"PK") else told.encode()
            if is_page and response.status_code == 200:
                links = (unescape(one).partition("#")[0] for one in re.findall(r'href="(/[^"]*)"', response.text))
                waiting += [one for one in links if not one.startswith("/static/")]

    def send(self) -> list[bytes]:
        """Send a form to every address that takes one; return what comes back."""
        token = re.search(r'name="csrf_token" value="([^"]*)"', self.client.get("/account/").text)
        assert token
        answers = []
        for address in self.addresses("POST"):
            if address.startswith("/sign"):
                continue
            response = self.client.post(address, data={"csrf_token": token[1]}, follow_redirects=True)
            assert response.status_code != 500, address
            answers.append(plain(response.text, address))
        return answers

    def addresses(self, method: str = "GET") -> list[str]:
        """Every address of the role's pages."""
        cage, found = self.cage, []
        rows = [one.row for one in cage.canaries if one.what == "row"]
        values = {
            "inquiry": ["support_needs", "with_files", "cooperation_cases"],
            "section": [*"ABHTLDZ", "S", "U"],
            "table": ["D", "L4"],
            "row": [*rows[:3], *rows[12:14], *rows[-2:], "new"],
            "number": [1, 2],
            "upload": cage.uploads,
            "identity": cage.files,
            "control": [one.text for one in cage.canaries if one.what == "control"],
        }
        if method == "POST":
            values |= {name: some[::2] for name, some in values.items() if name in ("section", "row", "control")}
        with self.app.test_request_context():
            adapter = self.app.url_map.bind("localhost")
            for rule in self.app.url_map.iter_rules():
                opened = rule.endpoint in set(routes_of(self.role)) or ANYBODY in permission(rule.endpoint).roles
                if not opened or method not in (rule.methods or ()) or rule.endpoint == "static":
                    continue
                if "token" in rule.arguments:
                    continue  # opens for whoever has it, and is closed to whoever tries many
                names = sorted(rule.arguments)
                for chosen in product(*(values.get(name, ["none"]) for name in names)):
                    found.append(adapter.build(rule.endpoint, dict(zip(names, chosen, strict=True))))
        return found

    def found(self) -> set[Canary]:
        """The canaries that stand on any of the pages, or in any of the files."""
        return {one for content in self.seen.values() for one in found_in(content, self.cage.canaries)[0]}


def reader(made: tuple[Cage, Flask], name: str, role: str, *, read: bool = True) -> Reader:
    """Sign somebody in, and let them read."""
    cage, app = made
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get("/sign-in").text)
    assert token
    sent = {"csrf_token": token[1], "sign_in_name": name, "password": PASSWORD}
    assert client.post("/sign-in", data=sent).status_code == 303
    found = Reader(app, cage, client, role)
    if read:
        found.read()
    return found


def check(cage: Cage, found: set[Canary], must: set[Canary], may: set[Canary]) -> None:
    """What was found is what may be read, and all that must be."""
    assert named(found - must - may) == [], "read by somebody who may not"
    assert named(must - found) == [], "the canaries are not where they should be"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("town", "role"), [(OWN, "officer"), (OTHER, "officer"), (THIRD, "officer"), (DRAFTING, "approver")]
)
def test_a_town_hall_reads_its_own_and_what_is_shared(made: tuple[Cage, Flask], town: str, role: str) -> None:
    cage = made[0]
    someone = reader(made, "approver" if role == "approver" else f"o{town}", role)
    assert len(someone.seen) > 100
    check(cage, someone.found(), {one for one in cage.canaries if _for_a_town(cage, town, one)}, _own(cage, town))
    asked_for_files = "別紙のある照会".encode() in b"".join(someone.seen.values())
    assert asked_for_files is (town in (OWN, OTHER)), "an inquiry to others is none"


def _for_a_town(cage: Cage, town: str, one: Canary) -> bool:
    told, shared = cage.told(town), cage.shared()
    own = one.town == town and (one.what in TO_THE_TOWN or one.what.removeprefix("unsaid ") in ANSWERS)
    listed = one.what in ("D5", "D6") and one.key in shared
    heard = one.what in SAID and (one.key in told or (one.key in shared.values() and one.what != "R7"))
    return own or listed or heard or (one.what == "follow-up" and one.key in told)


def _own(cage: Cage, town: str) -> set[Canary]:
    return {one for one in cage.canaries if one.town == town and one.what in BESIDE}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["tax", "people", "third"])
def test_a_division_reads_what_it_is_asked(made: tuple[Cage, Flask], who: str) -> None:
    cage = made[0]
    division = cage.third if who == "third" else getattr(cage.desk, who)
    someone = reader(made, f"d{division}", "consulted")
    assert len(someone.seen) > 100
    must = {one for one in cage.canaries if _for_a_division(cage, division, one)}
    beside = {other for other, first in cage.merged.items() if first in _keys(cage, division)}
    may = {one for one in cage.canaries if one.key in beside and one.what == "row"}
    may |= {one for one in cage.canaries if one.division == division and one.what == "upload"}
    said_by = {key[0] for key in beside | _keys(cage, division)}  # they sign what they said to what they were told
    may |= {one for one in cage.canaries if one.town in said_by and one.what == "officer"}
    check(cage, someone.found(), must, may)
    text = b"".join(someone.seen.values()).decode("utf-8", "replace")
    hidden = (DRAFTING, THIRD, OTHER) if who == "third" and not beside else (DRAFTING,)
    assert [NAMES[town] for town in hidden if NAMES[town] in text or town in text] == []


def _keys(cage: Cage, division: int) -> set[tuple[str, str]]:
    held = rounds(cage.database, cage.inquiry)
    return {one.key for round_ in held for one in asked(cage.database, round_, division=division)}


def _for_a_division(cage: Cage, division: int, one: Canary) -> bool:
    """Its needs with those that are one matter, and the responses of rounds in which it was asked."""
    keys, first_round = _keys(cage, division), asked(cage.database, cage.first, division=division)
    beside = {other for other, first in cage.merged.items() if first in keys}
    needs = (one.key in keys and one.what in (*NEED, "row", "control")) or (
        one.key in beside and one.what in (*NEED, "control")
    )
    told = one.key in {line.key for line in first_round} and one.what.removeprefix("unsaid ") in SAID
    own = one.division == division and one.what in ("remark", "consultant")
    return needs or told or own or one.what == "request" or (one.key in keys | beside and one.what == "opinion")


@pytest.mark.timeout(300)
def test_a_colleague_reads_one_section(made: tuple[Cage, Flask]) -> None:
    """A link opens its own section: not the needs, not the contacts, nothing that was said about the reply."""
    cage, app = made
    client = app.test_client()
    here = f"/shared/{cage.links[OWN]}"
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(here).text)
    assert token
    assert client.post(here, data={"csrf_token": token[1]}).status_code == 303
    someone = Reader(app, cage, client, "colleague")
    someone.read()
    own = [one for one in cage.canaries if one.town == OWN]
    must = {one for one in own if one.what in ("Z1", "Z2", "recipient")}
    check(cage, someone.found(), must, {one for one in own if one.what == "officer"})


def test_nobody_reads_nothing(made: tuple[Cage, Flask]) -> None:
    cage, app = made
    someone = Reader(app, cage, app.test_client(), "anybody")
    someone.read()
    check(cage, someone.found(), set(), set())


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "role", "town"), [(f"o{OTHER}", "officer", OTHER), ("d1", "consulted", "")])
def test_what_is_sent_with_anothers_ids_tells_nothing(
    prepared: Path, tmp_path: Path, name: str, role: str, town: str
) -> None:
    """Forms that are sent to others' rows, needs, files and links: whatever comes back holds nothing of theirs."""
    with opened(prepared, tmp_path) as (cage, app):
        someone = reader((cage, app), name, role, read=False)
        answers = someone.send()
        assert len(answers) > 50
        found = {one for content in answers for one in found_in(content, cage.canaries)[0]}
        if town:
            must = {one for one in cage.canaries if _for_a_town(cage, town, one)} | _own(cage, town)
        else:
            must = {one for one in cage.canaries if _for_a_division(cage, 1, one) or one.division == 1}
            must |= {one for one in cage.canaries if one.what == "officer" and one.town != DRAFTING}
        assert named(found - must) == []
        assert found
