"""`POST /v1/embeddings`: the vectors that the archive is searched with."""

import base64

import numpy as np
from fastapi import APIRouter
from numpy.typing import NDArray

from ui.api.archive import Archive
from ui.api.catalogue import EMBEDDING_MODEL, QUERY_MODEL, known_model
from ui.api.errors import RESPONSES, ApiRoute, RequestFailed
from ui.api.messages import EmbeddingEntry, Embeddings, EmbeddingsRequest

router = APIRouter(prefix="/v1", route_class=ApiRoute, tags=["openai"], responses=RESPONSES)


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
