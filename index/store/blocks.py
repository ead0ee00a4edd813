"""Blocks as rows and JSON: what is the rule is left out, so that a table of 100,000 rows stays small."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from index.document import Block, BlockKind, Span

BlockRow = tuple[int, int, str, str]
"""Where a block starts and ends, its kind, and the rest of it as JSON."""

_PLAIN = ("level", "headings", "columns", "number", "speaker", "time")


def block_to_json(block: Block) -> dict[str, Any]:
    """A block as people and programs get it: only what it has, spans as [start, end]."""
    return {"kind": block.kind, "start": block.span.start, "end": block.span.end, **_rest(block)}


def row_of(block: Block) -> BlockRow:
    """The inverse of `block_of`."""
    return block.span.start, block.span.end, block.kind, json.dumps(_rest(block), separators=(",", ":"))


def block_of(row: Sequence[Any]) -> Block:
    """The inverse of `row_of`."""
    start, end, kind, rest = row
    held = json.loads(rest)
    return Block(
        BlockKind(kind),
        Span(start, end),
        level=held.get("level", 0),
        headings=tuple(held.get("headings", ())),
        columns=tuple(held.get("columns", ())),
        cells=tuple(Span(*cell) for cell in held.get("cells", ())),
        lead=Span(*held["lead"]) if "lead" in held else None,
        number=held.get("number", ""),
        speaker=held.get("speaker", ""),
        time=held.get("time", ""),
    )


def place_of(blocks: Sequence[Block], offset: int) -> int | None:
    """The place of the block that holds `offset` of the text, or None where none does."""
    place = bisect_right(blocks, offset, key=lambda block: block.span.start) - 1
    return place if place >= 0 and offset < blocks[place].span.end else None


def misplaced(blocks: Iterable[Block], length: int) -> str:
    """What is wrong with where blocks stand in a text of `length` characters, or an empty string."""
    end = 0
    for block in blocks:
        if not end <= block.span.start < block.span.end <= length:
            return "a block is empty, outside its text or out of order"
        if not all(_is_span(cell, block.span) for cell in block.cells):
            return "a cell lies outside its block"
        if block.lead is not None and not _is_span(block.lead, Span(0, block.span.start)):
            return "a lead-in does not stand before its block"
        end = block.span.end
    return ""


def _rest(block: Block) -> dict[str, Any]:
    rest: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(block, name))}
    if block.cells:
        rest["cells"] = [[cell.start, cell.end] for cell in block.cells]
    if block.lead is not None:
        rest["lead"] = [block.lead.start, block.lead.end]
    return rest


def _is_span(span: Span, within: Span) -> bool:
    return within.start <= span.start <= span.end <= within.end
