"""The archive as LlamaIndex parts: a retriever, a query engine and an embedding that fit into any such program."""

import asyncio
from typing import TYPE_CHECKING

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answer import Citation, document_reference
from assistant.finding.retrieval import Candidate
from assistant.incoming import checked
from index.document import Document
from index.embed import Embedder
from index.errors import explained

if TYPE_CHECKING:
    from assistant.assistant import Assistant


class HybridRetriever(BaseRetriever):
    """Chunks as nodes, best first. A node's `start_char_idx` and `end_char_idx` count within the document."""

    def __init__(self, assistant: "Assistant", limit: int = 10) -> None:
        super().__init__()
        self._assistant, self._limit = assistant, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        self._assistant.ensure_indexed()
        with explained(self._assistant.settings.index):
            retriever = self._assistant.retriever()
            pairs = [
                (candidate, retriever.store.document(candidate.chunk.document))
                for candidate in retriever.retrieve(checked(query_bundle.query_str), limit=self._limit)
            ]
        # Without what was removed since it was found: another process may be indexing.
        return [_node(candidate, document) for candidate, document in pairs if document is not None]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class ArchiveQueryEngine(BaseQueryEngine):
    """Cited answers: `response.source_nodes` are the quotes, `metadata["answer"]` is the whole answer."""

    def __init__(self, assistant: "Assistant") -> None:
        super().__init__(callback_manager=None)
        self._assistant = assistant

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._assistant.ask(query_bundle.query_str)
        return Response(
            response=answer.text,
            source_nodes=[_quote_node(citation) for citation in answer.citations],
            metadata={"answer": answer.to_dict()},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _node(candidate: Candidate, document: Document) -> NodeWithScore:
    span = candidate.chunk.span
    node = TextNode(
        id_=candidate.chunk.id,
        text=span.of(document.text),
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata=_metadata(document),
    )
    return NodeWithScore(node=node, score=candidate.score)


def _quote_node(citation: Citation) -> NodeWithScore:
    node = TextNode(
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={**_metadata(citation.document), "marker": citation.marker},
    )
    return NodeWithScore(node=node, score=1.0)


def _metadata(document: Document) -> dict[str, str | None]:
    reference = document_reference(document)
    return {"document_id": reference.pop("id"), **reference}


class LlamaEmbedding(BaseEmbedding):
    """Wraps an Embedder. Vectors are lists of `dimensions` floats, of unit length."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, *, embed_batch_size: int = 64) -> None:
        super().__init__(model_name=embedder.identity, embed_batch_size=embed_batch_size)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        return "LlamaEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_query(query).tolist()
        return vector

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [embedded.vector.tolist() for embedded in self._embedder.embed_passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)
