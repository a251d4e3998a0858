"""How long a command takes to start that needs no pandas, beside an interpreter that does nothing."""

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


def measure() -> Part:
    """Run the commands in turn and take the median of each."""
    nothing = [sys.executable, "-c", "pass"]
    commands = {
        "shokai --help": [str(SHOKAI), "--help"],
        "shokai questionnaire check FILE": [str(SHOKAI), "questionnaire", "check", str(DEFINITION)],
    }
    for command in (nothing, *commands.values()):
        _seconds(command)  # compiles what is not compiled yet
    times: dict[str, list[float]] = {name: [] for name in ("", *commands)}
    for _ in range(RUNS):
        times[""].append(_seconds(nothing))
        for name, command in commands.items():
            times[name].append(_seconds(command))
    floor = statistics.median(times.pop(""))
    aim = Aim("ours", most=MOST_SECONDS)
    figures = [Figure(name, statistics.median(taken), "s", floor, aim) for name, taken in times.items()]
    notes = [f"floor: python -c pass; medians of {RUNS} runs each, in turn"]
    missed = [name for name, figure in zip(commands, figures, strict=True) if figure.verdict == "missed"]
    notes += [f"{name}: {_slowest_imports(commands[name])}" for name in missed]
    return Part("Start of a command that needs no pandas", figures, notes)


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    taken = time.perf_counter() - began
    if done.returncode:
        raise ProcessFailed(f"{' '.join(command)}\n{done.stderr.strip()}")
    return taken


def _slowest_imports(command: list[str]) -> str:
    """Say which imports take longest, those that they lead to included."""
    timed = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(timed, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    lines = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:") and "|" in line]
    found = [(int(line[1]), line[2].strip()) for line in lines if line[1].strip().isdigit()]
    named = ", ".join(f"{name} {taken / 1000:.0f} ms" for taken, name in sorted(found, reverse=True)[:8])
    return f"the longest imports: {named}"
