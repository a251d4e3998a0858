"""Runs the parts of the bench that are named, or all, and prints one table.

Ends with 1 when something went wrong that makes figures worthless, or when a part could not be run.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from bench import data, forms, pages, start, workbook
from bench.browsing import NotAsExpected
from bench.figures import Part, table
from bench.load_of_others import Load
from bench.processes import ProcessFailed

PARTS: dict[str, Callable[[], Part]] = {
    "workbook": workbook.measure,
    "data": data.measure,
    "pages": pages.measure,
    "forms": forms.measure,
    "start": start.measure,
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures speed and memory beside floors.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)} (default: all)")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    found: list[Part] = []
    for name in chosen:
        began, load = time.monotonic(), Load()
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        try:
            part = PARTS[name]()
            found.append(replace(part, notes=[*part.notes, load.note()]))
        except (ProcessFailed, NotAsExpected) as fault:
            found.append(Part(name, [], wrong=[f"could not be measured: {fault}"]))
        print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(table(found))
    return int(any(part.wrong for part in found))


if __name__ == "__main__":
    sys.exit(main())
