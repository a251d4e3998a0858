"""Opens a file from outside in a process of its own, with limits on time and memory: no file stops the service."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from exports.form.opened import OpenedBook, load
from survey_app.receiving.packages import MOST_BYTES
from survey_app.receiving.refusals import Reason, Refused

SECONDS = 8.0
"""How long one file may take by the clock; the limits of the process itself are tighter."""
STARTING = 20.0
"""How long the process may take to start, on a machine that is busy."""
MOST_FILES = 100
"""After so many files a process makes room for a fresh one."""
MOST_TOLD = 64_000_000
"""Characters that the process may answer."""
ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
"""What the process is told of the environment: no secrets."""
_MODULE = "survey_app.receiving.child"


@dataclass(frozen=True)
class Mark:
    """One line of the list: question, content, what is wrong, how to mend it; and the cell, to be coloured or not."""

    spot: tuple[str, int, int] | None
    texts: tuple[str, str, str, str]
    coloured: bool = True


class Opener:
    """Opens files, one after the other, in one process that is started anew when it had to be stopped.

    Use it as a context: ``with Opener() as opener: opener.open(content)``.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._opened = 0
        self._answers: queue.Queue[str] = queue.Queue()
        self._folder = tempfile.TemporaryDirectory(prefix="shokai-")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._folder.cleanup()

    def open(self, content: bytes) -> OpenedBook:
        """Return what a workbook holds. Raises Refused."""
        return load(self._asked("open", content, {}))

    def mark(self, content: bytes, title: str, marks: Sequence[Mark]) -> bytes:
        """Return a workbook with marks. Raises Refused."""
        to = Path(self._folder.name) / "marked.xlsx"
        remarks = [{"spot": one.spot, "texts": one.texts, "coloured": one.coloured} for one in marks]
        self._asked("mark", content, {"title": title, "remarks": remarks, "to": str(to)})
        return to.read_bytes()

    def _asked(self, act: str, content: bytes, more: dict[str, Any]) -> Any:
        if len(content) > MOST_BYTES:
            raise Refused(Reason.TOO_LARGE, most=str(MOST_BYTES // 1_000_000), found=str(len(content) // 1_000_000))
        file = Path(self._folder.name) / "sent.xlsx"
        file.write_bytes(content)
        line = self._answer(json.dumps({"act": act, "file": str(file), **more}))
        told = json.loads(line)
        if "refused" in told:
            raise Refused(Reason(told["refused"]), **told.get("context", {}))
        return told["done"]

    def _answer(self, asked: str) -> str:
        """Send one line and return the answer. A process that does not answer in time, or dies, had too much to do."""
        process = self._started()
        self._opened += 1
        try:
            if process.stdin is None:
                raise BrokenPipeError
            process.stdin.write(asked + "\n")
            process.stdin.flush()
            line = self._next(self.seconds)
        except OSError:
            line = ""
        if not line.endswith("\n"):
            self._stop()
            raise Refused(Reason.TOO_MUCH)
        return line

    def _started(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None and self._opened < MOST_FILES:
            return self._process
        self._stop()
        self._opened = 0
        self._answers = queue.Queue()
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            cwd=self._folder.name,
        )
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        if self._next(STARTING) != "ready\n":
            self._stop()
            raise Refused(Reason.TOO_MUCH)
        return self._process

    def _next(self, seconds: float) -> str:
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            return ""

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None


def _listen(process: subprocess.Popen[str], answers: "queue.Queue[str]") -> None:
    """Pass on what the process answers, "" at its end."""
    try:
        while process.stdout is not None and (line := process.stdout.readline(MOST_TOLD)):
            answers.put(line)
    except (OSError, ValueError):
        pass
    answers.put("")


def open_once(content: bytes, seconds: float = SECONDS) -> OpenedBook:
    """Open one file in a process that ends with it. Raises Refused."""
    with Opener(seconds) as opener:
        return opener.open(content)
