"""Quotes of what is no prose: a list with its lead-in, a row, code with the sentence that introduces it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.extraction.quotes import LONGEST_QUOTE, is_quotable
from index.document import Block, BlockKind, Document, Span
from index.store.blocks import place_of
from index.text.units import units_of

LONGEST_SHAPE = 1500
"""Characters that a quoted list, table or piece of code may have."""

_SHAPED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class Shape:
    """What to quote: `kind` is what most of it is. `is_cut` says that it goes on in the document."""

    span: Span
    kind: BlockKind
    is_cut: bool = False


def shape_of(document: Document, unit: Span, *, whole: bool) -> Shape | None:
    """The list, row or code that the unit at `unit` is part of or introduces; None for prose.

    Of a list only the item is quoted, unless all of it is asked for, or it is short.
    """
    blocks = document.blocks
    place = place_of(blocks, unit.start)
    if place is None:
        return None
    block = blocks[place]
    if block.kind not in _SHAPED:
        return _introduced(document, unit, blocks[place : place + 1], blocks[place + 1 :])
    if block.kind is BlockKind.ROW:
        return _cut(document, block.span.start, [block], unit)
    run = _run(blocks, place)
    start = _introduction(document, run[0])
    if block.kind is BlockKind.CODE or whole or run[-1].span.end - start <= LONGEST_QUOTE:
        return _cut(document, start, run, unit)
    lead_fits = unit.end - start <= LONGEST_QUOTE
    return _cut(document, start if lead_fits else block.span.start, [block], unit)


def announces(document: Document, unit: Span) -> bool:
    """Whether the unit is prose that introduces a list, a table or code."""
    place = place_of(document.blocks, unit.start)
    return place is not None and document.blocks[place].kind not in _SHAPED


def _introduced(
    document: Document, unit: Span, lead: Sequence[Block], following: Sequence[Block]
) -> Shape | None:
    """The sentence with what it introduces, if it is the last one before that."""
    (block,) = lead
    if unit.end < block.span.end or not following or following[0].lead != block.span:
        return None
    if following[0].kind not in _SHAPED or not is_quotable(following[0].span.of(document.text)):
        return None
    return _cut(document, unit.start, _run(following, 0))


def _run(blocks: Sequence[Block], place: int) -> list[Block]:
    """The list, table or code, all that has the same lead-in, that the block at `place` is part of."""
    lead, kind = blocks[place].lead, blocks[place].kind

    def belongs(other: Block) -> bool:
        return other.kind in _SHAPED and other.lead == lead and (lead is not None or other.kind is kind)

    before = list(takewhile(belongs, reversed(blocks[:place])))
    return [*reversed(before), *takewhile(belongs, blocks[place:])]


def _introduction(document: Document, first: Block) -> int:
    """Where the sentence begins that introduces a list or code; where that begins itself, if none does."""
    if first.lead is None:
        return first.span.start
    sentences = units_of(document.text, Block(BlockKind.PARAGRAPH, first.lead))
    quotable = sentences and is_quotable(sentences[-1].span.of(document.text))
    return sentences[-1].span.start if quotable else first.span.start


def _cut(document: Document, start: int, run: Sequence[Block], unit: Span | None = None) -> Shape:
    """As many whole blocks as fit, from `start` on; from the block of `unit` on if that would not be among them.

    What does not fit by itself is cut at a line or a space.
    """
    limit = start + LONGEST_SHAPE
    held = next((block.span for block in run if unit is not None and block.span.holds(unit)), None)
    if unit is not None and held is not None and held.end > limit:
        start = held.start if held.end - held.start <= LONGEST_SHAPE else unit.start
        limit = start + LONGEST_SHAPE
    kind = run[0].kind
    ends = [block.span.end for block in run if start < block.span.end <= limit]
    end = ends[-1] if ends else _border(document.text, start, limit)
    return Shape(Span(start, end), kind, is_cut=end < run[-1].span.end)


def _border(text: str, start: int, limit: int) -> int:
    """The last line's end, or the last word's, before `limit`."""
    half = (start + limit) // 2
    line, space = text.rfind("\n", half, limit), text.rfind(" ", half, limit)
    end = line if line > 0 else space if space > 0 else limit
    return start + len(text[start:end].rstrip())
