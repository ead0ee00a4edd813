"""Blocks as units: the sentences, items, rows and lines that are never cut, and never reach into another block."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Block, BlockKind, Span
from index.text.sentences import bounded, split_sentences
from index.text.structure import is_label

# What stands between office and name in the label of a speaker.
_OFFICE = ", "
_BEHIND_LABELS = " \t\n:.-–—"
# What a person takes in at one look, however many sentences it has.
_WHOLE = frozenset({BlockKind.HEADING, BlockKind.ITEM, BlockKind.ROW})


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a block. `span` holds what it says, without the sign of an item before it.

    `extent` reaches to the borders of the block where the unit is its first or its last, and to the label before it
    where the block is a turn.
    """

    block: Block
    span: Span
    extent: Span

    @property
    def opens(self) -> bool:
        """Whether its block begins with it."""
        return self.extent.start <= self.block.span.start

    @property
    def closes(self) -> bool:
        """Whether its block ends with it."""
        return self.extent.end == self.block.span.end


def units_of(text: str, block: Block, before: int | None = None) -> list[Unit]:
    """The units of a block, in order: none is longer than LONGEST; of white space there are none.

    `before` is where the block before it ends. Between them may stand who speaks: a label that tells an office,
    “GOBERNADORA DE LOMAS, ANA RUIZ”, is a unit as well.
    """
    spans = list(_spans(text, block))
    label = _label(text, block, block.span.start if before is None else before)
    starts = [label.start if label else block.span.start, *(span.start for span in spans[1:])]
    ends = [*(span.end for span in spans[:-1]), block.span.end]
    units = [Unit(block, span, Span(*extent)) for span, *extent in zip(spans, starts, ends, strict=False)]
    return [Unit(block, label, label), *units] if label and units and _OFFICE in block.speaker else units


def _label(text: str, block: Block, before: int) -> Span | None:
    """The speaker's name between two blocks, if that is where it stands; with brackets in it or without."""
    if not block.speaker:
        return None
    gap = text[before : block.span.start].rstrip(_BEHIND_LABELS)
    line = gap[gap.rfind("\n") + 1 :].lstrip()
    if is_label(line, block.speaker):
        return Span(before + len(gap) - len(line), before + len(gap))
    start = text.rfind(block.speaker, before, block.span.start)
    return Span(start, start + len(block.speaker)) if start >= 0 else None


def _spans(text: str, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.CODE:
        return _lines(text, block.span)
    sentences = [_moved(span, block.span.start) for span in split_sentences(block.span.of(text))]
    if block.kind in _WHOLE and sentences:
        return bounded(text, Span(sentences[0].start, sentences[-1].end))
    return iter(sentences)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        words = line.strip()
        if words:
            begins = start + len(line) - len(line.lstrip())
            yield from bounded(text, Span(begins, begins + len(words)))
        start += len(line)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
