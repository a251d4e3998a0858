"""A server with its clients, and what came back from it."""

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bench.processes import processor_seconds, result_of
from bench.writers import Writer

SHOW, SAVE = "GET", "POST"
EXPECTED = {SHOW: "200", SAVE: "303"}
MOST_SECONDS = 20  # for one round


@dataclass
class Site:
    """One server and its process.

    ``rounds`` holds what came back from it by act, ``errors`` every answer that was not as expected.
    """

    port: int
    process: int
    writers: list[Writer]
    rounds: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {SHOW: [], SAVE: []})
    errors: Counter[str] = field(default_factory=Counter)
    bytes: dict[str, int] = field(default_factory=dict)
    requests: int = 0

    def run(self, act: str, count: int, *, counted: bool) -> None:
        """Let all clients send so many requests each; the time is kept when it is to be counted."""
        clients = [{"requests": writer.sent(act, count)} for writer in self.writers]
        before = processor_seconds(self.process)
        found = result_of("load", given={"port": self.port, "seconds": MOST_SECONDS, "clients": clients})
        found["served"] = processor_seconds(self.process) - before
        if act == SAVE:
            for writer, answered in zip(self.writers, found["answered"], strict=True):
                writer.saves += answered
        self.errors.update({status: n for status, n in found["statuses"].items() if status != EXPECTED[act]})
        self.requests += len(found["taken"])
        self.bytes[act] = found["bytes"]
        if counted:
            self.rounds[act].append(found)

    def rate(self, act: str) -> float:
        """Return the requests a second, the median of the rounds."""
        return statistics.median(len(one["taken"]) / one["seconds"] for one in self.rounds[act])

    def processor(self, act: str) -> float:
        """Return the milliseconds of one processor that a request took in the server, the median of the rounds."""
        return statistics.median(1_000 * one["served"] / len(one["taken"]) for one in self.rounds[act])

    def latency(self, act: str, share: float) -> float:
        """Return within how many milliseconds a share of all requests was answered."""
        taken = sorted(one for found in self.rounds[act] for one in found["taken"])
        return float(1_000 * taken[min(len(taken) - 1, int(share * len(taken)))])

    @property
    def used(self) -> float:
        """The share of one processor that the clients took, the most of all rounds."""
        return max(float(one["used"] / one["seconds"]) for rounds in self.rounds.values() for one in rounds)
