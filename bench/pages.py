"""The largest form page, shown and saved, beside a plain Flask-WTF form of the same controls on the same server."""

import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import plain, stored
from bench.figures import Aim, Figure, Part
from bench.processes import ROOT, free_port, result_of, serving
from bench.sites import SAVE, SHOW, Site
from bench.writers import officers_at_largest_page, plain_writers

ROUNDS = 7
REQUESTS = {SHOW: 25, SAVE: 40}  # of each client in one round
PROFILED = 40  # requests under the profiler
MOST_RATIO = 1.5
LEAST_A_SECOND = {SHOW: 100, SAVE: 200}
UNITS = {SHOW: "pages shown", SAVE: "pages saved"}
SHOKAI = Path(sysconfig.get_path("scripts")) / "shokai"


def measure() -> Part:
    """Serve both, and let the clients show and save in turn."""
    with _folder() as folder:
        database = folder / "shokai.db"
        officers = result_of("town", database)["officers"]
        port, other = free_port(), free_port()
        environment = {"SHOKAI_DATABASE": str(database)}
        with serving([str(SHOKAI), "serve", "--port", str(port)], port, environment, folder / "shokai.log") as process:
            ours = Site(port, process, officers_at_largest_page(port, officers))
            controls = json.dumps(ours.writers[0].form.plain(), ensure_ascii=False)
            (folder / plain.CONTROLS).write_text(controls, encoding="utf-8")
            command = [sys.executable, "-m", "bench.plain", str(other)]
            with serving(command, other, {plain.FOLDER: str(folder)}, folder / "plain.log") as other_process:
                floor = Site(other, other_process, plain_writers(other, len(officers), plain.ADDRESS))
                before = stored.saves(database)
                _take_turns(ours, floor)
                wrong = [*_errors(ours, floor), *stored.lost(database, before, ours.writers, officers)]
                wrong += stored.lost_by_floor(folder / plain.DATABASE, floor.writers)
        figures = [figure for act in (SHOW, SAVE) for figure in _figures(act, ours, floor)]
        notes = _notes(ours, floor, folder)
        if not wrong:  # what was answered with errors is no profile either
            notes += _reasons(figures, database, ours)
    return Part(f"Largest form page, {len(officers)} clients on kept connections", figures, notes, wrong)


@contextmanager
def _folder() -> Iterator[Path]:
    """Hold a folder where ``make run`` keeps its database: on a real disk, not in memory."""
    parent = ROOT / "var"
    parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as name:
        yield Path(name)


def _take_turns(ours: Site, floor: Site) -> None:
    """Let the clients show and save at one site and the other; a first short round warms both up."""
    for number in range(ROUNDS + 1):
        for act, count in REQUESTS.items():
            for site in (ours, floor) if number % 2 else (floor, ours):
                site.run(act, count if number else count // 2, counted=number > 0)


def _errors(ours: Site, floor: Site) -> list[str]:
    named = (("Shokai", ours), ("floor", floor))
    return [f"{name} answered {status} {count} times" for name, site in named for status, count in site.errors.items()]


def _figures(act: str, ours: Site, floor: Site) -> list[Figure]:
    name = UNITS[act]
    rates = ours.rate(act), floor.rate(act)
    each = tuple(1_000 / rate for rate in rates)
    return [
        Figure(f"{name}: time each", each[0], "ms", each[1], Aim("ratio", most=MOST_RATIO)),
        Figure(f"{name}: in a second", rates[0], "/s", rates[1], Aim("ours", least=LEAST_A_SECOND[act])),
        Figure(f"{name}: processor each", ours.processor(act), "ms", floor.processor(act)),
        Figure(f"{name}: half within", ours.latency(act, 0.5), "ms", floor.latency(act, 0.5)),
        Figure(f"{name}: 95 % within", ours.latency(act, 0.95), "ms", floor.latency(act, 0.95)),
    ]


def _notes(ours: Site, floor: Site, folder: Path) -> list[str]:
    writer, processors = ours.writers[0], os.cpu_count() or 1
    sizes = ours.bytes[SHOW] / 1_000, floor.bytes[SHOW] / 1_000
    errors = sum(ours.errors.values()), sum(floor.errors.values())
    saves = sum(one.saves for one in ours.writers), sum(one.saves for one in floor.writers)
    used = 100 * max(ours.used, floor.used) / processors
    commit = stored.commit_milliseconds(folder / "bare.db")
    return [
        f"the page: {writer.address}, {writer.form.count} controls under {len(writer.form.controls)} names; "
        f"{sizes[0]:,.0f} kB, the floor's {sizes[1]:,.0f} kB",
        f"medians of {ROUNDS} rounds in turn; {ours.requests:,} requests to Shokai with {errors[0]} errors, "
        f"{floor.requests:,} to the floor with {errors[1]}",
        f"afterwards looked up in the databases: {saves[0]:,} saves of Shokai, the last of {saves[1]:,} of the floor",
        f"the clients' process took up to {used:.0f} % of {processors} processors; a durable commit of one row on this "
        f"disk and nothing else takes {commit:.2f} ms",
    ]


def _reasons(figures: list[Figure], database: Path, ours: Site) -> Iterator[str]:
    """Say where the time goes of what missed its aim, in one process without a server."""
    writer = ours.writers[0]
    for act in (SHOW, SAVE):
        missed = [figure for figure in figures if figure.verdict == "missed" and figure.name.startswith(UNITS[act])]
        if missed:
            requests = [list(request) for request in writer.requests(act, PROFILED)]
            given = {"database": str(database), "cookie": writer.browser.cookie(), "requests": requests}
            costs = result_of("page_profile", given=given)["costs"]
            yield f"{UNITS[act]}, missed; under the profiler: {costs}"
