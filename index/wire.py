"""The reading process that `index.sandbox` starts, and what it answers: JSON, and back for its parent.

A reader that a document has taken over may answer anything: what comes back here is of the types that it is said
to be, and its offsets lie in its text.
"""

import base64
import json
import os
import resource
import sys
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from index.document import Block, FileReadings, PageQuote, Reading, Span
from index.errors import Outside, UnreadableDocument
from index.reasons import SkipReason
from index.store.blocks import misplaced

# Imported where answers are understood: the reading process has no use for it.
if TYPE_CHECKING:
    from pydantic import TypeAdapter


def readings_to_json(found: FileReadings) -> dict[str, Any]:
    """What `json.dumps` takes; the inverse of `readings_from_json`."""
    return {
        "readings": [_reading_to_json(reading) for reading in found.readings],
        "skipped": [asdict(skipped) for skipped in found.skipped],
        "depends": sorted(found.depends),
    }


def readings_from_json(content: dict[str, Any]) -> FileReadings:
    """The inverse of `readings_to_json`. Raises ValueError."""
    found = _readings().validate_python(content)
    if not all(map(_stays_inside, found)):
        raise ValueError("an offset lies outside its text")
    for reading in found:
        if fault := misplaced(reading.blocks, len(reading.text)):
            raise ValueError(fault)
    return found


def picture_to_json(picture: bytes) -> dict[str, Any]:
    """The inverse of `picture_from_json`."""
    return {"picture": base64.b64encode(picture).decode()}


def picture_from_json(content: dict[str, Any]) -> bytes:
    """The inverse of `picture_to_json`. Raises ValueError, KeyError, TypeError."""
    return base64.b64decode(content["picture"])


def refusal_to_json(error: UnreadableDocument) -> dict[str, Any]:
    """The inverse of `refusal_from_json`."""
    return {"reason": asdict(error.reason), "depends": sorted(error.depends)}


def refusal_from_json(content: dict[str, Any]) -> UnreadableDocument | None:
    """The reason that was given instead of an answer, or None. Raises ValueError."""
    if "reason" not in content:
        return None
    refusal = _refusals().validate_python(content)
    return UnreadableDocument(refusal.reason, refusal.depends)


def _reading_to_json(reading: Reading) -> dict[str, Any]:
    return {
        **asdict(replace(reading, blocks=())),
        "date": reading.date.isoformat() if reading.date else None,
        "blocks": list(map(_block_to_json, reading.blocks)),
    }


def _block_to_json(block: Block) -> dict[str, Any]:
    """What a block has, and no more: a table may have a hundred thousand of them."""
    held = {field.name: value for field in fields(block) if (value := getattr(block, field.name))}
    spans: dict[str, Any] = {name: _span_to_json(held[name]) for name in ("span", "lead") if name in held}
    return {**held, **spans, "cells": list(map(_span_to_json, block.cells))}


def _span_to_json(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _stays_inside(reading: Reading) -> bool:
    ends = [offset for page in reading.pages for offset in (page.span.start, page.span.end)]
    return all(0 <= offset <= len(reading.text) for offset in (reading.body, *ends))


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: SkipReason
    depends: frozenset[Outside]


@cache
def _readings() -> "TypeAdapter[FileReadings]":
    from pydantic import TypeAdapter

    return TypeAdapter(FileReadings)


@cache
def _refusals() -> "TypeAdapter[_Refusal]":
    from pydantic import TypeAdapter

    return TypeAdapter(_Refusal)


def serve(memory: int) -> None:
    """Answer each file that comes by standard input, read or drawn, with a line of JSON.

    An error of a reader's library ends the process: the parent tells the last line of its traceback.
    """
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    incoming = sys.stdin.buffer
    outgoing = _answers()
    while head := incoming.readline():
        job = json.loads(head)
        _limit_cpu(job["seconds"])
        data = incoming.read(job["size"])
        outgoing.write(json.dumps(_answer(data, job)).encode() + b"\n")
        outgoing.flush()


def _answers() -> IO[bytes]:
    """Standard output for the answers alone: what a library prints goes to standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _answer(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    try:
        return _drawn(data, job) if "page" in job else _read(data, job)
    except UnreadableDocument as error:
        return refusal_to_json(error)


def _read(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    from index.readers import read_bytes  # only the child reads

    modified = job["modified"]
    found = read_bytes(data, job["path"], datetime.fromisoformat(modified) if modified else None)
    return readings_to_json(found)


def _drawn(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    from index.readers.pdf.picture import picture  # PDFium is loaded where a PDF is drawn

    quotes = [PageQuote(**quote) for quote in job["quotes"]]
    return picture_to_json(picture(data, job["page"], quotes))


def _limit(what: int, amount: int) -> None:
    resource.setrlimit(what, (amount, amount))


def _limit_cpu(seconds: float) -> None:
    """The limit counts from the start of the process, so it moves on with every file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
