"""Quotes of a bearable length: one sentence, two where it leans on its neighbour, cut at clause borders."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile, zip_longest

from assistant.extraction.boilerplate import is_boilerplate
from assistant.extraction.dependence import closes_more, opens_more, speaks_of_others
from assistant.extraction.orders import speaks_to_the_writer
from assistant.questions.understanding import Question
from index.document import Document, Span
from index.language.terms import terms
from index.sentences import split_sentences
from index.speakers import is_label
from index.store.blocks import place_of

LONGEST_QUOTE = 500
"""Characters that a quote may have."""

_CUT = re.compile(r"[;:,](?=\s)|\s(?=[—–(«“])|(?<=[.!?])\s")


def is_quotable(words: str, question: str = "") -> bool:
    """Whether words of a document may prove something to `question`: no planted orders, no boilerplate."""
    return not speaks_to_the_writer(words) and not is_boilerplate(words, question)


def trim_quote(text: str, span: Span, question: Question | None = None) -> Span:
    """What to quote for the sentence at `span` of `text`: at most LONGEST_QUOTE characters.

    The neighbour comes along, where both fit, when the sentence opens with a pronoun or “dicha reunión”, or
    holds half of a quotation. A sentence too long by itself is cut to its clauses nearest to the question.
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
    if opens_more(words):
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
    wanted = set(question.terms) if question else set()
    language = question.language if question else ""
    return max(runs, key=lambda run: len(wanted & set(terms(run.of(text), language))))


def _run_from(text: str, borders: list[int], first: int) -> Span:
    """The clauses from border `first` on that fit; a single one that does not is cut at a space."""
    start = borders[first]
    fitting = [border for border in borders[first + 1 :] if border - start <= LONGEST_QUOTE]
    limit = start + LONGEST_QUOTE
    space = text.rfind(" ", start + 1, limit)
    end = fitting[-1] if fitting else (space if space > start else limit)
    piece = Span(start, end).of(text)
    return Span(end - len(piece.lstrip()), start + len(piece.rstrip()))
