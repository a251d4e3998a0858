"""How busy other programs kept the machine during a measurement: with much of it, times say little."""

import os

import psutil

DISTURBING = 0.15


class Load:
    """Begins to count when it is made."""

    def __init__(self) -> None:
        self._busy, self._whole = _machine()
        self._own = _own()

    def note(self) -> str:
        """Say what share of all processors other programs took since."""
        busy, whole = _machine()
        others = (busy - self._busy) - (_own() - self._own)
        share = max(0.0, others) / (whole - self._whole)
        told = f"other programs took {100 * share:.0f} % of the processors meanwhile"
        return told if share < DISTURBING else f"{told}: times are disturbed, rather compare the processor's"


def _machine() -> tuple[float, float]:
    """Return the seconds that the machine's processors were busy, and all that they had."""
    times = psutil.cpu_times()
    whole = times.user + times.nice + times.system + times.idle + getattr(times, "iowait", 0.0)
    return times.user + times.nice + times.system, whole


def _own() -> float:
    """Return the seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
