"""What a reading process answers, as JSON and back, for the pipe between it and its parent.

A reader that a document has taken over may answer anything: what comes back here is of the types that it is said
to be, and its offsets lie in its text.
"""

import base64
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from index.document import Block, FileReadings, Reading, Span
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
