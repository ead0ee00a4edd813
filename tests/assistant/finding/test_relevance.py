"""What speaks for a chunk."""

import numpy as np
import pytest

from assistant.finding.relevance import Proposal, relevance_features
from assistant.finding.retrieval import rank
from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording
from index.document import Span
from index.lookup import StoredChunk
from index.terms import terms


def read(question: str, language: str = "es") -> Wording:
    return wording(understand(question, language), ["es"], lambda stems: dict.fromkeys(stems, 4.0))


def proposal(
    text: str, document: str = "d", *, title: str = "", bm25: float = 0.0, cosine: float = 0.8
) -> Proposal:
    vectors = np.zeros((1, 3), np.float32)
    chunk = StoredChunk(
        text[:20],
        document,
        Span(0, len(text)),
        vectors[0],
        (Span(0, len(text)),),
        vectors,
        tuple(terms(title, "es")),
        tuple(terms(text, "es")),
    )
    return Proposal(chunk, bm25, cosine, np.array([cosine], np.float32))


BRIDGE = read("¿Quién abrió el puente de Arteaga?")


def test_a_chunk_with_all_words_of_the_question_covers_it_whole() -> None:
    features = relevance_features(
        BRIDGE, [proposal("El alcalde abrió el puente de Arteaga"), proposal("Llovió en la costa", "e")]
    )
    assert features["coverage"].tolist() == [1.0, 0.0]
    assert features["window"].tolist() == [1.0, 0.0]


def test_words_of_the_title_count_for_the_chunk_and_those_of_other_chunks_for_the_document() -> None:
    features = relevance_features(
        BRIDGE,
        [proposal("Cortó la cinta", title="Puente de Arteaga"), proposal("El alcalde abrió la obra")],
    )
    assert features["title_coverage"] == pytest.approx([2 / 3, 0.0])
    assert features["coverage"] == pytest.approx([2 / 3, 1 / 3])
    assert features["document_coverage"].tolist() == [1.0, 1.0]


def test_cosines_count_from_the_nearest_chunk() -> None:
    features = relevance_features(BRIDGE, [proposal("a", cosine=0.9), proposal("b", "e", cosine=0.85)])
    assert features["similarity"] == pytest.approx([0.0, -0.5])
    assert features["best_sentence"] == pytest.approx([0.0, -0.5], abs=1e-5)


def test_the_nearest_sentence_of_a_document_counts_for_all_its_chunks() -> None:
    features = relevance_features(
        BRIDGE, [proposal("a", cosine=0.9), proposal("b", cosine=0.8), proposal("c", "e", cosine=0.85)]
    )
    assert features["document_sentence"] == pytest.approx([0.0, 0.0, -0.5], abs=1e-5)


def test_a_question_that_shares_no_word_is_ranked_by_nearness() -> None:
    foreign = read("Which mayor cut that ribbon?", "en")
    near, far = proposal("El alcalde cortó la cinta", cosine=0.9), proposal("Llovió mucho", "e", cosine=0.8)
    assert [found.chunk.document for found in rank(foreign, [far, near])] == ["d", "e"]


def test_of_equally_near_chunks_the_one_with_the_words_comes_first() -> None:
    with_words = proposal("El alcalde abrió el puente de Arteaga", "words", bm25=9.0)
    without = proposal("La feria del queso cerró", "none")
    assert rank(BRIDGE, [without, with_words])[0].chunk.document == "words"


def test_nothing_is_ranked_where_nothing_was_found() -> None:
    assert rank(BRIDGE, []) == []
