"""How commands are made: in both languages, loaded when called, with the database that each of them takes."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from survey_app.cli import failures
from survey_app.cli.pages import Page
from survey_app.cli.words import Words, spoken

Callback = TypeVar("Callback", bound=Callable[..., Any])
DATABASE = Path("var/shokai.db")


class Context(click.Context):
    """A call of a command."""

    formatter_class = Page


class Told(click.Command):
    """A command with its help in both languages."""

    context_class = Context

    def __init__(self, *args: Any, ja: str = "", en: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.words = Words(ja, en)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        self.help = str(self.words)
        super().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line of the help."""
        return str(self.words).partition("\n")[0]


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, ja: str, en: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.words = Words(ja, en)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of the help."""
        self.help = str(self.words)
        return super().get_help_record(ctx)


class Group(Told, click.Group):
    """Commands that are loaded when one of them is called.

    ``lazy`` names the object of each command as module:attribute, with the first line of its help, so that the list
    of commands loads none of them.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, Words]] | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in their order."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        with unseen("pandas", "numpy"):
            command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands."""
        rows = [(name, str(words)) for name, (_, words) in self.lazy.items()]
        rows += [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class Root(Group):
    """The whole command line: it says in people's words what went wrong, and ends with 0, 1 or 2."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run one command and end the process."""
        settings["standalone_mode"] = False
        sys.exit(self._ended(*args, **settings))

    def _ended(self, *args: Any, **settings: Any) -> int:
        try:
            outcome = super().main(*args, **settings)
        except click.UsageError as misuse:
            failures.show_misuse(misuse)
            return failures.MISUSED
        except click.ClickException as failure:
            failures.show(failure.format_message())
            return failure.exit_code
        except click.Abort:
            failures.show(
                spoken("中断しました。保存済みのものは残っています。", "Interrupted. What was saved is kept.")
            )
            return failures.INTERRUPTED
        except Exception as error:
            words = failures.explained(error)
            if words is None:
                raise
            failures.show(str(words))
            return failures.FAILED
        return outcome if isinstance(outcome, int) else 0


@contextmanager
def unseen(*packages: str) -> Iterator[None]:
    """Let what is imported meanwhile not find some packages, unless they are loaded already.

    sqlite-utils imports pandas (half a second) wherever it is installed, only to know the types of its values, of
    which we store none.
    """
    hidden = [package for package in packages if package not in sys.modules]
    for package in hidden:
        sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for package in hidden:
            sys.modules.pop(package, None)


def with_database(command: Callback) -> Callback:
    """Give a command the option --database."""
    return click.option(
        "--database",
        cls=Option,
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="SHOKAI_DATABASE",
        show_envvar=True,
        default=DATABASE,
        show_default=True,
        ja="データベースのファイル。",
        en="The file of the database.",
    )(command)
