"""The same database gives the same bytes, whatever the machine's time zone, language and order of hashes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from caging import cage_of

from survey_app.store.database import connect

ROOT = Path(__file__).parents[2]
HERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8", "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"}
ELSEWHERE = {"New York": {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"}}
TURKEY = {"TZ": "Asia/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"}
"""There an I has no dot in lower case; only where the machine has that language."""
KINDS = ("form ", "division ", "divisions ", "letter ", "letters", "list", "xlsform ", "compiled ", "versus", "data ")
_LOCALE = shutil.which("locale")
DATA = ("xlsx", "csv", "zip", "parquet", "sav", "dta")


def _speaks_turkish() -> bool:
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout if _LOCALE else ""
    return "tr_TR" in known


def _run(path: Path, folder: Path, settings: dict[str, str]) -> "subprocess.Popen[str]":
    folder.mkdir()
    own = Path(shutil.copy(path, folder / "own.db"))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    found = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "exports")))
    return subprocess.Popen(
        [sys.executable, ROOT / "tests" / "every_file.py", own, folder],
        stdout=subprocess.PIPE,
        env={**kept, **settings, "PYTHONPATH": found},
        cwd=ROOT,
        text=True,
    )


@pytest.mark.timeout(300)
def test_the_same_bytes_under_other_settings(path: Path, tmp_path: Path) -> None:
    with connect(path) as database:
        cage_of(database)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    settings = {"here": HERE, **ELSEWHERE, **({"Turkey": TURKEY} if _speaks_turkish() else {})}
    running = {name: _run(path, tmp_path / str(place), one) for place, (name, one) in enumerate(settings.items())}
    told = {name: process.communicate()[0] for name, process in running.items()}
    assert {process.returncode for process in running.values()} == {0}
    digests = {name: json.loads(text) for name, text in told.items()}
    here = digests.pop("here")
    assert {kind for kind in KINDS if not any(name.startswith(kind) for name in here)} == set()
    assert {form for form in DATA if not any(name.endswith(f".{form}") for name in here)} == set()
    for name, there in digests.items():
        assert there.keys() == here.keys(), name
        assert [file for file in here if here[file] != there[file]] == [], name
