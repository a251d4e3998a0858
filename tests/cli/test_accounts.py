"""Accounts, and their passwords."""

from pathlib import Path

import pytest
from running import done, run

from survey_app.passwords import LONGEST, NOBODY, hash_password, verify_password
from survey_app.store.accounts import find_account
from survey_app.store.database import connect


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
    ("arguments", "typed", "said"),
    [
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
