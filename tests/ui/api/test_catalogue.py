from typing import Any

import httpx
import numpy as np
import openai
import pytest
from openai import OpenAI

from tests.ui.conftest import Archive


def test_the_archive_is_listed_as_a_model(openai_client: OpenAI) -> None:
    assert [model.id for model in openai_client.models.list()] == [
        "hemeroteca",
        "hemeroteca-embedding",
        "hemeroteca-embedding-query",
    ]
    assert openai_client.models.retrieve("hemeroteca").owned_by == "hemeroteca"
    with pytest.raises(openai.NotFoundError):
        openai_client.models.retrieve("gpt-4")


def test_the_documents_are_listed_as_files(openai_client: OpenAI, archive: Archive) -> None:
    documents = archive.assistant.documents()
    files = list(openai_client.files.list(limit=1))
    assert [file.id for file in files] == [document.id for document in documents]
    assert files[0].bytes == len(documents[0].text.encode())
    assert openai_client.files.retrieve(files[0].id) == files[0]
    assert openai_client.files.content(files[0].id).text == documents[0].text


def test_a_file_that_is_not_there_is_not_found(openai_client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        openai_client.files.retrieve("nothing.txt")
    with pytest.raises(openai.BadRequestError):
        openai_client.files.list(after="nothing.txt")


@pytest.mark.parametrize("form", ["float", "base64"])
def test_texts_are_embedded_as_the_archive_embeds_them(
    openai_client: OpenAI, archive: Archive, form: str
) -> None:
    texts = ["La reunión será en Washington.", "Una receta de cocina."]
    plain = openai_client.embeddings.create(
        model="hemeroteca-embedding", input=texts, encoding_format="float"
    )
    packed = openai_client.embeddings.create(model="hemeroteca-embedding", input=texts)
    vectors = np.array([entry.embedding for entry in (plain if form == "float" else packed).data])
    question = openai_client.embeddings.create(
        model="hemeroteca-embedding", input="¿Dónde será la reunión?", extra_body={"input_type": "query"}
    )
    asked = np.array(question.data[0].embedding)
    own = archive.assistant.retriever().embedder.embed_query("¿Dónde será la reunión?")
    assert np.allclose(asked, own, atol=1e-6)
    assert float(vectors[0] @ asked) > float(vectors[1] @ asked)
    assert plain.usage.total_tokens > 0


@pytest.mark.parametrize(
    "asked",
    [
        {"model": "hemeroteca-embedding-query"},
        {"model": "hemeroteca-embedding", "extra_body": {"input_type": "search_query"}},
        {"model": "hemeroteca-embedding-query", "extra_body": {"input_type": "document"}},
    ],
)
def test_questions_are_told_from_passages_by_the_input_type_or_else_by_the_models_name(
    openai_client: OpenAI, archive: Archive, asked: dict[str, Any]
) -> None:
    text = "¿Dónde será la reunión?"
    embedder = archive.assistant.retriever().embedder
    is_passage = "document" in str(asked)
    own = embedder.embed_passages([text])[0].vector if is_passage else embedder.embed_query(text)
    reply = openai_client.embeddings.create(input=text, **asked)
    assert reply.model == asked["model"]
    assert np.allclose(reply.data[0].embedding, own, atol=1e-6)


def test_as_many_texts_are_embedded_at_once_as_clients_send(openai_client: OpenAI) -> None:
    reply = openai_client.embeddings.create(
        model="hemeroteca-embedding", input=["una fecha", "un lugar"] * 1024
    )
    assert [entry.index for entry in reply.data] == list(range(2048))
    assert reply.data[0].embedding == reply.data[2046].embedding != reply.data[2047].embedding
    with pytest.raises(openai.BadRequestError, match="2048"):
        openai_client.embeddings.create(model="hemeroteca-embedding", input=["una fecha"] * 2049)


@pytest.mark.parametrize("tokens", [[1, 2, 3], [[1, 2], [3]]])
def test_tokens_of_another_model_are_not_taken_for_texts(openai_client: OpenAI, tokens: list[Any]) -> None:
    with pytest.raises(openai.BadRequestError, match="send texts, not tokens"):
        openai_client.embeddings.create(model="hemeroteca-embedding", input=tokens)


def test_vectors_of_another_size_are_not_to_be_had(openai_client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="dimensions"):
        openai_client.embeddings.create(model="hemeroteca-embedding", input="hola", dimensions=7)


def test_the_routes_are_described(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) >= {
        "/v1/chat/completions",
        "/v1/responses",
        "/v1/models",
        "/v1/embeddings",
        "/v1/files",
        "/api/ask",
        "/api/search",
        "/api/documents",
        "/api/documents/{id}",
        "/api/timeline",
        "/api/status",
    }
