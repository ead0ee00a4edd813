"""Documents into passages: runs of blocks under one heading of about 200 tokens, which are found as one.

Where to cut is weighed over the whole document: a passage costs the more the further it is from the target, and so
does a cut the closer what it parts belongs together.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import PurePosixPath

from index.document import Block, BlockKind, Document, Span
from index.language.terms import words
from index.text.headings import shorten
from index.text.sentences import Unit, units_of

VERSION = "7"
TARGET_TOKENS = 220
# A passage of more tokens is one unit, and what stands only with it.
MOST_TOKENS = 340

# What a passage of no tokens costs is 1: see `_size_cost`.
_CUT_BETWEEN_BLOCKS = 0.05
_CUT_IN_LIST = 0.25
_CUT_IN_BLOCK = 0.25
_JOIN_SECTIONS = 0.3

_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW, BlockKind.CODE})

TokenCounter = Callable[[Sequence[str]], list[int]]

_BETWEEN = " › "
# Bounds in characters, so that passage and context together fit into the 512 tokens that e5 reads.
_TITLE = 120
_HEADINGS = 200
_NAME = 80
_LABELS = 250
_LEAD = 250


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of blocks, or a part of a long one. Every span counts within the document's text.

    `sentences` are what can be quoted by itself: sentences, items, rows, lines of code. `headings` are the titles
    above all of it, `labels` the names of its columns and speakers. `lead` is what introduces its first block and
    stands before it: the lead-in of a list that began earlier, the question that a turn replies to.
    """

    span: Span
    sentences: tuple[Span, ...]
    headings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    lead: Span | None = None


def passages_of(document: Document, count_tokens: TokenCounter) -> list[Passage]:
    """The passages of a document's prose, in order; together they hold every unit of its blocks once."""
    blocks = [block for block in document.blocks if block.span.start >= document.body]
    befores = [document.body, *(block.span.end for block in blocks)]
    units = [
        unit
        for block, before in zip(blocks, befores, strict=False)
        for unit in units_of(document.text, block, before)
    ]
    sizes = count_tokens([unit.span.of(document.text) for unit in units])
    bundles = list(_bundles(units, sizes))
    return [_passage(list(chain.from_iterable(run))) for run in _runs(bundles)]


class _Bundle(list[Unit]):
    """Units that are not parted. `size` is their tokens."""

    size = 0

    def add(self, unit: Unit, size: int) -> None:
        self.append(unit)
        self.size += max(size, 1)


def _bundles(units: Iterable[Unit], sizes: Iterable[int]) -> Iterator[_Bundle]:
    """A heading with what follows it, a lead-in with what it introduces, a question with its answer's beginning."""
    bundle = _Bundle()
    for unit, size in zip(units, sizes, strict=True):
        if bundle and not _sticks(bundle, unit, size):
            yield bundle
            bundle = _Bundle()
        bundle.add(unit, size)
    if bundle:
        yield bundle


def _sticks(bundle: _Bundle, unit: Unit, size: int) -> bool:
    before = bundle[-1]
    if before.block is unit.block and unit.opens:
        return True  # a speaker's label stands before it
    if before.block.kind is BlockKind.HEADING:
        return unit.block.kind is not BlockKind.HEADING or unit.block.level > before.block.level
    introduced = unit.opens and before.closes and unit.block.lead == before.block.span
    return introduced and bundle.size + size <= MOST_TOKENS


def _runs(bundles: Sequence[_Bundle]) -> list[Sequence[_Bundle]]:
    """The cheapest way to divide the bundles, found from the first to the last."""
    cuts = [0.0, *(_cut_cost(left[-1], right[0]) for left, right in pairwise(bundles))]
    joins = [math.inf, *(_join_cost(left[-1], right[0]) for left, right in pairwise(bundles))]
    costs = [0.0]
    begins = [0]
    for end in range(1, len(bundles) + 1):
        cost, start = min(_ways(bundles, cuts, joins, costs, end))
        costs.append(cost)
        begins.append(start)
    return _traced(bundles, begins)


def _ways(
    bundles: Sequence[_Bundle],
    cuts: Sequence[float],
    joins: Sequence[float],
    costs: Sequence[float],
    end: int,
) -> Iterator[tuple[float, int]]:
    """Where the passage that ends before bundle `end` may begin, and what all until there costs then."""
    size, joined = 0, 0.0
    for start in range(end - 1, -1, -1):
        size += bundles[start].size
        if size > MOST_TOKENS and start < end - 1:
            return
        yield costs[start] + cuts[start] + joined + _size_cost(size), start
        joined += joins[start]
        if joined == math.inf:
            return


def _traced(bundles: Sequence[_Bundle], begins: Sequence[int]) -> list[Sequence[_Bundle]]:
    runs = []
    end = len(bundles)
    while end:
        runs.append(bundles[begins[end] : end])
        end = begins[end]
    return runs[::-1]


def _size_cost(size: int) -> float:
    return (size / TARGET_TOKENS - 1) ** 2


def _cut_cost(before: Unit, unit: Unit) -> float:
    if unit.block is before.block:
        return _CUT_IN_BLOCK
    if unit.block.kind is BlockKind.HEADING:
        return 0.0
    return _CUT_IN_LIST if _LISTED.issuperset((before.block.kind, unit.block.kind)) else _CUT_BETWEEN_BLOCKS


def _join_cost(before: Unit, unit: Unit) -> float:
    """What it costs that both stand in one passage; infinite for sections that are not of one parent."""
    if unit.block.kind is not BlockKind.HEADING:
        return 0.0
    section = before.block.headings
    return _JOIN_SECTIONS if unit.block.headings in (section, section[:-1]) else math.inf


def _passage(units: Sequence[Unit]) -> Passage:
    span = Span(units[0].extent.start, units[-1].extent.end)
    first = units[0].block
    blocks = [unit.block for unit in units if unit.opens or unit is units[0]]
    said = tuple(unit.span for unit in units if unit.block.kind is not BlockKind.HEADING)
    return Passage(
        span,
        said or tuple(unit.span for unit in units),
        _common(block.headings for block in blocks),
        tuple(dict.fromkeys(chain.from_iterable(map(_labels, blocks)))),
        first.lead if first.lead is not None and first.lead.end <= span.start else None,
    )


def _labels(block: Block) -> Iterator[str]:
    return filter(None, (*block.columns, block.speaker))


def _common(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The titles that all paths begin with."""
    levels = zip(*paths, strict=False)
    shared: list[str] = []
    for titles in levels:
        if len(set(titles)) > 1:
            break
        shared.append(titles[0])
    return tuple(shared)


def searched_text(document: Document, passage: Passage) -> str:
    """Title › heading path › file name's words, what introduces it, and the passage itself, with which it ends."""
    return f"{shorten(document.title, _TITLE)}{_BETWEEN}{searched_body(document, passage)}"


def searched_body(document: Document, passage: Passage) -> str:
    """The searched text without the title, which full text keeps apart; it too ends with the passage itself."""
    text = passage.span.of(document.text)
    path = [title for title in passage.headings if title != document.title]
    above = _BETWEEN.join((*_innermost(path), _words_of_name(document, path)))
    lacking = "; ".join(label for label in passage.labels if label not in text)
    lead = passage.lead.of(document.text)[-_LEAD:] if passage.lead else ""
    return "\n".join(filter(None, (above.strip(_BETWEEN), shorten(lacking, _LABELS), lead, text)))


def _innermost(path: Iterable[str]) -> Iterator[str]:
    """The titles nearest to the passage that have room."""
    kept: list[str] = []
    room = _HEADINGS
    for title in reversed(tuple(path)):
        room -= len(title)
        if kept and room < 0:
            break
        kept.append(shorten(title, _HEADINGS))
    return reversed(kept)


def _words_of_name(document: Document, path: Iterable[str]) -> str:
    """The words of the file's name that title and headings lack. What has no suffix is no name, but an id."""
    name = PurePosixPath(document.id)
    known = set(words(" ".join((document.title, *path))))
    lacking = [
        word for word in name.stem.replace("_", " ").replace("-", " ").split() if set(words(word)) - known
    ]
    return shorten(" ".join(lacking), _NAME) if name.suffix else ""
