"""Sample replies: the same for the same seed, in every state, and none with a problem."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from random import Random

import pytest
from running import DEADLINE, done, run
from sqlite_utils import Database

from questions.answers import Answers
from questions.checking import Examination
from questions.life import NotAllowed, State
from questions.reading import catalogue, read_catalogue, read_toml
from questions.setting import Roster, Setting
from survey_app import sample
from survey_app.clock import TOKYO
from survey_app.rosters.reading import read_own_roster
from survey_app.store.audit import Who
from survey_app.store.database import connect
from survey_app.store.inquiries import Inquiry, NewInquiry, find_inquiry, open_inquiry, standings
from survey_app.store.rosters import roster
from survey_app.store.submissions import last_submissions

OPENED = datetime(2026, 11, 24, 10, tzinfo=TOKYO)
ENDS = datetime(2026, 12, 18, 17, 15, tzinfo=TOKYO)
FUKUSHIMA = Roster(line.municipality for line in read_own_roster("fukushima"))
JAPAN = Roster(line.municipality for line in read_own_roster("japan"))
DAY = date(2026, 12, 7)
MORE = """
[[sections]]
name = "Y"
title = { ja = "節", en = "Section" }
[[sections.questions]]
name = "Y1"
kind = "line"
required = true
label = { ja = "問", en = "Question" }
"""


def opened(path: Path, name: str = "support_needs", at: datetime = OPENED) -> tuple[Database, Inquiry]:
    """Make a database with one inquiry."""
    done("init", database=path)
    database = connect(path)
    asked = read_catalogue(name)
    codes = tuple(one.code for one in roster(database))
    new = NewInquiry(name, asked.title.ja, "県", "", asked, ENDS, codes)
    return database, open_inquiry(database, new, Who(None, "test", at))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Database, Inquiry]]:
    """A database with the inquiry of support_needs."""
    database, inquiry = opened(tmp_path / "shokai.db")
    yield database, inquiry
    database.close()


def hand_in(database: Database, inquiry: Inquiry, replies: int, seed: int = 1) -> tuple[sample.Part, ...]:
    return sample.hand_in(database, inquiry, sample.Run(replies, seed), lambda _number: None)


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("nil", [True, False, None])
def test_what_is_filled_in_can_be_handed_in(name: str, nil: bool | None) -> None:
    questionnaire = read_catalogue(name)
    for number, one in enumerate([*FUKUSHIMA, *list(JAPAN)[:: 60 if name == "support_needs" else 300]]):
        known = FUKUSHIMA if one.code in FUKUSHIMA and number < len(FUKUSHIMA) else JAPAN
        setting = Setting(known, one.code, DAY)
        answers = sample.contents(questionnaire, setting, Random(f"{one.code}"), nil=nil)
        examination = Examination(questionnaire, answers, setting)
        assert examination.blocking() == ()
        assert {place for place, entry in answers.entries.items() if entry.problems} == set()
        assert [place for place in answers.entries if not examination.asked(place[1], place[0])] == []
        if nil:
            assert examination.nil


def test_officers_type_in_many_ways() -> None:
    def texts(question: str) -> set[str]:
        entries = [item for answers in made for item in answers.entries.items()]
        return {text for place, entry in entries if place[1] == question for text in entry.texts}

    questionnaire = read_catalogue("support_needs")
    made: list[Answers] = [
        sample.contents(questionnaire, Setting(FUKUSHIMA, one.code, DAY), Random(f"{seed}/{one.code}"))
        for one in FUKUSHIMA
        for seed in range(3)
    ]
    amounts, days, choices = texts("T1"), texts("A8"), texts("D2")
    assert any("," in text for text in amounts)
    assert any("，" in text for text in amounts)
    assert any(text.endswith("千円") for text in amounts)
    assert {text[0] for text in days} >= {"R", "令", "2"}
    assert {"HR", "人事交流の拡大"} <= choices
    details = texts("D6")
    assert {len(text) for text in details} & {800}
    assert any(text.startswith(("-", "=")) for text in details)
    assert any("𠮟" in text for text in texts("D7"))
    subjects = texts("D5")
    assert all(2 < len(text) <= 40 and text.count("（") == text.count("）") for text in subjects)


def test_nobody_lives_there_and_yet_it_answers() -> None:
    questionnaire = read_catalogue("support_needs")
    futaba = FUKUSHIMA["075469"]
    assert futaba.population == 0
    for seed in range(40):
        setting = Setting(FUKUSHIMA, futaba.code, DAY)
        assert (
            Examination(questionnaire, sample.contents(questionnaire, setting, Random(seed)), setting).blocking() == ()
        )


def test_the_run_of_the_issue_leaves_every_state(fresh: tuple[Database, Inquiry]) -> None:
    database, inquiry = fresh
    hand_in(database, inquiry, 52)
    standing = standings(database, inquiry)
    states = Counter(one.state for one in standing)
    assert states == {
        State.SUBMITTED: 31,
        State.ACCEPTED: 17,
        State.RETURNED: 2,
        State.DRAFT: 4,
        State.AWAITING_APPROVAL: 1,
        State.NOT_STARTED: 4,
    }
    assert sum(one.number is not None for one in standing) == 52
    assert sum(one.being_corrected for one in standing) == 4
    assert sum(bool(one.nil) for one in standing) == 7
    assert sum(one.number == 2 for one in standing) == 2
    needs = [len(handed.contents.row_ids("D")) for handed in last_submissions(database, inquiry) if not handed.nil]
    assert (min(needs), max(needs)) == (1, 6)


def test_moments_are_those_of_an_office(fresh: tuple[Database, Inquiry]) -> None:
    database, inquiry = fresh
    hand_in(database, inquiry, 52)
    handed = list(last_submissions(database, inquiry))
    assert all(OPENED < one.submitted_at < ENDS and one.submitted_at.weekday() < 5 for one in handed)
    assert all(8 <= one.submitted_at.hour < 18 for one in handed)
    assert len({one.submitted_at.date() for one in handed}) > 8
    assert all(OPENED.date() <= one.contents.value("A8") <= one.submitted_at.date() for one in handed)
    told = [row[0] for row in database.execute("SELECT at FROM event WHERE inquiry = ? ORDER BY id", [inquiry.id])]
    assert told == sorted(told)


@pytest.mark.parametrize("name", catalogue())
def test_the_same_seed_gives_the_same_replies(name: str, tmp_path: Path) -> None:
    """In two databases, opened at different hours of one day; another seed gives others."""
    digests = []
    for number, (seed, hour) in enumerate([(1, 10), (1, 15), (2, 10)]):
        database, inquiry = opened(tmp_path / f"{number}.db", name, OPENED.replace(hour=hour))
        hand_in(database, inquiry, 30, seed)
        rows = database.execute("SELECT receipt, digest, submitted_at FROM submission ORDER BY receipt")
        digests.append([tuple(row) for row in rows])
        database.close()
    assert digests[0] == digests[1]
    assert {digest for _, digest, _ in digests[0]}.isdisjoint(digest for _, digest, _ in digests[2])


def test_replies_that_there_are_stay_untouched(fresh: tuple[Database, Inquiry]) -> None:
    database, inquiry = fresh
    first = {part.municipality for part in hand_in(database, inquiry, 10)}
    before = {row[0]: row[1] for row in database.execute("SELECT municipality, revision FROM reply")}
    second = {part.municipality for part in hand_in(database, inquiry, 10, seed=2)}
    assert first.isdisjoint(second)
    after = {row[0]: row[1] for row in database.execute("SELECT municipality, revision FROM reply")}
    assert {code: after[code] for code in before} == before


def test_too_many_change_nothing(fresh: tuple[Database, Inquiry]) -> None:
    database, inquiry = fresh
    with pytest.raises(sample.TooFewTargets):
        hand_in(database, inquiry, 60)
    assert database.table("reply").count == 0
    assert database.table("account").count == 0


def test_a_closed_inquiry_takes_none(fresh: tuple[Database, Inquiry]) -> None:
    database, inquiry = fresh
    database.execute("UPDATE inquiry SET closed_at = '2026-11-25T00:00:00+09:00'")
    closed = find_inquiry(database, inquiry.name)
    with pytest.raises(NotAllowed) as refused:
        hand_in(database, closed, 3)
    assert refused.value.reason == "closed"
    assert database.table("reply").count == 0
    path = Path(database.execute("PRAGMA database_list").fetchone()["file"])
    told = run("sample", "support_needs", "--replies", 3, database=path)
    assert (told.exit_code, "締め切られて" in told.stderr) == (1, True)


def test_a_short_inquiry(tmp_path: Path) -> None:
    """Opened an hour before its deadline: all replies come within it."""
    database, inquiry = opened(tmp_path / "shokai.db", at=ENDS.replace(hour=16))
    hand_in(database, inquiry, 20)
    moments = [one.submitted_at for one in last_submissions(database, inquiry)]
    assert all(ENDS.replace(hour=16) < moment < ENDS for moment in moments)
    database.close()


def test_other_questionnaires_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "own"\ntitle = { ja = "題", en = "T" }\nstyle = { ja = "様式", en = "S" }\n'
        '[[sections]]\nname = "A"\ntitle = { ja = "節", en = "S" }\n'
        '[[sections.questions]]\nname = "Q1"\nkind = "line"\nlabel = { ja = "問", en = "Q" }\n',
        encoding="utf-8",
    )
    questionnaire = read_toml(own.read_text(encoding="utf-8"))
    with pytest.raises(sample.NoSample):
        sample.contents(questionnaire, Setting(FUKUSHIMA, "074446", DAY), Random(1))
    done("inquiry", "open", own, "--deadline", DEADLINE, database=path)
    refused = run("sample", "own", "--replies", 1, database=path)
    assert (refused.exit_code, "見本は作れません" in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("# ---- Rules over several answers", f"{MORE}# ----", "Y1: "),
        ("full = {", "whole = {", "見本は作れません"),
    ],
)
def test_a_changed_questionnaire_is_refused_at_once(before: str, after: str, said: str, tmp_path: Path) -> None:
    path, own = tmp_path / "shokai.db", tmp_path / "own.toml"
    done("init", database=path)
    written = resources.files("questions.catalogue").joinpath("grant_small.toml").read_text(encoding="utf-8")
    own.write_text(written.replace(before, after), encoding="utf-8")
    done("inquiry", "open", own, "--deadline", DEADLINE, database=path)
    refused = run("sample", "grant_small", "--replies", 3, database=path)
    assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("SELECT count(*) FROM reply").fetchone() == (0,)


def test_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    assert "提出 52団体" in done("sample", "support_needs", "--replies", 52, "--seed", 1, database=path).stderr
    listed = done("inquiry", "list", database=path).stdout
    assert "対象59 提出52（うち受付17）" in listed
    refused = run("sample", "support_needs", "--replies", 52, database=path)
    assert refused.exit_code == 1
    assert "--replies を4以下に" in refused.stderr
    assert done("doctor", database=path).stdout.count("○") == 9
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("SELECT count(*) FROM submission").fetchone() == (54,)
