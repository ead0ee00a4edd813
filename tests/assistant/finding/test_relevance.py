"""What speaks for a chunk."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.finding.relevance import MATCH_SCALE, Proposal, relevance_features
from assistant.finding.retrieval import fused, rank
from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording
from index.document import Span
from index.embed.states import Match, QuestionStates, TokenStates
from index.language.terms import terms
from index.store.lookup import StoredChunk


def read(question: str, language: str = "es") -> Wording:
    return wording(understand(question, language), ["es"], lambda stems: dict.fromkeys(stems, 4.0))


def proposal(
    text: str,
    document: str = "d",
    *,
    title: str = "",
    bm25: float = 0.0,
    cosine: float = 0.8,
    alike: float = 0.5,
) -> Proposal:
    chunk = StoredChunk(
        text[:20],
        document,
        Span(0, len(text)),
        np.zeros(3, np.float32),
        (Span(0, len(text)),),
        tuple(terms(title, "es")),
        tuple(terms(text, "es")),
    )
    one = np.ones(1, np.float32)
    asked = QuestionStates(one[None], one, (Span(0, 1),))
    passage = TokenStates(np.array([len(text)], np.int32), np.zeros((1, 1), np.uint8))
    return Proposal(chunk, bm25, cosine, Match(asked, passage, np.array([[alike]], np.float32)))


BRIDGE = read("¿Quién abrió el puente de Arteaga?")


def test_a_chunk_with_all_words_of_the_question_covers_it_whole() -> None:
    features = relevance_features(
        BRIDGE, [proposal("El alcalde abrió el puente de Arteaga"), proposal("Llovió en la costa", "e")]
    )
    assert features["coverage"].tolist() == [1.0, 0.0]


def test_words_of_the_title_count_for_the_chunk_and_those_of_other_chunks_for_the_document() -> None:
    features = relevance_features(
        BRIDGE,
        [proposal("Cortó la cinta", title="Puente de Arteaga"), proposal("El alcalde abrió la obra")],
    )
    assert features["coverage"] == pytest.approx([2 / 3, 1 / 3])
    assert features["document_coverage"].tolist() == [1.0, 1.0]


def test_cosines_count_from_the_nearest_chunk() -> None:
    features = relevance_features(BRIDGE, [proposal("a", cosine=0.9), proposal("b", "e", cosine=0.85)])
    assert features["similarity"] == pytest.approx([0.0, -0.5])


def test_matches_count_from_the_best_one_and_a_chunk_that_was_not_looked_at_matches_nothing() -> None:
    unseen = replace(proposal("b", "e"), match=None)
    features = relevance_features(BRIDGE, [proposal("a", alike=0.6), unseen])
    assert features["match"] == pytest.approx([0.0, -0.6 * MATCH_SCALE])


def test_words_and_vectors_count_alike_where_both_lists_are_put_into_one() -> None:
    both, by_words = proposal("a", bm25=5.0, cosine=0.9), proposal("b", "e", bm25=6.0, cosine=0.7)
    by_vector, neither = proposal("c", "f", cosine=0.91), proposal("d", "g", cosine=0.7)
    order = [item.chunk.document for item in fused([neither, by_vector, by_words, both])]
    assert order[0] == "d" and order[-1] == "g"
    assert fused([]) == []


def test_a_question_that_shares_no_word_is_ranked_by_nearness() -> None:
    foreign = read("Which mayor cut that ribbon?", "en")
    near, far = proposal("El alcalde cortó la cinta", cosine=0.9), proposal("Llovió mucho", "e", cosine=0.8)
    assert [found.chunk.document for found in rank(foreign, [far, near], 10)] == ["d", "e"]


def test_of_equally_near_chunks_the_one_with_the_words_comes_first() -> None:
    with_words = proposal("El alcalde abrió el puente de Arteaga", "words", bm25=9.0)
    without = proposal("La feria del queso cerró", "none")
    assert rank(BRIDGE, [without, with_words], 10)[0].chunk.document == "words"


def test_nothing_is_ranked_where_nothing_was_found() -> None:
    assert rank(BRIDGE, [], 10) == []
