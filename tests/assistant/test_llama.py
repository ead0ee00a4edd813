import asyncio

import pytest

from assistant import Assistant
from assistant.llama import LlamaEmbedding
from index.embed import Embedder
from tests.index.passages import NEWS


@pytest.fixture
def engine(seed_assistant: Assistant) -> Embedder:
    return seed_assistant.embedder()


@pytest.fixture
def llama(seed_assistant: Assistant) -> LlamaEmbedding:
    return seed_assistant.as_embedding()


def test_a_query_and_a_text_have_the_engines_vectors(llama: LlamaEmbedding, engine: Embedder) -> None:
    assert llama.get_query_embedding("¿Quién?") == engine.embed_query("¿Quién?").tolist()
    assert llama.get_text_embedding(NEWS[0]) == engine.embed_passages([NEWS[0]])[0].vector.tolist()


def test_a_batch_has_the_vectors_that_each_text_has_alone(llama: LlamaEmbedding) -> None:
    alone = [llama.get_text_embedding(text) for text in NEWS[:3]]
    assert llama.get_text_embedding_batch(list(NEWS[:3])) == [pytest.approx(v, abs=1e-6) for v in alone]


def test_the_asynchronous_calls_give_what_the_others_give(llama: LlamaEmbedding) -> None:
    async def both() -> tuple[list[float], list[float], list[list[float]]]:
        return (
            await llama.aget_query_embedding("¿Quién?"),
            await llama.aget_text_embedding(NEWS[0]),
            await llama.aget_text_embedding_batch([NEWS[0]]),
        )

    query, text, batch = asyncio.run(both())
    assert query == llama.get_query_embedding("¿Quién?")
    assert text == batch[0] == llama.get_text_embedding(NEWS[0])


def test_it_is_known_by_the_engines_identity(llama: LlamaEmbedding, engine: Embedder) -> None:
    assert llama.model_name == engine.identity
