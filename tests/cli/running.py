"""Runs the command line: in this process, or as people do, in one of its own."""

import os
import subprocess
import sysconfig
from pathlib import Path

from click.testing import CliRunner, Result

from survey_app.cli.main import shokai

SHOKAI = Path(sysconfig.get_path("scripts")) / "shokai"
DEADLINE = "2099-12-18T17:15"


def run(*arguments: object, language: str = "ja", typed: str = "", database: Path | None = None) -> Result:
    """Run a command in this process."""
    settings = {"SHOKAI_LANGUAGE": language, "SHOKAI_DATABASE": str(database) if database else None}
    return CliRunner().invoke(shokai, [str(one) for one in arguments], input=typed, env=settings, prog_name="shokai")


def done(*arguments: object, database: Path | None = None) -> Result:
    """Run a command that must succeed."""
    result = run(*arguments, database=database)
    assert result.exit_code == 0, result.output
    return result


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of a process of its own: no settings of this one but those given."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("SHOKAI_")}
    return {**known, **settings}


def process(*arguments: object, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, in a folder, as from a shell."""
    return subprocess.run(
        [str(SHOKAI), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(**settings),
        timeout=60,
        check=False,
    )
