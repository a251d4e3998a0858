"""The real server, started as `shokai serve` does."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from types import TracebackType

import pytest

STARTS_WITHIN, ENDS_WITHIN = 30.0, 40.0


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Server:
    """A server over a database, on a port that it keeps when it is started again."""

    def __init__(self, path: Path, workers: int = 1) -> None:
        self.path = path
        self.workers = workers
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.said = path.with_suffix(".log")

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.process is not None
        return self.process.pid

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program = str(Path(sys.executable).parent / "shokai")
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [program, "serve", "--port", str(self.port), "--workers", str(self.workers)],
                env={**os.environ, "SHOKAI_DATABASE": str(self.path)},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/sign-in", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        pytest.fail(f"the server does not answer: {self.said.read_text(errors='replace')}")

    def stop(self) -> None:
        """Tell it to end, and wait until it has; one that does not is killed."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
