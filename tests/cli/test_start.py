"""Commands that need no pandas start at once, and end with the code that a shell expects."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from running import DEADLINE, process

from questions.reading import catalogue

CATALOGUE = Path(__file__).parents[2] / "questions/catalogue"
SECONDS = 0.3
"""The aim on an idle machine. The processor's time is compared, the best of some runs: others share the machine."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in it."""
    made = tmp_path_factory.mktemp("start")
    assert process("init", folder=made).returncode == 0
    return made


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("inquiry", "--help"),
        ("questionnaire", "check", CATALOGUE / "support_needs.toml"),
        ("inquiry", "list"),
        ("init",),
    ],
    ids=lambda arguments: " ".join(Path(str(one)).name for one in arguments),
)
def test_a_command_without_tables_starts_at_once(arguments: tuple[object, ...], folder: Path) -> None:
    taken = []
    for _ in range(6):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert process(*arguments, folder=folder).returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) <= SECONDS * 1.5, f"{min(taken):.2f} s"


def test_what_starts_at_once_loads_no_tables_and_no_web(folder: Path) -> None:
    program = (
        "import sys\n"
        "from survey_app.cli.main import shokai\n"
        "for arguments in (['--help'], ['inquiry', 'list'], ['questionnaire', 'list']):\n"
        "    try: shokai.main(arguments, prog_name='shokai')\n"
        "    except SystemExit as end: assert not end.code\n"
        "heavy = ('pandas', 'numpy', 'flask', 'flask_babel', 'xlsxwriter', 'openpyxl', 'granian', 'rich')\n"
        "print([name for name in heavy if name in sys.modules])\n"
        "import pandas\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=folder)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_exit_codes_and_streams(folder: Path) -> None:
    listed = process("questionnaire", "list", folder=folder)
    assert (listed.returncode, len(listed.stdout.splitlines()), listed.stderr) == (0, len(catalogue()), "")
    failed = process("inquiry", "open", "support_needs", "--deadline", "2001-01-01", folder=folder)
    assert (failed.returncode, failed.stdout) == (1, "")
    misused = process("inquiry", "open", "support_needs", folder=folder)
    assert (misused.returncode, misused.stdout) == (2, "")
    opened = process("inquiry", "open", "support_needs", "--deadline", DEADLINE, folder=folder)
    assert (opened.returncode, opened.stdout) == (0, "")
    assert "support_needs" in opened.stderr
    for ended in (failed, misused, opened):
        assert "Traceback" not in ended.stderr


def test_a_usual_terminal_of_another_country_can_read_it(folder: Path) -> None:
    """A machine whose own encoding knows no Japanese gets the message all the same."""
    failed = process("inquiry", "open", "x", "--deadline", DEADLINE, folder=folder, LC_ALL="C", PYTHONUTF8="0")
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
