"""What share of a first build is spent on dates: `python -m benchmarks.date_cost [--documents 40]`.

HEMEROTECA_EVAL names the data: documents are drawn evenly from its news, and embedded by the product's model.
Shares are of processor time, all threads together, so that a busy machine does not change them.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from assistant.archive import Archive
from assistant.settings import load_settings


@dataclass
class Stopwatch:
    """Counts the processor seconds and the calls of the functions it wraps."""

    seconds: float = 0.0
    calls: int = 0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            began = time.thread_time()
            result = function(*arguments)
            self.seconds += time.thread_time() - began
            self.calls += 1
            return result

        return timed


@contextmanager
def timing(target: str) -> Iterator[Stopwatch]:
    """Times the function or method that `target` names by its path, while it lasts."""
    watch = Stopwatch()
    with patch(target, watch.wrap(resolve_name(target))):
        yield watch


def sample(data: Path, count: int) -> str:
    lines = (data / "quales" / "documents.jsonl").read_text("utf-8").splitlines()
    return "\n".join(lines[:: max(1, len(lines) // count)][:count])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=40, help="how many to index")
    count: int = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        folder = Path(scratch) / "documents"
        folder.mkdir()
        (folder / "news.jsonl").write_text(sample(Path(os.environ["HEMEROTECA_EVAL"]), count), "utf-8")
        archive = Archive(load_settings(documents=folder, index=Path(scratch) / "index"))
        stack.callback(archive.close)
        finding = stack.enter_context(timing("index.sync.reading.date_rows"))
        keeping = stack.enter_context(timing("index.store.store.Store._put_event_dates"))
        began, began_wall = time.process_time(), time.monotonic()
        report = archive.sync()
        total, wall = time.process_time() - began, time.monotonic() - began_wall
    print(
        f"{report.documents} documents, {report.chunks} chunks: {total:.1f} s of processor time, {wall:.1f} s"
    )
    for name, watch in (("finding dates", finding), ("keeping them", keeping)):
        print(
            f"  {name:14} {watch.seconds:.2f} s, {100 * watch.seconds / total:.2f} % ({watch.calls} chunks)"
        )


if __name__ == "__main__":
    main()
