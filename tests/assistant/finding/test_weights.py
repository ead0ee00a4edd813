"""The weights that are shipped, and the features that they are for."""

import numpy as np
import pytest

from assistant import Assistant
from assistant.finding.confidence import confidence_features
from assistant.finding.evidence import evidence_features, select_evidence, sentences_of
from assistant.finding.relevance import relevance_features
from assistant.finding.retrieval import rank
from assistant.finding.weights import weighted, weights


def test_every_stage_has_a_weight_for_each_of_its_features_and_no_other(seed_assistant: Assistant) -> None:
    retriever = seed_assistant.retriever()
    read = retriever.read("¿Dónde será la reunión ministerial?")
    proposals = retriever.propose(read)
    candidates = rank(read, proposals, 10)
    evidence = select_evidence(read, candidates, retriever.store.document)
    sentences = sentences_of(read, candidates, retriever.store.document)
    assert set(weights("ranking")) == set(relevance_features(read, proposals))
    assert set(weights("evidence")) == set(evidence_features(read, sentences))
    assert set(weights("confidence")) == set(confidence_features(read, evidence))


def test_columns_are_added_by_their_weights() -> None:
    columns = {"similarity": np.array([1.0, 2.0]), "unit": np.array([0.0, 1.0])}
    known = weights("evidence")
    total = weighted("evidence", columns)
    assert total == pytest.approx([known["similarity"], 2 * known["similarity"] + known["unit"]])


def test_a_feature_without_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError, match="unheard"):
        weighted("evidence", {"unheard": np.zeros(1)})


@pytest.mark.parametrize("feature", ["similarity", "match", "coverage"])
def test_being_nearer_and_sharing_words_speaks_for_a_chunk(feature: str) -> None:
    assert weights("ranking")[feature] > 0
