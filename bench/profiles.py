"""Says where the time of a call goes: which packages take it, and which functions of the house."""

import cProfile
import pstats
import sysconfig
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.processes import ROOT

HOUSE = ("questions", "exports", "survey_app")
PACKAGES, FUNCTIONS = 6, 6  # named at most
LEAST_SHARE = 0.02

Place = tuple[str, int, str]
"""File, line and function; a function in C has the file ``~``."""


def costs(call: Callable[[], object]) -> str:
    """Run a call under the profiler and say in one line who takes how much of the time.

    A function in C counts for the one that calls it. The profiler makes small functions look dearer than they are.
    """
    profiler = cProfile.Profile()
    profiler.runcall(call)
    own = _own_times(pstats.Stats(profiler).stats)  # type: ignore[attr-defined]
    packages: Counter[str] = Counter()
    for place, taken in own.items():
        packages[package_of(place[0])] += taken
    house = Counter({place: taken for place, taken in own.items() if package_of(place[0]) in HOUSE})
    whole = sum(own.values())
    return f"{_listed(packages, PACKAGES, whole, str)}. In the house: {_listed(house, FUNCTIONS, whole, _named)}"


def _own_times(
    stats: dict[Place, tuple[int, int, float, float, dict[Place, tuple[int, int, float, float]]]],
) -> Counter:
    own: Counter[Place] = Counter()
    for place, (_, _, taken, _, callers) in stats.items():
        if place[0] != "~":
            own[place] += taken
            continue
        for caller, (_, _, share, _) in callers.items():
            own[caller] += share
    return own


def _listed(found: Counter, most: int, whole: float, name: Callable[..., str]) -> str:
    kept = [(who, taken) for who, taken in found.most_common(most) if taken > LEAST_SHARE * whole]
    return ", ".join(f"{name(who)} {100 * taken / whole:.0f} %" for who, taken in kept) or "nothing above 2 %"


def package_of(file: str) -> str:
    """Return the package that a file is of: one of the house, one that is installed, or Python's own."""
    path = Path(file)
    if path.is_relative_to(ROOT) and not path.is_relative_to(sysconfig.get_path("purelib")):
        return path.relative_to(ROOT).parts[0]
    if path.is_relative_to(sysconfig.get_path("purelib")):
        return path.relative_to(sysconfig.get_path("purelib")).parts[0]
    return "templates" if path.suffix == ".html" else "Python"


def _named(place: Place) -> str:
    file, line, function = place
    return f"{Path(file).relative_to(ROOT)}:{line} {function}"
