"""Runs each measurement in a process of its own, and the servers."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
MOST_SECONDS = 400  # for one process


class ProcessFailed(RuntimeError):
    """A process of the bench ended with a failure; the message is what it wrote."""


def result_of(module: str, *arguments: object, given: object = None) -> dict[str, Any]:
    """Run ``python -m bench.MODULE``, hand it ``given`` as JSON, and return the JSON that it prints."""
    command = [sys.executable, "-m", f"bench.{module}", *(str(argument) for argument in arguments)]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, cwd=ROOT, timeout=MOST_SECONDS, check=False
    )
    if done.returncode:
        raise ProcessFailed(f"{' '.join(command[1:])}\n{done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def peak_megabytes() -> float:
    """Return the most memory that this process has held.

    Linux counts what the parent held before the program was loaded: the parent of a measurement stays small.
    """
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (2**20 if sys.platform == "darwin" else 2**10)


def processor_seconds(process: int) -> float:
    """Return the processor's time that a process and its workers have taken."""
    top = psutil.Process(process)
    times = [one.cpu_times() for one in (top, *top.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(command: Sequence[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run a server until the block ends, and give its process; it writes to ``log``.

    Raises ProcessFailed when it does not answer.
    """
    with log.open("wb") as written:
        server = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            cwd=ROOT,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _await(server, port, log)
            yield server.pid
        finally:
            _end(server)


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(150):
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise ProcessFailed(f"no server on port {port}:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server and its workers: they are a process group of their own."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
