"""Shows how far long work has come: on standard error, and only to a person at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from survey_app.cli.words import spoken

Advance = Callable[[int], None]


@contextmanager
def progress(total: int, ja: str, en: str) -> Iterator[Advance]:
    """Hold a bar of ``total`` steps; call what is yielded with the number of steps done."""
    if not sys.stderr.isatty():
        yield lambda _steps: None
        return
    from rich.console import Console  # noqa: PLC0415 (0.1 s that nobody waits for without a terminal)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(spoken(ja, en), total=total)
        yield lambda steps: bar.advance(task, steps)
