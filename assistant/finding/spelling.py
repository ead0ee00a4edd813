"""Words that the archive does not have, matched to those that it has: “cansiller” is meant for “canciller”."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.answer import Correction
from index.document import Span
from index.embed import Embedder
from index.filters import EVERYTHING
from index.language.terms import LANGUAGES, fold, is_stop_word, stem, words
from index.store.lookup import chunk_texts, chunks_holding
from index.store.store import Store

_SHORTEST = 5
# From so many letters on a word may have two mistakes.
_LONG = 8
_CANDIDATES = 8
# Chunks in which the word is looked up as it is written.
_LOOKED_UP = 20
_WORD = re.compile(r"[^\W\d_]+(?:[-'’]\w+)*")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")

Vocabulary = Mapping[str, int]
"""The stems of an archive, and how many of its chunks hold each."""


@dataclass(frozen=True, slots=True)
class Respelled:
    """A question with the words that the archive has in the place of those that it does not have."""

    question: str
    corrections: tuple[Correction, ...]


def respell(
    question: str, language: str, store: Store, vocabulary: Vocabulary, embedder: Embedder
) -> Respelled | None:
    """The question respelled; None where every word is known, or nothing near it is.

    A word of a language that no document is in is not misspelled: “tariff” is no “tarifa”.

    Names, what has figures and what stands in quotation marks stay as they are, and so do words that are whole
    tokens of the model: those are words, if none of this archive.
    """
    if language not in store.languages():
        return None
    corrections: list[Correction] = []
    for span in reversed(list(_doubtful(question, vocabulary))):
        written = span.of(question)
        if embedder.count_tokens([written]) == [1]:
            continue
        meant = _nearest(written, language, store, vocabulary)
        if meant:
            question = question[: span.start] + meant + question[span.end :]
            corrections.insert(0, Correction(written, meant))
    return Respelled(question, tuple(corrections)) if corrections else None


def _doubtful(question: str, vocabulary: Vocabulary) -> Iterator[Span]:
    """The words in small letters that the archive has in no form."""
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(question)]
    for match in _WORD.finditer(question):
        span, word = Span(*match.span()), fold(match[0])
        if len(word) < _SHORTEST or not match[0].islower() or not word.isalpha() or is_stop_word(word):
            continue
        touching_figures = (
            question[span.end : span.end + 1].isdigit() or question[: span.start][-1:].isdigit()
        )
        known = any(stem(word, language) in vocabulary for language in LANGUAGES)
        if not (known or touching_figures or any(each.holds(span) for each in quoted)):
            yield span


def _nearest(written: str, language: str, store: Store, vocabulary: Vocabulary) -> str:
    """The word of the archive that differs in the fewest letters, the commonest of those; empty if none is near."""
    most = 2 if len(written) >= _LONG else 1
    root = stem(fold(written), language)
    hits = process.extract(root, vocabulary.keys(), scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES)
    near = {term: int(distance) for term, distance, _ in hits if term[:1] == root[:1]}
    ranked = sorted(near, key=lambda term: (near[term], -vocabulary[term]))
    spelled = (_as_written(term, written, language, store) for term in ranked)
    return next((word for word in spelled if 0 < OSA.distance(fold(word), fold(written)) <= most), "")


def _as_written(term: str, written: str, language: str, store: Store) -> str:
    """The word of that stem which is most like the one in question, as documents write it."""
    held = chunks_holding(store, [[term]], EVERYTHING)
    ids = [chunk for chunks in held.values() for chunk in chunks][:_LOOKED_UP]
    forms = Counter(
        word.lower()
        for text in chunk_texts(store, ids).values()
        for word in _WORD.findall(text)
        if any(stem(folded, language) == term for folded in words(word))
    )
    return min(forms, key=lambda form: (OSA.distance(fold(form), fold(written)), -forms[form]), default="")


def vocabulary_of(store: Store) -> Vocabulary:
    """The stems of all chunks that are words and not figures."""
    counted = store.database.full_text.vocabulary()
    return {term: count for term, count in counted.items() if len(term) >= _SHORTEST - 1 and term.isalpha()}
