"""What documents say as a whole: from each part of a document the sentence that tells most of it."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Evidence
from assistant.extraction.quotes import is_quotable
from assistant.finding.choosing import MOST_EVIDENCE
from assistant.finding.evidence import IsSpeaker
from assistant.finding.relevance import MATCH_SCALE
from index.document import Document, Span
from index.embed import unit
from index.filters import DocumentFilter
from index.language.terms import terms
from index.store.lookup import StoredChunk, chunk_ids, newest_documents, rarity, stored_chunks, token_states
from index.store.store import Store
from index.text.sentences import leans_back
from index.text.structure import asks

# Words that are weighed, and sentences that a word must stand in to be one of the document's own.
_MOST_WORDS = 300
_FEWEST_SENTENCES = 2
# A sentence of fewer content words is no better for being short.
_SHORT = 8
# A longer text is cut at every second passage, or third, …: the work grows with the square of their number.
_MOST_PASSAGES = 400
# Headings and greetings are shorter than what tells something; a short text has fewer of them, and each fact counts.
_SHORTEST, _SHORTEST_OF_A_NOTE = 60, 20
_LONGEST_NOTE = 1000
_LONGEST = 500
_FULL_STOP = re.compile(r"[.!][\"”»')\]]*$")
# In scores of a sentence: what a tenth of cosine to the middle of its part is worth, and what it costs to
# lean on what was said before, or to come from a part that another sentence stands for already.
_CENTRAL = 0.09
_LEANING = 0.5
_TAKEN = 1.0
# News tells what happened in its first sentence.
_FIRST = 0.5
# How much a sentence loses for a tenth of cosine to a chosen one, above what sentences of a passage have anyway.
_REPETITION = 0.2
_USUAL_COSINE = 0.9


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


def segments(vectors: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """The run, counted from 0, that each passage belongs to; `vectors` is (passages, dimensions), in order.

    Of all ways to cut into `most` runs (or as many as there are passages), the one with the least scatter of
    the vectors about the middle of their run.
    """
    step = math.ceil(len(vectors) / _MOST_PASSAGES)
    runs = _cut(vectors[::step].astype(np.float64), most)
    return np.repeat(runs, step)[: len(vectors)]


def _cut(vectors: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """The run that each passage belongs to, by dynamic programming over all places to cut."""
    count = len(vectors)
    scatter = _scatter(vectors)
    least, cuts = scatter[0], []
    for _ in range(min(most, count) - 1):
        totals = least[:, None] + scatter
        cuts.append(totals.argmin(axis=0))
        least = totals.min(axis=0)
    ends = [count]
    for cut in reversed(cuts):
        ends.append(int(cut[ends[-1]]))
    return np.searchsorted(np.array(sorted(ends)), np.arange(count), side="right")


def _scatter(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scatter of the run from passage i up to j, at [i, j]; infinite where that is no run."""
    sums = np.vstack([np.zeros(vectors.shape[1]), vectors.cumsum(axis=0)])
    squares = np.concatenate([[0.0], (vectors**2).sum(axis=1).cumsum()])
    products = sums @ sums.T
    norms = products.diagonal()
    places = np.arange(len(sums))
    lengths = places[None, :] - places[:, None]
    of_sums = norms[None, :] + norms[:, None] - 2 * products
    scatter = squares[None, :] - squares[:, None] - of_sums / np.maximum(lengths, 1)
    return np.where(lengths > 0, scatter, np.inf)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a document that tell something, in order; `vectors` is (sentences, dimensions).

    `parts` are the runs of its text that they stand in, `scores` how well each stands for its part.
    """

    spans: list[Span]
    vectors: NDArray[np.float32]
    parts: NDArray[np.int64]
    scores: NDArray[np.float64]


def gist(store: Store, wanted: DocumentFilter, speaker: IsSpeaker | None = None) -> tuple[Evidence, ...]:
    """The sentences that stand for the newest documents that pass the filter, numbered from 1.

    With a `speaker`, for what that one says in them.

    One document gets several sentences, each of several documents its share. `score` is how well a sentence
    stands for its part of the document, and `similarity` the same, for want of a question.
    """
    # A document that is written anew meanwhile would be cut where the sentences of the other text begin and end.
    with store.reading():
        ids = newest_documents(store, wanted, MOST_EVIDENCE)
        found = [document for id_ in ids if (document := store.document(id_)) is not None]
        share = MOST_EVIDENCE // max(1, len(found))
        chosen = [item for document in found for item in _told(store, document, share, speaker)]
    return tuple(
        Evidence(number, document, span, score, score)
        for number, (document, span, score) in enumerate(chosen, 1)
    )


def _told(
    store: Store, document: Document, count: int, speaker: IsSpeaker | None
) -> list[tuple[Document, Span, float]]:
    """The `count` sentences that tell most, from as many parts as there are, each unlike those before it."""
    sentences = _sentences(store, document, count, speaker)
    chosen: list[int] = []
    costs = np.zeros(len(sentences.spans))
    for _ in range(min(count, len(sentences.spans))):
        scores = sentences.scores - costs
        scores[chosen] = -np.inf
        best = int(scores.argmax())
        chosen.append(best)
        alike = np.maximum(sentences.vectors @ sentences.vectors[best] - _USUAL_COSINE, 0.0)
        costs += _TAKEN * (sentences.parts == sentences.parts[best]) + MATCH_SCALE * _REPETITION * alike
    return [(document, sentences.spans[i], float(sentences.scores[i])) for i in chosen]


def _sentences(store: Store, document: Document, parts: int, speaker: IsSpeaker | None) -> _Sentences:
    chunks = sorted(
        stored_chunks(store, chunk_ids(store, DocumentFilter(documents=(document.id,)))),
        key=lambda chunk: chunk.span,
    )
    vector_of = _vectors(store, chunks)
    told = [
        (span, vector_of(chunk, span), part)
        for chunk, part in zip(chunks, _parts(chunks, parts), strict=True)
        for span in chunk.sentences
        if _tells(document, span, speaker)
    ]
    spans = [span for span, _, _ in told]
    vectors = np.array([vector for _, vector, _ in told], np.float32)
    part_of = np.array([part for _, _, part in told], np.int64)
    scores = _scores(store, document, spans) + _nearness_to_the_middle(vectors, part_of)
    return _Sentences(spans, vectors, part_of, scores)


def _vectors(
    store: Store, chunks: Sequence[StoredChunk]
) -> Callable[[StoredChunk, Span], NDArray[np.float32]]:
    """The vector of a sentence by its own tokens, or where not all chunks have their states, its chunk's."""
    states = token_states(store, [chunk.id for chunk in chunks])
    if len(states) < len(chunks):
        return lambda chunk, _: chunk.vector
    return lambda chunk, span: states[chunk.id].direction(span)


def _parts(chunks: Sequence[StoredChunk], most: int) -> NDArray[np.int64]:
    return segments(np.array([chunk.vector for chunk in chunks]), most)


def _tells(document: Document, span: Span, speaker: IsSpeaker | None) -> bool:
    words = span.of(document.text)
    shortest = _SHORTEST_OF_A_NOTE if len(document.text) <= _LONGEST_NOTE else _SHORTEST
    of_a_size = shortest <= len(words) <= _LONGEST
    whole = _FULL_STOP.search(words) is not None
    if not of_a_size or "?" in words or words.isupper() or not whole:
        return False
    label = document.speaker_of(span.start)
    return (not asks(label) if speaker is None else speaker(label)) and is_quotable(words)


def _scores(store: Store, document: Document, spans: Sequence[Span]) -> NDArray[np.float64]:
    """What speaks for each sentence whatever part it is of: its words, and that it stands by itself."""
    texts = [span.of(document.text) for span in spans]
    told = salience(store, [terms(text, document.language) for text in texts])
    leaning = np.array([leans_back(text) for text in texts], np.float64)
    first = np.zeros(len(spans))
    if spans and not document.speaker_of(spans[0].start):
        first[0] = _FIRST
    return told - _LEANING * leaning + first


def _nearness_to_the_middle(vectors: NDArray[np.float32], parts: NDArray[np.int64]) -> NDArray[np.float64]:
    """The cosine of each sentence with the middle of its part, as a score below 0."""
    cosines: NDArray[np.float64] = np.zeros(len(vectors))
    for part in np.unique(parts):
        of_part = parts == part
        cosines[of_part] = vectors[of_part] @ unit(vectors[of_part].mean(axis=0))
    cosines -= cosines.max(initial=0.0)
    return MATCH_SCALE * _CENTRAL * cosines
