"""Quotes within their document: which stretch of text to show, cut at the borders of what is marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Citation
from index.document import BlockKind, Span

CONTEXT = 170  # characters shown on each side of a quote


@dataclass(frozen=True, slots=True)
class Mark:
    """A quote to highlight, the number it is cited by, the part of it that answers, and what most of it is."""

    span: Span
    marker: int
    focus: Span | None = None
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of one kind: outside any quote (`marker` None), in a quote, or in its focus.

    `opens` tells the first run of a quote. `kind` is what most of the quote is: a list, a row, code, prose.
    """

    text: str
    marker: int | None = None
    focus: bool = False
    opens: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH


def mark_of(citation: Citation) -> Mark:
    """The mark that a citation makes in its document."""
    return Mark(Span(citation.start, citation.end), citation.marker, citation.focus, citation.kind)


def segments(text: str, window: Span, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """`text` within `window`, cut at the borders of quotes and focuses. Joined, they are that text again."""
    borders = {window.start, window.end}
    for mark in marks:
        for span in (mark.span, mark.focus):
            borders.update(() if span is None else (span.start, span.end))
    ordered = sorted(border for border in borders if window.start <= border <= window.end)
    return tuple(_segment(text, Span(start, end), marks) for start, end in pairwise(ordered))


def _segment(text: str, piece: Span, marks: Sequence[Mark]) -> Segment:
    covering = [mark for mark in marks if mark.span.holds(piece)]
    if not covering:
        return Segment(piece.of(text))
    first = min(covering, key=lambda mark: mark.marker)
    focus = any(mark.focus is not None and mark.focus.holds(piece) for mark in covering)
    return Segment(
        piece.of(text), first.marker, focus, opens=piece.start == first.span.start, kind=first.kind
    )


def surroundings(text: str, body: int, marks: Iterable[Mark], context: int = CONTEXT) -> tuple[Span, ...]:
    """The stretches of `text` to show around the marks, in order, joined where they touch.

    `body` is where the prose starts; context never reaches before it.
    """
    wide = sorted(_widened(text, min(body, mark.span.start), mark.span, context) for mark in marks)
    joined: list[Span] = []
    for span in wide:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _widened(text: str, floor: int, span: Span, context: int) -> Span:
    start = max(floor, span.start - context)
    end = min(len(text), span.end + context)
    return Span(_word_start(text, start, floor, span.start), _word_end(text, end, span.end))


def _word_start(text: str, start: int, floor: int, limit: int) -> int:
    if start == floor:
        return start
    space = text.find(" ", start, limit)
    return limit if space < 0 else space + 1


def _word_end(text: str, end: int, limit: int) -> int:
    if end == len(text):
        return end
    space = text.rfind(" ", limit, end)
    return limit if space < 0 else space
