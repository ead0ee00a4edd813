"""The weights that are shipped, and the features that they are for."""

import numpy as np
import pytest

from assistant import Assistant
from assistant.finding.relevance import relevance_features
from assistant.finding.weights import weighted, weights


def test_there_is_a_weight_for_each_feature_and_no_other(seed_assistant: Assistant) -> None:
    retriever = seed_assistant.retriever()
    read = retriever.read("¿Dónde será la reunión ministerial?")
    assert set(weights("ranking")) == set(relevance_features(read, retriever.propose(read)))


def test_columns_are_added_by_their_weights() -> None:
    known = weights("ranking")
    total = weighted("ranking", {"similarity": np.array([1.0, 2.0]), "match": np.array([0.0, 1.0])})
    assert total == pytest.approx([known["similarity"], 2 * known["similarity"] + known["match"]])


def test_a_feature_without_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError, match="unheard"):
        weighted("ranking", {"unheard": np.zeros(1)})


@pytest.mark.parametrize("feature", ["similarity", "match", "coverage"])
def test_being_nearer_and_sharing_words_speaks_for_a_chunk(feature: str) -> None:
    assert weights("ranking")[feature] > 0
