"""No file stops the service: each ends in its verdict, within 10 seconds and 300 MB, and the next one is read."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psutil
import pytest
from filling import changed, put
from hostile import REFUSED
from packing import repacked
from typing_in import changes

from survey_app.receiving.opening import Opener, open_once
from survey_app.receiving.refusals import Reason, Refused
from survey_app.store.replies import save_answers

MOST_SECONDS, MOST_BYTES, MOST_WAIT = 10.0, 300_000_000, 1.0
LONG_TEXT = b"<t>" + b"a" * 36_000_000 + b"</t>"
HEAVY = {
    "elements within elements": REFUSED["elements within elements"][0],
    "too many cells": REFUSED["too many cells"][0],
    "a bomb": REFUSED["a bomb"][0],
    "a book in one cell": lambda good: repacked(
        good, {"xl/worksheets/sheet2.xml": b"<a><is>" + LONG_TEXT + b"</is></a>"}
    ),
    "a million blank cells": lambda good: repacked(good, {"xl/worksheets/sheet2.xml": blank_cells}),
}


def blank_cells(sheet: bytes) -> bytes:
    """Add rows without end that hold nothing but a look, as sheets collect them over the years."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(2000, 500_000))
    return sheet.replace(b"</sheetData>", rows + b"</sheetData>")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_form_is_refused_with_its_reason(desk: Callable[..., Any], name: str) -> None:
    at = desk()
    make, reason = REFUSED[name]
    content = make(at.form())
    began = time.monotonic()
    received = at.receive(content)
    assert time.monotonic() - began < MOST_SECONDS
    assert received.refusal is not None
    assert received.refusal.reason is reason, received.refusal
    assert received.lines == ()
    assert at.reply().revision == 0


def test_the_next_file_is_read_after_a_hostile_one(desk: Callable[..., Any]) -> None:
    at = desk()
    good = changed(at.form(), put("A2", "総務課"))
    for name in ("elements within elements", "too many cells"):
        assert at.receive(REFUSED[name][0](good)).refusal.reason is Reason.TOO_MUCH
        assert [line.mine.texts for line in at.receive(good).lines] == [("総務課",)]


@pytest.mark.parametrize("name", HEAVY)
def test_time_and_memory_are_limited(desk: Callable[..., Any], name: str) -> None:
    content = HEAVY[name](desk().form())
    most = Watched()
    began = time.monotonic()
    with most, suppress(Refused):
        open_once(content)
    assert time.monotonic() - began < MOST_SECONDS
    assert 0 < most.memory < MOST_BYTES


def test_rows_without_content_do_no_harm(desk: Callable[..., Any]) -> None:
    at = desk()
    content = HEAVY["a million blank cells"](changed(at.form(), put("A2", "総務課")))
    received = at.receive(content)
    assert received.refusal is None
    assert [line.mine.texts for line in received.lines] == [("総務課",)]
    assert received.findings == ()


@pytest.mark.parametrize("name", HEAVY)
def test_another_officer_saves_meanwhile(desk: Callable[..., Any], name: str) -> None:
    at = desk()
    content = HEAVY[name](at.form())
    upload = threading.Thread(target=lambda: suppressed(open_once, content))
    upload.start()
    slowest, number = 0.0, 0
    while upload.is_alive():
        number += 1
        reply = at.reply()
        began = time.monotonic()
        save_answers(at.database, reply, changes(reply, {"A3": f"主査{number}"}), at.around().who)
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.05)
    assert number
    assert slowest < MOST_WAIT


def suppressed(act: Callable[[bytes], object], content: bytes) -> None:
    """Do something with a file that may be refused."""
    with suppress(Refused):
        act(content)


def test_what_takes_too_long_is_stopped(desk: Callable[..., Any]) -> None:
    good = desk().form()
    with Opener(seconds=0.001) as opener:
        with pytest.raises(Refused) as refused:
            opener.open(HEAVY["a million blank cells"](good))
        assert refused.value.refusal.reason is Reason.TOO_MUCH
        opener.seconds = 10.0
        assert opener.open(good).by_name["回答"].cells


def test_the_process_that_opens_files_knows_no_secrets(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOKAI_TEST_SECRET", "秘密")
    with Opener() as opener:
        opener.open(desk().form())
        children = [one for one in psutil.Process().children() if "survey_app.receiving.child" in one.cmdline()]
        assert children
        assert not any("SHOKAI_TEST_SECRET" in child.environ() for child in children)


class Watched:
    """Watches how much memory the processes take that this one starts."""

    def __enter__(self) -> "Watched":
        self.memory, self.over = 0, threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def _watch(self) -> None:
        while not self.over.wait(0.02):
            for child in psutil.Process().children():
                try:
                    self.memory = max(self.memory, child.memory_info().rss)
                except psutil.Error:
                    continue

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
