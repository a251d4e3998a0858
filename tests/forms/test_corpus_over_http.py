"""All crafted workbooks at the real server while a second officer saves: nobody waits, nothing stops."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from filling import through_libreoffice, write
from handled import HANDLED, good, handled
from hostile import REFUSED
from live import Server
from odd import ODD, odd
from others import OTHERS
from over_http import Officer, hidden
from sqlite_utils import Database
from town import needs

HERE = "/inquiries/support_needs"
MOST_FOR_UPLOAD, MOST_FOR_SAVE = 10.0, 1.0
READ_WHEN_SIGNED_IN = frozenset({"nobody's form"})
"""Refused in a folder of files; here it is known from whom it comes."""
BETWEEN_SAVES = 0.1
"""Seconds."""


def corpus(desk: Callable[..., Any]) -> Iterator[tuple[str, bytes, bool]]:
    """Yield every crafted workbook with its name, and whether it is to be compared or refused."""
    form = desk().form()
    yield from ((name, handled(name, form), True) for name in HANDLED)
    yield from ((name, odd(name, form), True) for name in ODD)
    yield from ((name, make(desk), taken) for name, (make, taken) in OTHERS.items())
    yield from ((name, make(form), name in READ_WHEN_SIGNED_IN) for name, (make, _) in REFUSED.items())


@dataclass
class Saving:
    """A second officer who saves section A again and again."""

    officer: Officer
    seconds: list[float] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Saving":
        self.thread = threading.Thread(target=self._save)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _save(self) -> None:
        while not self.over.is_set():
            page = self.officer.get(f"{HERE}/sections/A").text
            fields = {name: hidden(page, name) for name in ("seen", "by", "page")}
            began = time.monotonic()
            answer = self.officer.post(f"{HERE}/sections/A", {**fields, "A3": f"主査{len(self.seconds)}", "go": "stay"})
            self.seconds.append(time.monotonic() - began)
            self.answers.add(answer.status)
            self.over.wait(BETWEEN_SAVES)


@pytest.fixture
def server(path: Path, database: Database) -> Iterator[Server]:
    """The real server; its clock is the real one, and the deadline lies far ahead."""
    with database.conn:
        database.execute("UPDATE inquiry SET deadline = '2126-12-18T17:15:00+09:00'")
    with Server(path) as started:
        yield started


def programs(server: Server) -> set[int]:
    """The numbers of the server's processes that answer; those that open files come and go."""
    children = psutil.Process(server.pid).children(recursive=True)
    return {server.pid, *(one.pid for one in children if "survey_app.receiving.child" not in one.cmdline())}


def test_the_corpus_is_large() -> None:
    assert len(HANDLED) + len(ODD) + len(OTHERS) + len(REFUSED) >= 90


@pytest.mark.timeout(600)
def test_every_crafted_workbook_ends_in_its_verdict_and_nobody_waits(desk: Callable[..., Any], server: Server) -> None:
    sending = Officer(server.address).sign_in("mishima")
    saving = Officer(server.address).sign_in("mishima2")
    before, uploads, saves = programs(server), {}, {}
    for name, content, taken in corpus(desk):
        with Saving(saving) as second:
            began = time.monotonic()
            answer = sending.upload(f"{HERE}/upload", content, "回答票.xlsx")
            uploads[name] = time.monotonic() - began
        assert answer.status == (303 if taken else 422), (name, answer.text)
        assert taken or "回答は変わっていません" in answer.text, name
        assert second.answers <= {303}, name
        saves[name] = max(second.seconds)
    assert programs(server) == before
    assert {name: seconds for name, seconds in uploads.items() if seconds > MOST_FOR_UPLOAD} == {}
    assert {name: seconds for name, seconds in saves.items() if seconds > MOST_FOR_SAVE} == {}
    print(f"{len(uploads)} workbooks; slowest upload {max(uploads.values()):.2f} s, save {max(saves.values()):.2f} s")


@needs("soffice")
@pytest.mark.libreoffice
def test_forms_saved_by_libreoffice_are_compared(desk: Callable[..., Any], server: Server, tmp_path: Path) -> None:
    form = desk().form()
    crafted = {"good": good(form), **{name: odd(name, form) for name in ("an error", "protected with a password")}}
    for name, content in crafted.items():
        write(tmp_path / f"{name}.xlsx", content)
    officer = Officer(server.address).sign_in("mishima")
    for name, content in through_libreoffice(tmp_path).items():
        answer = officer.upload(f"{HERE}/upload", content, "回答票.xlsx")
        assert answer.status == 303, (name, answer.text)
        assert "件名その一" in officer.get(answer.to).text
