"""shokai account: who may sign in."""

import sys
from pathlib import Path

import click

from survey_app import clock
from survey_app.cli.commands import Group, Option, Told, with_database
from survey_app.cli.failures import Failure, Misuse
from survey_app.cli.opening import opened
from survey_app.cli.words import spoken, tell
from survey_app.passwords import LONGEST, SHORTEST, hash_password
from survey_app.store.accounts import Account, create_account, find_account
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
    type=click.Choice(["officer", "approver", "division"]),
    ja="officer は市町村の担当者、approver は市町村の決裁者、division は県の担当者。",
    en="officer and approver: of a municipality; division: of the prefecture.",
)
@click.option(
    "--municipality", cls=Option, ja="団体コード（officer と approver）。", en="The code (of a municipality)."
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
def add(
    name: str, role: str, municipality: str | None, person: str | None, password_stdin: bool, database: Path
) -> None:
    """Add an account."""
    if (role == "division") == (municipality is not None):
        raise Misuse(
            "--municipality は、officer と approver には必要で、division には付けられません。",
            "--municipality is needed for an officer and an approver, and not allowed for the division.",
        )
    sign_in_name = name.strip()
    if not sign_in_name or len(sign_in_name) > 100 or any(character.isspace() for character in sign_in_name):
        raise Failure(
            "NAME は空白を含まない100字以内の名前にしてください。",
            "NAME must have at most 100 characters and no spaces.",
        )
    with opened(database) as held:
        place = "県" if municipality is None else _municipality(roster(held).name(municipality), municipality)
        if find_account(held, sign_in_name) is not None:
            raise _taken(sign_in_name)
        password_hash = hash_password(_password(password_stdin))
        new = Account(0, sign_in_name, person or sign_in_name, role, municipality, password_hash)
        create_account(held, new, clock.now())
        made = find_account(held, sign_in_name)
        if made is None or made.password_hash != password_hash:
            raise _taken(sign_in_name)
    tell(f"利用者「{sign_in_name}」（{place}）を登録しました。", f"The account “{sign_in_name}” ({place}) was added.")


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
