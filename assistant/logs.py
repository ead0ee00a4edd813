"""The log, on standard error: for people, or a JSON object a line for programs that gather it.

It never holds what was asked or answered, text of documents, or keys: other libraries' chatter, which may hold
them, is left out below warnings whatever the level.
"""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal

from assistant.tracing import Trace

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]
Fields = Mapping[str, str | int | float | bool | None]

# The loggers of this program, which follow the setting.
_OWN = ("assistant", "index", "ui")
_log = logging.getLogger(__name__)
# What is known of the request that is being served: its id, and who sent it.
request_fields: ContextVar[Callable[[], Fields]] = ContextVar("request_fields", default=dict)


def configure_logs(form: LogFormat, level: LogLevel) -> None:
    """Send the log to standard error in this form; from this level on, what this program says itself."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _OWN:
        logging.getLogger(name).setLevel(level.upper())


def log_event(logger: logging.Logger, event: str, fields: Fields) -> None:
    """Tell that something was done: its name, and what is known of it apart from its text."""
    logger.info(event, extra={"fields": fields})


def log_answer(trace: Trace) -> None:
    """Tell that a question was answered: with what, how long it took, how much it rests on."""
    answer = trace.answer
    fields: dict[str, str | int | float | bool | None] = {
        "engine": answer.engine,
        "model": trace.model,
        "language": answer.language,
        "answered": answer.answered,
        "fallback": answer.fallback is not None,
        "sentences": len(answer.sentences),
        "citations": len(answer.citations),
        "dropped": len(answer.dropped),
        "calls": len(trace.calls),
    }
    timings = asdict(answer.timings_ms)
    fields.update((f"{name}_ms", round(milliseconds, 1)) for name, milliseconds in timings.items())
    log_event(_log, "answer", fields)


class _Discreet(logging.Formatter):
    """Tells what kind of exception came from where, and never its message: that may hold what was sent."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return "\n".join(_raised(ei[1]))


class JsonLines(_Discreet):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields_of(record),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class TextLines(_Discreet):
    """The message, and behind it what else is known as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        known = (f"{name}={value}" for name, value in _fields_of(record).items() if value is not None)
        return " ".join([super().format(record), *known])


def _raised(error: BaseException) -> Iterator[str]:
    """The places and the kind of an exception, after those that it came from."""
    before = error.__cause__ if error.__suppress_context__ else error.__context__
    if before is not None:
        yield from _raised(before)
    for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _raised(part)
    yield "".join([*traceback.format_tb(error.__traceback__), type(error).__qualname__])


def _fields_of(record: logging.LogRecord) -> dict[str, Any]:
    return {**request_fields.get()(), **getattr(record, "fields", {})}
