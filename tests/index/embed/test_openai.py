import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from index.embed import open_embedder
from index.embed.e5.engine import E5Embedder
from index.embed.openai import OpenAIEmbedder
from index.errors import EmbeddingFailed
from tests.index.embed.embedding_server import Answer, EmbeddingServer, embedding_server, rows

_KEY = "sk-secreta-12345"


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with embedding_server() as running:
        yield running


@pytest.fixture
def embedder(server: EmbeddingServer) -> OpenAIEmbedder:
    return OpenAIEmbedder(model="m", base_url=server.url, api_key=_KEY)


def _failure(embedder: OpenAIEmbedder) -> str:
    with pytest.raises(EmbeddingFailed) as caught:
        embedder.embed_query("hola")
    assert _KEY not in str(caught.value)
    return str(caught.value)


def test_a_text_that_comes_twice_is_sent_once(server: EmbeddingServer, embedder: OpenAIEmbedder) -> None:
    first, second, third = embedder.embed_passages(["Hola a todos.", "Adiós.", "Hola a todos."])
    assert server.texts == [["Hola a todos.", "Adiós."]]
    assert server.requests[0]["model"] == "m"
    assert server.keys == [f"Bearer {_KEY}"]
    np.testing.assert_array_equal(first.vector, third.vector)
    np.testing.assert_allclose(second.vector, [0, 0, 0, 1])
    assert (first.states, embedder.tokens) == (None, None)


def test_dimensions_are_learned_from_the_first_reply(
    server: EmbeddingServer, embedder: OpenAIEmbedder
) -> None:
    embedder.embed_query("hola")
    assert embedder.dimensions == 4
    assert len(server.requests) == 1


def test_dimensions_can_be_asked_for_before_anything_is_embedded(embedder: OpenAIEmbedder) -> None:
    assert embedder.dimensions == 4
    assert embedder.embed_passages([]) == []


def test_many_texts_go_in_bounded_batches_and_come_back_in_order(
    server: EmbeddingServer, embedder: OpenAIEmbedder
) -> None:
    texts = ["o" * (n + 1) for n in range(300)] + ["a" * 150_000, "e" * 150_000]
    embedded = embedder.embed_passages(texts)
    assert max(map(len, server.texts)) <= 128
    assert max(sum(map(len, batch)) for batch in server.texts) <= 200_000
    assert [text for batch in server.texts for text in batch] == texts
    for text, made in zip(texts, embedded, strict=True):
        np.testing.assert_allclose(made.vector["aeo".index(text[0])], math.sqrt(0.5), rtol=1e-5)


def test_rows_are_matched_to_texts_by_their_index(server: EmbeddingServer, embedder: OpenAIEmbedder) -> None:
    def backwards(texts: list[str]) -> Answer:
        status, reply = rows([[1.0, 0.0], [0.0, 1.0]])
        reply["data"].reverse()
        return status, reply

    server.answer = backwards
    first, second = embedder.embed_passages(["uno", "dos"])
    assert (first.vector.tolist(), second.vector.tolist()) == ([1, 0], [0, 1])


def test_an_empty_text_is_not_sent_empty(server: EmbeddingServer, embedder: OpenAIEmbedder) -> None:
    assert np.linalg.norm(embedder.embed_query("")) == pytest.approx(1)
    assert server.texts == [[" "]]


def test_tokens_are_counted_without_a_request(
    server: EmbeddingServer, embedder: OpenAIEmbedder, e5: E5Embedder
) -> None:
    texts = ["La canciller viajó a Lima.", ""]
    assert embedder.count_tokens(texts) == e5.count_tokens(texts)
    assert server.requests == []


def test_identity_tells_models_and_servers_apart_and_hides_passwords() -> None:
    identities = {
        OpenAIEmbedder(model=model, base_url=url, api_key=None).identity
        for model in ("m", "n")
        for url in ("http://user:clave@127.0.0.1:1/v1", "http://127.0.0.1:2/v1")
    }
    assert len(identities) == 4
    assert not any("clave" in identity for identity in identities)


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (rows([]), "0 vectors for 1 texts"),
        (rows([[1.0, 2.0], [1.0, 2.0]]), "2 vectors for 1 texts"),
        (rows([[1.0, math.nan]]), "not a number"),
        (rows([[math.inf, 1.0]]), "not a number"),
        (rows([[0.0, 0.0]]), "zero"),
        (rows([[]]), "zero"),
        (rows([["uno", "dos"]]), "held no vectors"),
        ((200, {"data": None}), "held no vectors"),
        ((200, {"error": "no such thing"}), "held no vectors"),
        ((200, []), "held no vectors"),
        ((200, b"<html>"), "was not JSON"),
    ],
)
def test_a_reply_without_usable_vectors_says_what_is_wrong_with_it(
    server: EmbeddingServer, embedder: OpenAIEmbedder, reply: Any, problem: str
) -> None:
    server.answer = lambda texts: reply
    message = _failure(embedder)
    assert problem in message
    assert "HEMEROTECA_EMBEDDING_BASE_URL" in message


def test_vectors_of_other_dimensions_than_before_are_refused(
    server: EmbeddingServer, embedder: OpenAIEmbedder
) -> None:
    embedder.embed_query("hola")
    server.answer = lambda texts: rows([[1.0, 2.0]])
    assert "2 dimensions, not 4" in _failure(embedder)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "refused the key; check HEMEROTECA_API_KEY or OPENAI_API_KEY"),
        (403, "refused the key"),
        (404, "does not know the model m; check HEMEROTECA_EMBEDDING_MODEL"),
        (400, "status 400"),
    ],
)
def test_a_refusal_names_the_setting_and_is_not_tried_again(
    server: EmbeddingServer, embedder: OpenAIEmbedder, status: int, words: str
) -> None:
    server.answer = lambda texts: (status, {"error": {"message": f"bad key {_KEY}"}})
    assert words in _failure(embedder)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("status", "words"), [(500, "status 500"), (429, "try again later")])
def test_a_passing_failure_is_tried_twice_more(
    server: EmbeddingServer, embedder: OpenAIEmbedder, status: int, words: str
) -> None:
    server.answer = lambda texts: (status, {"error": {"message": "busy"}})
    assert words in _failure(embedder)
    assert len(server.requests) == 3


def test_a_server_that_is_not_there_is_named_with_its_setting() -> None:
    with embedding_server() as gone:
        url = gone.url
    message = _failure(OpenAIEmbedder(model="m", base_url=url, api_key=_KEY, retries=0))
    assert url in message
    assert "HEMEROTECA_EMBEDDING_BASE_URL" in message


@pytest.mark.parametrize(
    ("url", "key", "words"),
    [
        (None, None, "needs a key"),
        ("http://127.0.0.1:puerto/v1", _KEY, "HEMEROTECA_EMBEDDING_BASE_URL is not the URL"),
        ("127.0.0.1:8080", _KEY, "HEMEROTECA_EMBEDDING_BASE_URL is not the URL"),
        ("http://127.0.0.1:1/v1", "clavé", "HEMEROTECA_API_KEY"),
    ],
)
def test_settings_that_cannot_work_are_refused_before_anything_is_sent(
    url: str | None, key: str | None, words: str
) -> None:
    with pytest.raises(EmbeddingFailed, match=words):
        open_embedder("openai", model="m", base_url=url, api_key=key)
