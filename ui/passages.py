"""Quotes within their document: which stretch of text to show, cut at the borders of what is marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Citation, ResolvedDate
from index.document import BlockKind, Document, Span

CONTEXT = 170  # characters shown on each side of a quote
_LONGEST_AGAIN = 90  # characters of a quote, beside its focus, where it is shown a second time
# A line that a typist draws, perhaps with a remark in it: “--- (inaudible) ---”.
_DRAWN_LINE = re.compile(r"^[ \t]*+(?:-{2,}+[^\n-]{0,60}){1,3}$", re.MULTILINE)
_PIECE = re.compile(r"[^\s|][^\n|]*+")
_LETTER = re.compile(r"[^\W_]")


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

    `opens` tells the first run of a quote. `kind` is what most of the quote is: a list, a row, code, prose. `date` is
    what the text means, where it is words that name days.
    """

    text: str
    marker: int | None = None
    focus: bool = False
    opens: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    date: ResolvedDate | None = None


@dataclass(frozen=True, slots=True)
class DatedWords:
    """Where words stand that name days, and which."""

    span: Span
    date: ResolvedDate


def mark_of(citation: Citation) -> Mark:
    """The mark that a citation makes in its document."""
    return Mark(Span(citation.start, citation.end), citation.marker, citation.focus, citation.kind)


def segments(
    text: str, window: Span, marks: Sequence[Mark], dated: Sequence[DatedWords] = ()
) -> tuple[Segment, ...]:
    """`text` within `window`, cut at the borders of quotes, focuses and dates. Joined, they are that text again."""
    spans = [
        *(mark.span for mark in marks),
        *(mark.focus for mark in marks),
        *(words.span for words in dated),
    ]
    borders = {window.start, window.end, *(at for span in spans if span for at in (span.start, span.end))}
    ordered = sorted(border for border in borders if window.start <= border <= window.end)
    return tuple(_segment(text, Span(start, end), marks, dated) for start, end in pairwise(ordered))


def _segment(text: str, piece: Span, marks: Sequence[Mark], dated: Sequence[DatedWords]) -> Segment:
    covering = [mark for mark in marks if mark.span.holds(piece)]
    day = next((words.date for words in dated if words.span.holds(piece)), None)
    if not covering:
        return Segment(piece.of(text), date=day)
    first = min(covering, key=lambda mark: mark.marker)
    focus = any(mark.focus is not None and mark.focus.holds(piece) for mark in covering)
    return Segment(
        piece.of(text), first.marker, focus, opens=piece.start == first.span.start, kind=first.kind, date=day
    )


def readable(document: Document, window: Span, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """What a person reads of the document within `window`: each block on a line, without the signs that shape it.

    Only what has no letter is left out, such as the bars of a table, and lines that a typist drew. A document whose
    blocks are not known is shown as it stands.
    """
    if not document.blocks:
        return tuple(_on_one_line(segments(document.text, window, marks)))
    shown: list[Segment] = []
    end: int | None = None
    for span in _worded(document, window):
        if end is not None:
            shown.append(Segment(_joint(document.text[end : span.start])))
        shown += _on_one_line(segments(document.text, span, marks))
        end = span.end
    return tuple(shown)


def _worded(document: Document, window: Span) -> Iterator[Span]:
    """The stretches of `window` with words in them, in order: blocks, the cells of rows, what stands between."""
    end = window.start
    for block in document.blocks:
        for part in block.cells or (block.span,):
            span = Span(max(part.start, end), min(part.end, window.end))
            if span.start < span.end:
                yield from _between(document.text, Span(end, span.start))
                yield from _apart_from_drawn(document.text, span)
                end = span.end
    yield from _between(document.text, Span(end, window.end))


def _between(text: str, gap: Span) -> Iterator[Span]:
    for piece in _PIECE.finditer(text, gap.start, gap.end):
        if _LETTER.search(piece[0]):
            yield from _apart_from_drawn(text, Span(piece.start(), piece.end()))


def _apart_from_drawn(text: str, span: Span) -> Iterator[Span]:
    starts, ends = [span.start], list[int]()
    for line in _DRAWN_LINE.finditer(text, span.start, span.end):
        ends.append(line.start())
        starts.append(line.end())
    for start, end in zip(starts, [*ends, span.end], strict=True):
        words = text[start:end]
        if words.strip():
            yield Span(end - len(words.lstrip()), start + len(words.rstrip()))


def _joint(between: str) -> str:
    return "\n" if "\n" in between else " · " if "|" in between else between and " "


def _on_one_line(shown: Iterable[Segment]) -> Iterator[Segment]:
    """The same without the line breaks of a file that is broken at a column."""
    for each in shown:
        is_code = each.kind is BlockKind.CODE
        yield each if is_code else replace(each, text=each.text.replace("\n", " "))


def shortened(shown: Iterable[Segment]) -> tuple[Segment, ...]:
    """The same with the middle of long quotes left out, apart from their focus."""
    return tuple(
        replace(each, text=_without_middle(each.text)) if each.marker and not each.focus else each
        for each in shown
    )


def _without_middle(text: str) -> str:
    if len(text) <= _LONGEST_AGAIN:
        return text
    half = _LONGEST_AGAIN // 2
    return f"{text[:half].rsplit(' ', 1)[0]} […] {text[-half:].split(' ', 1)[-1]}"


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
