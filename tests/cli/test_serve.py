"""shokai serve: says where it is, answers, and ends when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
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


SLOW_TO_START = """
import sys, time
from survey_app import factory
from survey_app.cli.main import main

def create_app():
    print("starting", flush=True)
    time.sleep(120)

factory.create_app = create_app
sys.argv[0] = "shokai"
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="a process group's signals")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_ends_while_its_workers_are_starting(database: Path, tmp_path: Path, sent: signal.Signals) -> None:
    """As a service manager asks (the server alone), and as Ctrl+C does (every process of the terminal)."""
    command = [sys.executable, "-c", SLOW_TO_START, "serve", "--port", str(free_port()), "--workers", "2"]
    told = tmp_path / "told"
    with (
        told.open("wb") as said,
        subprocess.Popen(
            [*command, "--database", database.name], cwd=tmp_path, stdout=said, stderr=said, start_new_session=True
        ) as server,
    ):
        try:
            end = time.monotonic() + 20
            while told.read_bytes().count(b"starting") < 2 and time.monotonic() < end:
                time.sleep(0.05)
            assert told.read_bytes().count(b"starting") == 2
            (os.kill if sent == signal.SIGTERM else os.killpg)(server.pid, sent)
            assert server.wait(timeout=15) == 0
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
    assert "Traceback" not in told.read_text(encoding="utf-8")


def test_an_address_that_is_not_ours(database: Path) -> None:
    refused = run("serve", "--host", "192.0.2.1", database=database)
    assert (refused.exit_code, "192.0.2.1" in refused.stderr) == (1, True)
