"""How much a sentence tells of what its document is about: the words that the document has and others lack."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.store.lookup import rarity
from index.store.store import Store

# Words that are weighed, and sentences that a word must stand in to be one of the document's own.
_MOST_WORDS = 300
_FEWEST_SENTENCES = 2
# A sentence of fewer content words is no better for being short.
_SHORT = 8


def salience(store: Store, sentences: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """0 to 1 for each sentence of a document, given by its stems: the best has most of its telling words.

    A word tells by the number of the document's sentences that hold it and by its rarity in the archive.
    """
    held = Counter(term for stems in sentences for term in set(stems))
    common = [term for term, count in held.most_common(_MOST_WORDS) if count >= _FEWEST_SENTENCES]
    weights = {term: math.log1p(held[term]) * rare for term, rare in rarity(store, common).items()}
    sums = [sum(weights.get(term, 0.0) for term in set(stems)) for stems in sentences]
    scores = np.array(
        [total / math.sqrt(max(_SHORT, len(s))) for total, s in zip(sums, sentences, strict=True)]
    )
    return scores / (scores.max(initial=0.0) or 1.0)
