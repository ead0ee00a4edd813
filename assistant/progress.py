"""How indexing shows itself in a terminal: a progress bar for people, JSON lines for programs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.sync.indexer import Progress as Step

Report = Callable[[Step], None]


@contextmanager
def progress_bar(console: Console, *, verbose: bool = False) -> Iterator[Report]:
    """A bar on `console` that fills as files are dealt with; `verbose` adds a line a file."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Indexing", total=None, rate="")

        def report(step: Step) -> None:
            speed = bar.tasks[task].speed
            rate = "" if speed is None else f"{speed:.1f} files/s"
            bar.update(task, completed=step.done, total=step.total, rate=rate)
            if verbose and step.name:
                console.print(f"{step.step.value:>8}  {step.name}", markup=False, highlight=False)

        yield report


@contextmanager
def progress_lines() -> Iterator[Report]:
    """One JSON object a step on standard error, so that standard output stays one object."""
    yield lambda step: print(json.dumps(asdict(step), ensure_ascii=False), file=sys.stderr, flush=True)


@contextmanager
def no_progress() -> Iterator[Report]:
    """Nothing."""
    yield lambda step: None
