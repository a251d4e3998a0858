"""What the command line says when there is no room: which file, what to do; nothing half made is left."""

import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from running import DEADLINE, SHOKAI, done, environment

ROOM = 48_000  # bytes that a file may have; that beside the database which its readers share has 32,768
Limited = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "shokai.db"
    done("init", database=path)
    done("inquiry", "open", "support_needs", "--deadline", DEADLINE, database=path)
    done("sample", "support_needs", "--replies", 50, "--seed", 1, database=path)
    return path


@pytest.fixture
def limited(filled: Path, tmp_path: Path) -> Limited:
    """Runs a command that finds room for small files only."""

    def called(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(SHOKAI), *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment(SHOKAI_DATABASE=str(filled), SHOKAI_LANGUAGE="ja"),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)),
            timeout=60,
            check=False,
        )

    return called


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "support_needs", "-o", "取りまとめ.xlsx"),
        ("export", "support_needs", "--data", "データ.xlsx"),
        ("export", "support_needs", "--data", "データ.csv"),
        ("export", "support_needs", "--data", "データ.parquet"),
        ("export", "support_needs", "--data", "データ.sav"),
        ("export", "support_needs", "--data", "データ.dta"),
        ("backup", "控え.db"),
    ],
)
def test_it_is_said_which_file_found_no_room(limited: Limited, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    there = tmp_path / arguments[-1]
    there.with_name("前の" + there.name).write_text("前のもの", encoding="utf-8")
    found = limited(*arguments)
    assert found.returncode == 1, found.stderr
    assert "Traceback" not in found.stderr
    assert arguments[-1] in found.stderr
    assert "空き容量が足りない" in found.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["前の" + there.name]
