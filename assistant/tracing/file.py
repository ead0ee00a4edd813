"""A file of traces, one JSON object a line and question."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.tracing.record import Trace

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class TraceFile:
    """Appends traces to `path`, which only its owner may read: it holds what was asked and quoted."""

    def __init__(self, path: Path) -> None:
        """Make the file if it is not there. Raises SettingsError if it cannot be written."""
        self._path = path
        self._append("")

    def __call__(self, trace: Trace) -> None:
        """Write one trace. Raises SettingsError if the file cannot be written any more."""
        self._append(json.dumps(trace.to_dict(), ensure_ascii=False) + "\n")

    def _append(self, line: str) -> None:
        try:
            with open(self._path, "a", encoding="utf-8", opener=_private) as file:
                file.write(line)
        except OSError as error:
            raise SettingsError(
                f"The trace cannot be written to {self._path} ({error}): name another file with --trace."
            ) from error


@contextmanager
def traced(assistant: "Assistant", path: Path | None) -> Iterator[None]:
    """While it lasts, the answers' traces are appended to the file, if there is one. Raises SettingsError."""
    if path is None:
        yield
        return
    with assistant.tracing_to(TraceFile(path)):
        yield


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
