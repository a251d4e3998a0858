"""How long a command takes to start that needs no pandas, beside an interpreter that does nothing."""

import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from bench.figures import Aim, Figure, Part
from bench.processes import ROOT, ProcessFailed

RUNS = 10
MOST_SECONDS = 0.3
DEFINITION = ROOT / "questions/catalogue/support_needs.toml"
SHOKAI = Path(sysconfig.get_path("scripts")) / "shokai"
Taken = tuple[float, float]
"""Seconds by the clock, and of the processor."""


def measure() -> Part:
    """Run the commands in turn and take the median of each."""
    nothing = [sys.executable, "-c", "pass"]
    commands = {
        "shokai --help": [str(SHOKAI), "--help"],
        "shokai questionnaire check FILE": [str(SHOKAI), "questionnaire", "check", str(DEFINITION)],
    }
    for command in (nothing, *commands.values()):
        _run(command)  # compiles what is not compiled yet
    times: dict[str, list[Taken]] = {name: [] for name in ("", *commands)}
    for _ in range(RUNS):
        times[""].append(_run(nothing))
        for name, command in commands.items():
            times[name].append(_run(command))
    floor = _medians(times.pop(""))
    figures, notes = [], [f"floor: python -c pass; medians of {RUNS} runs each, in turn"]
    for name, taken in times.items():
        ours = _medians(taken)
        whole = Figure(f"{name}: time", ours[0], "s", floor[0], Aim("ours", most=MOST_SECONDS))
        figures += [whole, Figure(f"{name}: processor", ours[1], "s", floor[1])]
        if whole.verdict == "missed":
            notes.append(f"{name}: {_slowest_imports(commands[name])}")
    return Part("Start of a command that needs no pandas", figures, notes)


def _medians(taken: list[Taken]) -> Taken:
    return statistics.median(seconds for seconds, _ in taken), statistics.median(used for _, used in taken)


def _run(command: list[str]) -> Taken:
    began, used = time.perf_counter(), _used()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    taken = time.perf_counter() - began, _used() - used
    if done.returncode:
        raise ProcessFailed(f"{' '.join(command)}\n{done.stderr.strip()}")
    return taken


def _used() -> float:
    """Return the processor's time that ended processes have taken."""
    times = os.times()
    return times.children_user + times.children_system


def _slowest_imports(command: list[str]) -> str:
    """Say which imports take longest, those that they lead to included."""
    timed = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(timed, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    lines = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:") and "|" in line]
    found = [(int(line[1]), line[2].strip()) for line in lines if line[1].strip().isdigit()]
    named = ", ".join(f"{name} {taken / 1000:.0f} ms" for taken, name in sorted(found, reverse=True)[:8])
    return f"the longest imports: {named}"
