"""Which sentences become evidence, and as which quotes: none twice, neighbours that both answer as one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.extraction.dependence import with_what_it_needs
from assistant.extraction.quotes import LONGEST_QUOTE
from assistant.finding.reprints import is_reprint, merged
from assistant.finding.sentences import Sentence
from index.document import Span

MOST_EVIDENCE = 6
# A neighbour whose score is this close to a quote's belongs to what the quote says.
_NEAR = 2.0
# Characters of white space that may stand between them: a flattened page leaves more between its parts.
_WIDEST_GAP = 5


def choose(
    sentences: Sequence[Sentence], scores: NDArray[np.float64], limit: int = MOST_EVIDENCE
) -> tuple[Evidence, ...]:
    """At most `limit` quotes as evidence, the highest score first; `scores` has one number a sentence.

    A sentence that several documents print takes one place. A sentence beside a quote that scores little
    more, in its paragraph, makes it longer.
    """
    chosen: list[Evidence] = []
    for i in np.argsort(-scores, kind="stable"):
        item = _evidence(len(chosen) + 1, sentences[i], float(scores[i]))
        twin = next((place for place, other in enumerate(chosen) if is_reprint(item, other)), None)
        beside = next((place for place, other in enumerate(chosen) if _goes_on(item, other)), None)
        if twin is not None:
            chosen[twin] = merged(chosen[twin], item)
        elif any(_repeats(item, other) for other in chosen):
            continue
        elif beside is not None:
            chosen[beside] = _joined(chosen[beside], item)
        elif len(chosen) < limit:
            chosen.append(item)
    return tuple(chosen)


def _evidence(number: int, sentence: Sentence, score: float) -> Evidence:
    """The sentence as a quote, with the one before it where it is not understood without that."""
    span = with_what_it_needs(sentence.document.text, sentence.span, sentence.previous)
    return Evidence(number, sentence.document, span, score, sentence.similarity)


def _goes_on(item: Evidence, other: Evidence) -> bool:
    """Whether `item` stands right before or behind `other`, and both together are one bearable quote."""
    if item.document.id != other.document.id or other.also or item.score < other.score - _NEAR:
        return False
    first, second = sorted((item.span, other.span))
    between = item.document.text[first.end : second.start]
    if between.strip() or "\n" in between or len(between) > _WIDEST_GAP:
        return False
    return second.end - first.start <= LONGEST_QUOTE


def _joined(quote: Evidence, item: Evidence) -> Evidence:
    span = Span(min(quote.span.start, item.span.start), max(quote.span.end, item.span.end))
    return replace(quote, span=span, similarity=max(quote.similarity, item.similarity))


def _repeats(item: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap or say the same words."""
    if item.document.id == other.document.id and item.span.overlaps(other.span):
        return True
    return item.quote == other.quote
