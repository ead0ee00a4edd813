"""LlamaIndex's starter over the same documents: default chunks, vectors alone, the nearest first."""

from collections.abc import Iterable
from pathlib import Path

import chromadb
from llama_index.core import Document as LlamaDocument
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore

from index.document import Document

# Chunks asked for, so that ten different documents are among them: as many as of ours.
_CHUNKS = 60


def open_starter(folder: Path, documents: Iterable[Document], embedding: BaseEmbedding) -> BaseRetriever:
    """The starter's retriever over `documents`; its index is kept in `folder` and used again.

    What it embeds of a chunk is what it does by default: the metadata (title and date) and the text.
    """
    finished = folder / "finished"
    client = chromadb.PersistentClient(path=str(folder))
    if not finished.exists():
        client.delete_collection(client.get_or_create_collection("starter", embedding_function=None).name)
    store = ChromaVectorStore(
        chroma_collection=client.get_or_create_collection("starter", embedding_function=None)
    )
    if finished.exists():
        index = VectorStoreIndex.from_vector_store(store, embed_model=embedding)
    else:
        index = VectorStoreIndex.from_documents(
            [_as_llama(document) for document in documents],
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[SentenceSplitter()],
            embed_model=embedding,
        )
        finished.touch()
    return index.as_retriever(similarity_top_k=_CHUNKS)


def documents_found(retriever: BaseRetriever, question: str) -> list[str]:
    """The documents of the nearest chunks, the nearest first, repeats included."""
    return [node.node.ref_doc_id or "" for node in retriever.retrieve(question)]


def _as_llama(document: Document) -> LlamaDocument:
    metadata = {"title": document.title, "date": document.date.isoformat() if document.date else ""}
    return LlamaDocument(id_=document.id, text=document.text, metadata=metadata)
