"""shokai serve: says where it is, answers, and ends when it is told to."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest
from running import SHOKAI, done, run


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A new database."""
    path = tmp_path / "shokai.db"
    done("init", database=path)
    return path


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answer(address: str, within: float = 20) -> int:
    """Wait until a page answers; return its status."""
    end = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_answers_and_ends(database: Path, tmp_path: Path) -> None:
    port = free_port()
    command = [str(SHOKAI), "serve", "--port", str(port), "--workers", "2", "--database", database.name]
    told = tmp_path / "told"
    with told.open("wb") as said, subprocess.Popen(command, cwd=tmp_path, stdout=said, stderr=said) as server:
        try:
            assert answer(f"http://127.0.0.1:{port}/sign-in") == 200
            taken = run("serve", "--port", port, database=database)
            assert (taken.exit_code, f"ポート {port}" in taken.stderr) == (1, True)
        finally:
            server.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
            assert server.wait(timeout=30) == 0
    text = told.read_text(encoding="utf-8")
    assert f"照会を開きました：http://127.0.0.1:{port}/" in text
    assert f"Shokai is open: http://127.0.0.1:{port}/" in text
    assert "Traceback" not in text


def test_an_address_that_is_not_ours(database: Path) -> None:
    refused = run("serve", "--host", "192.0.2.1", database=database)
    assert (refused.exit_code, "192.0.2.1" in refused.stderr) == (1, True)
