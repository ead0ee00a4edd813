"""What stands above a block and before it: heading paths and lead-ins, told from the order of the blocks."""

from collections.abc import Iterable
from dataclasses import replace

from index.document import Block, BlockKind, Span
from index.text.structure import asks

_INTRODUCED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE})


def structured(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of `text`, in reading order, with their `headings` and `lead` filled in.

    A list, a table or a piece of code is introduced by the paragraph right before it if that ends with a colon;
    a piece of code also by any other. A turn is introduced by the question of another that it replies to.
    """
    path: dict[int, str] = {}
    before: Block | None = None
    lead: Span | None = None
    complete = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            path = {level: title for level, title in path.items() if level < block.level}
        headings = tuple(title for _, title in sorted(path.items()))
        if block.kind is BlockKind.HEADING:
            path[block.level] = " ".join(block.span.of(text).split())
        if before is None or before.kind is not block.kind or block.kind is BlockKind.TURN:
            lead = _lead_in(text, before, block, lead)
        is_bare = not headings and lead is None and not block.headings and block.lead is None
        complete.append(block if is_bare else replace(block, headings=headings, lead=lead))
        before = block
    return tuple(complete)


def _lead_in(text: str, before: Block | None, block: Block, lead: Span | None) -> Span | None:
    """The lead-in of a run of blocks that begins with `block`; code within a list keeps the list's."""
    if block.kind is BlockKind.TURN:
        return _question_before(text, before, block, lead)
    if block.kind not in _INTRODUCED or before is None:
        return None
    if before.kind in _INTRODUCED:
        introduces = block.kind is not BlockKind.ITEM and before.span.of(text).endswith(":")
        return before.span if before.kind is BlockKind.ITEM and introduces else lead
    if before.kind is not BlockKind.PARAGRAPH:
        return None
    introduces = block.kind is BlockKind.CODE or before.span.of(text).rstrip().endswith(":")
    return before.span if introduces else None


def _question_before(text: str, before: Block | None, turn: Block, lead: Span | None) -> Span | None:
    """The question that a turn replies to; who goes on speaking still does."""
    if before is None or before.kind is not BlockKind.TURN:
        return None
    if before.speaker == turn.speaker:
        return lead
    is_question = asks(before.speaker) or before.span.of(text).rstrip("\"'”’»)*_ \n").endswith(("?", "？"))
    return before.span if is_question else None
