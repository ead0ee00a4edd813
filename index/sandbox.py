"""Readers in killable child processes: a bomb, a crash or an endless loop costs one file, not the run.

A child reads one file after another from its standard input and answers with JSON, never with pickles: a
reader that was taken over by a document must not be able to run code in its parent.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from queue import SimpleQueue
from typing import IO, Any, Self, TypeVar

from pydantic_core import from_json

from index.document import FileReadings, PageQuote
from index.errors import Outside, UnreadableDocument
from index.reasons import SkipReason
from index.wire import picture_from_json, readings_from_json, refusal_from_json

Answer = TypeVar("Answer")

# Seconds of a person's clock that one file may take; OCR of a scanned document is the slowest.
DEFAULT_SECONDS = 120.0
DEFAULT_MEMORY = 2 * 1024**3
_CHILD = "import sys; sys.path[:] = {path!r}; from index.wire import serve; serve({memory})"
_LAST_WORDS = 4096


@dataclass(frozen=True, slots=True)
class ReadJob:
    """A file to be read: its content, its path, which chooses the reader, and its time."""

    data: bytes
    path: str
    modified: datetime | None = None

    def head(self) -> dict[str, Any]:
        """What the child is told before the content."""
        return {"path": self.path, "modified": self.modified.isoformat() if self.modified else None}


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page of a PDF to be drawn: the file's content, the page's number from 1, the quotes to mark."""

    data: bytes
    number: int
    quotes: tuple[PageQuote, ...] = ()

    def head(self) -> dict[str, Any]:
        """What the child is told before the content."""
        return {"page": self.number, "quotes": [asdict(quote) for quote in self.quotes]}


class ReaderPool:
    """A few child processes that read files. Use as a context manager: leaving ends the children.

    `seconds` and `memory` (bytes) are the limits of one file.
    """

    def __init__(
        self, *, workers: int = 2, seconds: float = DEFAULT_SECONDS, memory: int = DEFAULT_MEMORY
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._threads = ThreadPoolExecutor(workers, "reader")
        self._idle: SimpleQueue[_Child | None] = SimpleQueue()
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        while not self._idle.empty():
            child = self._idle.get()
            if child is not None:
                child.end()

    def read(self, job: ReadJob) -> FileReadings:
        """The documents of one file. Raises UnreadableDocument, also when the reader crashes or hangs."""
        return self._ask(job, readings_from_json)

    def draw(self, job: PageJob) -> bytes:
        """A page of a PDF as PNG. Raises UnreadableDocument, also when drawing it crashes or hangs."""
        return self._ask(job, picture_from_json)

    def _ask(self, job: ReadJob | PageJob, understand: Callable[[dict[str, Any]], Answer]) -> Answer:
        child = self._idle.get()
        try:
            if child is None:
                child = _Child(self._memory)
            return child.answer(job, self._seconds, understand)
        finally:
            self._idle.put(child if child is not None and child.is_alive() else None)

    def submit(self, job: ReadJob) -> "Future[FileReadings]":
        """Begin to read; the result, or UnreadableDocument, comes with the future."""
        return self._threads.submit(self.read, job)


class _Child:
    """One child process, ended with its own children (tesseract) when a file takes too long."""

    def __init__(self, memory: int) -> None:
        # What it answers was in its memory.
        self._longest_answer = memory
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by end)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD.format(path=sys.path, memory=memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
        )
        self._late = False

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def answer(
        self, job: ReadJob | PageJob, seconds: float, understand: Callable[[dict[str, Any]], Answer]
    ) -> Answer:
        """What the child answers, understood. UnreadableDocument for a reason that it gives; if it dies; for
        what no child of ours answers, after which it is ended.
        """
        answer = self._line(job, seconds)
        try:
            content = from_json(answer, allow_inf_nan=False)
            refusal = refusal_from_json(content)
            if refusal is None:
                return understand(content)
        except (ValueError, KeyError, TypeError) as error:
            self.end()
            raise UnreadableDocument(SkipReason("unusable_answer"), {Outside.MOMENT}) from error
        raise refusal

    def _line(self, job: ReadJob | PageJob, seconds: float) -> bytes:
        """The line that the child answers, cut where it is too long. Raises UnreadableDocument if it dies."""
        alarm = threading.Timer(seconds, self._give_up)
        alarm.daemon = True
        alarm.start()
        try:
            line = self._ask(job, seconds)
            if line.endswith(b"\n") or len(line) == self._longest_answer:
                return line
            self._process.wait()
        finally:
            alarm.cancel()
        # Another time the machine may be less busy.
        raise UnreadableDocument(self._obituary(seconds), {Outside.MOMENT})

    def end(self) -> None:
        """End the process and whatever it started."""
        self._kill()
        # communicate() would flush a file that nobody reads any more.
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()
        self._errors.close()

    def _ask(self, job: ReadJob | PageJob, seconds: float) -> bytes:
        assert self._process.stdin is not None and self._process.stdout is not None
        head = {**job.head(), "size": len(job.data), "seconds": seconds}
        # A child that died while it was being written to has no answer.
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(head).encode() + b"\n")
            self._process.stdin.write(job.data)
            self._process.stdin.flush()
        return self._process.stdout.readline(self._longest_answer)

    def _give_up(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _obituary(self, seconds: float) -> SkipReason:
        """Why the child died."""
        code = self._process.wait()
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _LAST_WORDS))
        words = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        self.end()
        if self._late or code == -signal.SIGXCPU:
            return SkipReason("too_slow", limit=seconds)
        if words and words[-1].startswith("MemoryError"):
            return SkipReason("out_of_memory")
        if code < 0:
            return SkipReason("crashed", signal.Signals(-code).name)
        return SkipReason("failed", detail=words[-1] if words else f"exit code {code}")
