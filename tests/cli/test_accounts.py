"""Accounts, and their passwords."""

from pathlib import Path

import pytest
from running import done, run

from survey_app.passwords import LONGEST, NOBODY, hash_password, verify_password
from survey_app.store.accounts import find_account
from survey_app.store.database import connect
from survey_app.store.divisions import listed


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A new database."""
    path = tmp_path / "shokai.db"
    done("init", database=path)
    return path


def test_an_officer_signs_in_with_the_password(database: Path) -> None:
    add = ("account", "add", "hanako", "--role", "officer", "--municipality", "074446", "--person", "髙橋 花子")
    added = run(*add, "--password-stdin", typed="ひみつの合いことば\n", database=database)
    assert (added.exit_code, "三島町" in added.stderr) == (0, True)
    with connect(database) as held:
        account = find_account(held, "hanako")
    assert account is not None
    assert (account.name, account.role, account.municipality) == ("髙橋 花子", "officer", "074446")
    assert "ひみつ" not in account.password_hash
    assert verify_password("ひみつの合いことば", account.password_hash)


def test_the_password_is_asked_for_twice(database: Path) -> None:
    add = ("account", "add", "taro", "--role", "division")
    added = run(*add, typed="long enough\nlong enough\n", database=database)
    assert added.exit_code == 0, added.output
    assert "long enough" not in added.output


@pytest.mark.parametrize(
    ("role", "more", "place"),
    [
        ("consulted", ("--division", "税務課"), "税務課"),
        ("consulted", ("--division", "総務部 税務課"), "税務課"),
        ("analyst", (), ""),
        ("administrator", (), ""),
    ],
)
def test_every_role_can_be_added(role: str, more: tuple[str, ...], place: str, database: Path) -> None:
    add = ("account", "add", "someone", "--role", role, *more, "--password-stdin")
    added = run(*add, typed="long enough\n", database=database)
    assert added.exit_code == 0, added.output
    with connect(database) as held:
        account = find_account(held, "someone")
    assert account is not None
    assert (account.role, account.place, account.municipality) == (role, place, None)


@pytest.mark.parametrize(
    "more", [(), ("--municipality", "074446"), ("--division", "税務課", "--municipality", "074446")]
)
def test_a_place_that_does_not_go_with_the_role(more: tuple[str, ...], database: Path) -> None:
    for role in ("consulted", "officer", "analyst"):
        if not (role == "officer" and more == ("--municipality", "074446")) and (more or role != "analyst"):
            refused = run("account", "add", "x", "--role", role, *more, "--password-stdin", typed="", database=database)
            assert refused.exit_code == 2, (role, more)


def test_the_divisions_whose_names_are_confirmed_are_there_from_the_start(database: Path) -> None:
    done("init", database=database)
    with connect(database) as held:
        names = [one.name for one in listed(held)]
    assert names == ["市町村行政課", "人事課", "職員研修課", "税務課", "市町村財政課", "災害対策課"]


def test_another_prefecture_starts_without_divisions(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("code,name,kana,kind,bureau,county,population\n011002,札幌市,,市,石狩,,\n", encoding="utf-8")
    done("init", "--roster", roster, database=tmp_path / "other.db")
    with connect(tmp_path / "other.db") as held:
        assert listed(held) == ()


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("x", "--role", "consulted", "--division", "なぞ課"), "long enough\n", "なぞ課"),
        (("x", "--role", "division"), "short\n", "8字以上"),
        (("x", "--role", "division"), "\n", "8字以上"),
        (("x", "--role", "division"), "x" * (LONGEST + 1), "200字以内"),
        (("x", "--role", "officer", "--municipality", "011002"), "long enough\n", "011002"),
        (("x y", "--role", "division"), "long enough\n", "空白"),
        (("taken", "--role", "division"), "long enough\n", "すでにあります"),
    ],
)
def test_refused(arguments: tuple[str, ...], typed: str, said: str, database: Path) -> None:
    run("account", "add", "taken", "--role", "division", "--password-stdin", typed="first one\n", database=database)
    refused = run("account", "add", *arguments, "--password-stdin", typed=typed, database=database)
    assert (refused.exit_code, said in refused.stderr) == (1, True)
    with connect(database) as held:
        kept = find_account(held, "taken")
        assert held.table("account").count == 1
    assert kept is not None
    assert verify_password("first one", kept.password_hash)


def test_passwords() -> None:
    secret = hash_password("ひみつの合いことば")
    assert secret != hash_password("ひみつの合いことば")
    assert verify_password("ひみつの合いことば", secret)
    for wrong in ("ひみつの合いことば ", "", "x" * 100_000):
        assert not verify_password(wrong, secret)
    for nobody in (None, NOBODY, "", "$argon2id$broken"):
        assert not verify_password("", nobody)
        assert not verify_password("!", nobody)
