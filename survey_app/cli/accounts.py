"""shokai account: who may sign in."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click
from sqlite_utils import Database

from survey_app import clock
from survey_app.cli.commands import Group, Option, Told, with_database
from survey_app.cli.failures import Failure, Misuse
from survey_app.cli.opening import opened
from survey_app.cli.words import spoken, tell
from survey_app.passwords import LONGEST, NOBODY, SHORTEST, hash_password
from survey_app.permissions import CONSULTED, ROLES, TOWN_HALL
from survey_app.store.accounts import Account, create_account, find_account
from survey_app.store.divisions import Division, listed, named
from survey_app.store.rosters import roster

account = Group(name="account", no_args_is_help=True, ja="利用者を登録する。", en="Add accounts.")


@account.command(
    cls=Told,
    ja="利用者を登録する。\n\n"
    "NAME はサインインに使う名前です。パスワードは画面で尋ねます（--password-stdin なら標準入力の1行目を使います）。",
    en="Add an account.\n\n"
    "NAME is what the person signs in with. The password is asked for (--password-stdin reads it from the first line).",
)
@click.argument("name")
@click.option(
    "--role",
    cls=Option,
    required=True,
    type=click.Choice(ROLES),
    ja="officer は市町村の担当者、approver は市町村の決裁者、division は県の照会担当、consulted は関係課、"
    "analyst は分析担当、administrator は管理者。",
    en="officer, approver: of a municipality; division: of the prefecture; consulted: of a relevant division; "
    "analyst; administrator.",
)
@click.option(
    "--municipality", cls=Option, ja="団体コード（officer と approver）。", en="The code (of a municipality)."
)
@click.option(
    "--division",
    cls=Option,
    ja="関係課の名前（consulted）。同じ名前の課があるときは「部局 課」。",
    en="The relevant division (of consulted); with its bureau when several bear the name.",
)
@click.option("--person", cls=Option, ja="氏名。既定は NAME。", en="The person's name; by default NAME.")
@click.option(
    "--password-stdin",
    cls=Option,
    is_flag=True,
    ja="パスワードを標準入力から読む。",
    en="Read the password from standard input.",
)
@with_database
def add(name: str, role: str, password_stdin: bool, database: Path, **place: str | None) -> None:
    """Add an account. ``place``: --municipality, --division and --person."""
    _check_place(role, place)
    sign_in_name = name.strip()
    if not sign_in_name or len(sign_in_name) > 100 or any(character.isspace() for character in sign_in_name):
        raise Failure(
            "NAME は空白を含まない100字以内の名前にしてください。",
            "NAME must have at most 100 characters and no spaces.",
        )
    with opened(database) as held:
        new, where = _new(held, sign_in_name, role, place)
        if find_account(held, sign_in_name) is not None:
            raise _taken(sign_in_name)
        password_hash = hash_password(_password(password_stdin))
        create_account(held, replace(new, password_hash=password_hash), clock.now())
        made = find_account(held, sign_in_name)
        if made is None or made.password_hash != password_hash:
            raise _taken(sign_in_name)
    tell(f"利用者「{sign_in_name}」（{where}）を登録しました。", f"The account “{sign_in_name}” ({where}) was added.")


def _check_place(role: str, place: Mapping[str, str | None]) -> None:
    if (role in TOWN_HALL) != (place["municipality"] is not None):
        raise Misuse(
            "--municipality は、officer と approver には必要で、ほかの役割には付けられません。",
            "--municipality is needed for an officer and an approver, and not allowed for others.",
        )
    if (role == CONSULTED) != (place["division"] is not None):
        raise Misuse(
            "--division は、consulted には必要で、ほかの役割には付けられません。",
            "--division is needed for consulted, and not allowed for others.",
        )


def _new(held: Database, sign_in_name: str, role: str, place: Mapping[str, str | None]) -> tuple[Account, str]:
    """Return the account without its password, and the name of where its person works."""
    code, division = place["municipality"], place["division"]
    new = Account(None, sign_in_name, place["person"] or sign_in_name, role, code, NOBODY)
    if code is not None:
        return new, _municipality(roster(held).name(code), code)
    if division is not None:
        found = known_division(held, division)
        return replace(new, consulted=found.id), found.full_name
    return new, "県"


def known_division(held: Database, name: str) -> Division:
    """Return a relevant division of today by its name. Raises Failure that names those that there are."""
    today = clock.now().date()
    found = named(held, name, today)
    if len(found) == 1:
        return found[0]
    known = "、".join(one.full_name for one in found or listed(held, today))
    if found:
        raise Failure(
            f"「{name}」という関係課は複数あります。部局を付けてください：{known}",
            f"Several relevant divisions are called “{name}”. Name the bureau, too: {known}",
        )
    raise Failure(
        f"「{name}」という関係課はありません。画面の「関係課」で加えてください（いまの関係課：{known or 'なし'}）。",
        f"There is no relevant division “{name}”. Add it on the page 関係課 (there are: {known or 'none'}).",
    )


def _municipality(name: str, code: str) -> str:
    if name == code:
        raise Failure(
            f"団体コード「{code}」は市町村の一覧にありません。6桁のコード（例：074446）を確かめてください。",
            f"The code “{code}” is not in the roster. Check it: six digits, such as 074446.",
        )
    return name


def _taken(name: str) -> Failure:
    return Failure(
        f"「{name}」という利用者はすでにあります（停止中のものを含みます）。別の名前にしてください。",
        f"There is an account “{name}” already (perhaps a disabled one). Choose another name.",
    )


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        prompt = spoken("パスワード", "Password")
        again = spoken("パスワード（確認）", "Password (again)")
        password = click.prompt(prompt, hide_input=True, confirmation_prompt=again, err=True)
    if not SHORTEST <= len(password) <= LONGEST:
        raise Failure(
            f"パスワードは{SHORTEST}字以上{LONGEST}字以内にしてください。登録していません。",
            f"The password must have {SHORTEST} to {LONGEST} characters. Nothing was added.",
        )
    return password
