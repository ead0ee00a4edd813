"""What stretch of a document to quote: a sentence or two, cut at clauses; a list with its lead-in, a row, code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile, zip_longest

from assistant.extraction.boilerplate import is_boilerplate, speaks_to_the_writer
from assistant.questions.understanding import Question
from index.document import Block, BlockKind, Document, Span
from index.language.terms import terms
from index.store.blocks import place_of
from index.text.sentences import closes_more, opens_more, speaks_of_others, split_sentences, units_of
from index.text.structure import is_label

LONGEST_QUOTE = 500
"""Characters that a quote may have."""

_CUT = re.compile(r"[;:,](?=\s)|\s(?=[—–(«“])|(?<=[.!?])\s")


def is_quotable(words: str, question: str = "") -> bool:
    """Whether words of a document may prove something to `question`: no planted orders, no boilerplate."""
    return not speaks_to_the_writer(words) and not is_boilerplate(words, question)


def trim_quote(text: str, span: Span, question: Question | None = None) -> Span:
    """What to quote for the sentence at `span` of `text`: at most LONGEST_QUOTE characters.

    The neighbour comes along, where both fit, when the sentence opens with a pronoun or “dicha reunión”, ends with
    a colon, or holds half of a quotation. A sentence too long by itself is cut to its clauses nearest to the question.
    """
    if span.end - span.start > LONGEST_QUOTE:
        return _nearest_clauses(text, span, question)
    for wider in _with_neighbour(text, span):
        if wider.end - wider.start <= LONGEST_QUOTE:
            return wider
    return span


def with_paragraph(document: Document, quote: Span) -> Span:
    """The quote with the sentences around it in its paragraph or turn, as many as fit on both sides in turn."""
    place = place_of(document.blocks, quote.start)
    if place is None:
        return quote
    block, speaker, text = document.blocks[place].span, document.blocks[place].speaker, document.text
    before = _sentences(text, block.start, quote.start)[::-1] if block.start < quote.start else []
    behind = _sentences(text, quote.end, block.end) if quote.end < block.end else []
    for sentence in chain.from_iterable(
        zip_longest(_quotable_run(text, behind), _quotable_run(text, before, speaker))
    ):
        if sentence is not None:
            joined = Span(min(quote.start, sentence.start), max(quote.end, sentence.end))
            if joined.end - joined.start > LONGEST_QUOTE:
                break
            quote = joined
    return quote


def _quotable_run(text: str, sentences: Sequence[Span], speaker: str = "") -> Iterable[Span]:
    """The sentences up to the first that may not be quoted, or is the label of a turn."""

    def may_be_quoted(sentence: Span) -> bool:
        return is_quotable(sentence.of(text)) and not is_label(sentence.of(text), speaker)

    return takewhile(may_be_quoted, sentences)


def _with_neighbour(text: str, span: Span) -> list[Span]:
    words = span.of(text)
    wider = []
    if closes_more(words) or speaks_of_others(words):
        wider += [Span(previous.start, span.end) for previous in _previous(text, span)]
    if opens_more(words) or words.endswith(":"):
        wider += [Span(span.start, following.end) for following in _following(text, span)]
    return wider


def _previous(text: str, span: Span) -> list[Span]:
    """The sentence before `span` in its paragraph, if there is one to quote."""
    near = _sentences(text, max(0, span.start - LONGEST_QUOTE), span.start)[-1:]
    return [s for s in near if "\n" not in text[s.end : span.start] and is_quotable(s.of(text))]


def _following(text: str, span: Span) -> list[Span]:
    """The sentence after `span` in its paragraph, if there is one to quote."""
    near = _sentences(text, span.end, span.end + LONGEST_QUOTE)[:1]
    return [s for s in near if "\n" not in text[span.end : s.start] and is_quotable(s.of(text))]


def _sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of a stretch of text, which may cut the first and the last, as spans of the whole."""
    return [Span(s.start + start, s.end + start) for s in split_sentences(text[start:end])]


def _nearest_clauses(text: str, span: Span, question: Question | None) -> Span:
    borders = [span.start, *(cut.end() for cut in _CUT.finditer(text, span.start, span.end)), span.end]
    runs = [_run_from(text, borders, i) for i in range(len(borders) - 1)]
    terms_of_question = set(question.terms) if question else set()
    language = question.language if question else ""
    return max(runs, key=lambda run: len(terms_of_question & set(terms(run.of(text), language))))


def _run_from(text: str, borders: list[int], first: int) -> Span:
    """The clauses from border `first` on that fit; a single one that does not is cut at a space."""
    start = borders[first]
    fitting = [border for border in borders[first + 1 :] if border - start <= LONGEST_QUOTE]
    limit = start + LONGEST_QUOTE
    space = text.rfind(" ", start + 1, limit)
    end = fitting[-1] if fitting else (space if space > start else limit)
    piece = Span(start, end).of(text)
    return Span(end - len(piece.lstrip()), start + len(piece.rstrip()))


LONGEST_SHAPE = 1500
"""Characters that a quoted list, table or piece of code may have."""

# Characters that the items of a list have on average at most.
_LONGEST_ITEM = 160
_TOLD_BEHIND = frozenset({BlockKind.ITEM, BlockKind.CODE})
_SHAPED = _TOLD_BEHIND | {BlockKind.ROW}


@dataclass(frozen=True, slots=True)
class Shape:
    """What to quote: `kind` is what most of it is. `is_cut` says that it goes on in the document."""

    span: Span
    kind: BlockKind
    is_cut: bool = False


def shape_of(document: Document, unit: Span, *, whole: bool) -> Shape | None:
    """The list, row or code that the unit at `unit` is part of or introduces; None for prose.

    Of a list only the item is quoted, unless all of it is asked for, or it is short. Numbered paragraphs are no list.
    """
    blocks = document.blocks
    place = place_of(blocks, unit.start)
    if place is None:
        return None
    block = blocks[place]
    if block.kind not in _SHAPED:
        return _introduced(document, unit, block, blocks[place + 1 :], whole=whole)
    if block.kind is BlockKind.ROW:
        return _cut(document, block.span.start, [block], unit)
    run = _run(blocks, place)
    start = _introduction(document, run[0])
    is_list = not _are_paragraphs(run) and (whole or run[-1].span.end - start <= LONGEST_QUOTE)
    if block.kind is BlockKind.CODE or is_list:
        return _cut(document, start, run, unit)
    with_lead = run[0].lead is not None and unit.end - start <= LONGEST_QUOTE
    return _cut(document, start if with_lead else block.span.start, [block], unit)


def _are_paragraphs(items: Sequence[Block]) -> bool:
    """Whether what is numbered like a list are paragraphs: points of minutes, clauses."""
    return sum(item.span.end - item.span.start for item in items) > _LONGEST_ITEM * len(items)


def _introduced(
    document: Document, unit: Span, block: Block, following: Sequence[Block], *, whole: bool
) -> Shape | None:
    """The sentence with what it introduces, if it is the last one before that.

    Where a `whole` is asked for, a list or code right behind it under the same heading is what it introduces, colon
    or not: “Follow these steps.”
    """
    if unit.end < block.span.end or not following:
        return None
    behind = following[0]
    goes_on = whole and behind.lead is None and behind.kind in _TOLD_BEHIND
    if behind.lead != block.span and not (goes_on and behind.headings == block.headings):
        return None
    if behind.kind not in _SHAPED or not is_quotable(behind.span.of(document.text)):
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
