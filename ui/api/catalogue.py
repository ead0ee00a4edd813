"""`GET /v1/models`, `POST /v1/embeddings` and `GET /v1/files`: what an OpenAI client asks for besides answers."""

import base64
from datetime import UTC, datetime, time
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Response
from numpy.typing import NDArray

from index.document import Document, Listed
from ui.api.errors import RESPONSES, ApiRoute, Archive, RequestFailed
from ui.api.messages import EmbeddingEntry, Embeddings, EmbeddingsRequest, File, Files, Model, Models

MODEL = "hemeroteca"
EMBEDDING_MODEL = "hemeroteca-embedding"
# For clients that cannot send `input_type`: what they embed by this name are questions.
QUERY_MODEL = "hemeroteca-embedding-query"

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


@router.get("/models")
def models() -> Models:
    """List the archive as a model, and its embedding model by its two names."""
    return Models(data=[Model(id=name) for name in (MODEL, EMBEDDING_MODEL, QUERY_MODEL)])


@router.get("/models/{id:path}")
def model(id: str) -> Model:
    """Tell whether there is a model of that name."""
    known_model(id, MODEL, EMBEDDING_MODEL, QUERY_MODEL)
    return Model(id=id)


def known_model(name: str, *known: str) -> None:
    """Raises RequestFailed for a model that is not one of those known."""
    if name not in known:
        names = " or ".join(f"“{one}”" for one in known)
        raise RequestFailed(
            404, f"There is no such model here: ask for {names}.", param="model", code="model_not_found"
        )


@router.post("/embeddings")
def embed(archive: Archive, asked: EmbeddingsRequest) -> Embeddings:
    """Embed texts as the archive embeds its passages or, with `input_type` query, its questions.

    A model's name that ends in “-query” asks for questions too.
    """
    known_model(asked.model, EMBEDDING_MODEL, QUERY_MODEL)
    archive.ensure_indexed()
    embedder = archive.retriever().embedder
    if asked.dimensions not in (None, embedder.dimensions):
        raise RequestFailed(
            400, f"The vectors have {embedder.dimensions} dimensions and no other.", param="dimensions"
        )
    texts = asked.texts()
    if asked.are_questions(default=asked.model == QUERY_MODEL):
        vectors = [embedder.embed_query(text) for text in texts]
    else:
        vectors = [embedded.vector for embedded in embedder.embed_passages(texts)]
    tokens = sum(embedder.count_tokens(texts))
    return Embeddings(
        data=[
            EmbeddingEntry(index=place, embedding=_encoded(vector, asked.encoding_format))
            for place, vector in enumerate(vectors)
        ],
        model=asked.model,
        usage={"prompt_tokens": tokens, "total_tokens": tokens},
    )


def _encoded(vector: NDArray[np.float32], form: str) -> list[float] | str:
    if form == "base64":
        return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")
    numbers: list[float] = vector.tolist()
    return numbers


@router.get("/files")
def files(
    archive: Archive, limit: Annotated[int, Query(ge=1, le=10_000)] = 10_000, after: str | None = None
) -> Files:
    """List the documents, newest first."""
    listed = archive.catalogue()
    begin = 0 if after is None else _place(listed, after) + 1
    page = listed[begin : begin + limit]
    sizes = archive.sizes([document.id for document in page])
    return Files(
        # What was removed since it was listed has no size.
        data=[_file(document, sizes[document.id].bytes) for document in page if document.id in sizes],
        has_more=begin + limit < len(listed),
        first_id=page[0].id if page else None,
        last_id=page[-1].id if page else None,
    )


@router.get(
    "/files/{id:path}/content",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def content(archive: Archive, id: str) -> Response:
    """Give a document's stored text."""
    return Response(archive.document(id).text, media_type="text/plain; charset=utf-8")


@router.get("/files/{id:path}")
def file(archive: Archive, id: str) -> File:
    """Tell about a document."""
    document = archive.document(id)
    return _file(document, len(document.text.encode()))


def _place(listed: tuple[Listed, ...], id: str) -> int:
    for place, document in enumerate(listed):
        if document.id == id:
            return place
    raise RequestFailed(400, "There is no document of that id to go on from.", param="after")


def _file(document: Document | Listed, size: int) -> File:
    day = document.date
    created = 0 if day is None else int(datetime.combine(day, time(), UTC).timestamp())
    return File(id=document.id, bytes=size, created_at=created, filename=document.path)
