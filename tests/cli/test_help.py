"""Every command has its help in both languages."""

import re

import click
import pytest
from running import run

from survey_app.cli.commands import Group, Option, Told
from survey_app.cli.main import COMMANDS, shokai
from survey_app.cli.pages import lines, width

KANA = re.compile(r"[ぁ-んァ-ヶ]")


def commands(group: Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words by which it is called."""
    found: list[tuple[tuple[str, ...], click.Command]] = [(path, group)]
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += commands(command, (*path, name)) if isinstance(command, Group) else [((*path, name), command)]
    return found


ALL = commands(shokai)


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "shokai" for path, _ in ALL])
def test_help_in_both_languages(path: tuple[str, ...], command: click.Command) -> None:
    assert isinstance(command, Told)
    assert KANA.search(command.words.ja)
    assert command.words.en
    assert not KANA.search(command.words.en)
    for option in command.params:
        if isinstance(option, click.Option):
            assert isinstance(option, Option), option.name
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", option.words.ja), option.name
            assert not KANA.search(option.words.en), option.name
    japanese, english = run(*path, "--help"), run(*path, "--help", language="en")
    assert (japanese.exit_code, english.exit_code) == (0, 0)
    assert "使い方" in japanese.stdout
    assert "Show this message" not in japanese.stdout
    assert not KANA.search(english.stdout)
    assert max(width(line) for line in japanese.stdout.splitlines()) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says(name: str) -> None:
    command = shokai.get_command(click.Context(shokai), name)
    assert isinstance(command, Told)
    assert COMMANDS[name][1].ja == command.words.ja.partition("\n")[0]
    assert COMMANDS[name][1].en == command.words.en.partition("\n")[0]


@pytest.mark.parametrize("path", [path for path, command in ALL if not isinstance(command, Group)])
def test_every_command_takes_a_database(path: tuple[str, ...]) -> None:
    without = {("questionnaire", "check"), ("questionnaire", "import"), ("questionnaire", "list")}
    assert ("--database" in run(*path, "--help").stdout) == (path not in without)


def test_lines_are_broken_where_japanese_allows_it() -> None:
    broken = list(lines("対象は、見出しに code のあるCSVか、1行に1団体コードのファイルです（例：072010）。", 20))
    assert all(width(line) <= 22 for line in broken)
    assert not any(line.startswith(("、", "。", "）")) or line.endswith("（") for line in broken)
    assert "".join(broken).replace(" ", "") == (
        "対象は、見出しにcodeのあるCSVか、1行に1団体コードのファイルです（例：072010）。"
    )
