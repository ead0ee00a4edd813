"""Which sentences become evidence, none twice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.finding.reprints import is_reprint, merged
from assistant.finding.sentences import Sentence
from index.language.dependence import with_what_it_needs

MOST_EVIDENCE = 6


def choose(
    sentences: Sequence[Sentence], scores: NDArray[np.float64], limit: int = MOST_EVIDENCE
) -> tuple[Evidence, ...]:
    """At most `limit` quotes as evidence, the highest score first; `scores` has one number a sentence.

    A sentence that several documents print takes one place.
    """
    chosen: list[Evidence] = []
    for i in np.argsort(-scores, kind="stable"):
        item = _evidence(len(chosen) + 1, sentences[i], float(scores[i]))
        twin = next((place for place, other in enumerate(chosen) if is_reprint(item, other)), None)
        if twin is not None:
            chosen[twin] = merged(chosen[twin], item)
        elif any(_repeats(item, other) for other in chosen):
            continue
        elif len(chosen) < limit:
            chosen.append(item)
    return tuple(chosen)


def _evidence(number: int, sentence: Sentence, score: float) -> Evidence:
    """The sentence as a quote, with the one before it where it is not understood without that."""
    span = with_what_it_needs(sentence.document.text, sentence.span, sentence.previous)
    return Evidence(number, sentence.document, span, score, sentence.similarity)


def _repeats(item: Evidence, other: Evidence) -> bool:
    """Whether two quotes overlap or say the same words."""
    if item.document.id == other.document.id and item.span.overlaps(other.span):
        return True
    return item.quote == other.quote
