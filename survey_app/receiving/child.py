"""The process that opens files from outside: ``python -m survey_app.receiving.child``, a line of JSON for each file.

It has limits on memory and processor time, loads as little as it can, and touches only the files that it is given.
"""

import contextlib
import json
import os
import sys

try:
    import resource
except ImportError:  # Windows: there the clock of the process that asks is the only limit
    resource = None  # type: ignore[assignment]

MEMORY = 280_000_000  # bytes of addresses
SECONDS = 6  # of the processor, for each file
NICENESS = 5
"""Officers who are answering go before."""


def main() -> None:
    """Say that it is ready, then answer one line for each line that comes in."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, to know its types
    from survey_app.receiving.work import answer  # noqa: PLC0415 (loads openpyxl, which must not find numpy)

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit_memory()
    with answers:
        answers.write("ready\n")
        answers.flush()
        for line in sys.stdin:
            _limit_time()
            answers.write(answer(json.loads(line)) + "\n")
            answers.flush()


def _limit_memory() -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICENESS)
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _limit_time() -> None:
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            used = resource.getrusage(resource.RUSAGE_SELF)
            _, most = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + SECONDS, most))


if __name__ == "__main__":
    main()
