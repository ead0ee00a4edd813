"""What retrieval reads from the store: full text hits, how rare a word is, and chunks with their vectors."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.document import Span
from index.embed.states import TokenStates, unpack, unpack_all, unpack_states
from index.filters import DocumentFilter
from index.store.database import IN_ORDER
from index.store.store import Store

# As if so many more chunks had been seen, of which this share holds any word: the words of a few chunks say
# little of which words are rare, and a plain verb that they happen to lack is none.
_CHUNKS_BEFORE = 20
_SHARE_BEFORE = 0.05
# Ids that one statement names, of the tens of thousands that an engine takes.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A live chunk. `document` is a document id.

    `title` and `terms` are the stems of the document's title and of the chunk's words, in their order.
    """

    id: str
    document: str
    span: Span
    vector: NDArray[np.float32]
    sentences: tuple[Span, ...]
    title: tuple[str, ...]
    terms: tuple[str, ...]


def full_text(
    store: Store, terms: Sequence[str], limit: int, wanted: DocumentFilter
) -> list[tuple[str, float]]:
    """The ids of the chunks that hold any of the terms, best first, with BM25 scores above 0."""
    if not terms:
        return []
    # BM25 gives a term that most chunks hold a score that is hardly above 0: it found nothing.
    return [hit for hit in store.database.full_text.search(terms, limit, wanted) if hit[1] > 1e-4]


def chunks_holding(
    store: Store, groups: Sequence[Sequence[str]], wanted: DocumentFilter
) -> dict[str, list[str]]:
    """The documents that hold a term of each group within a chunk, oldest first, with the ids of those chunks.

    Without groups every document that passes the filter, with all of its chunks.
    """
    if groups:
        held = store.database.full_text.holding_all(groups, wanted)
    else:
        condition, parameters = wanted.where()
        held = store.connection.execute(
            "SELECT documents.id, chunks.id FROM chunks JOIN documents ON documents.key = chunks.document "
            f"WHERE {condition} {IN_ORDER}",
            parameters,
        ).fetchall()
    chunks: dict[str, list[str]] = {}
    for document, chunk in held:
        chunks.setdefault(document, []).append(chunk)
    return chunks


def chunk_texts(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """The words of chunks as they stand in their documents, by the chunks' ids."""
    texts: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        rows = store.connection.execute(
            'SELECT chunks.id, substr(documents.text, chunks."start" + 1, chunks."end" - chunks."start") '
            f"FROM chunks JOIN documents ON documents.key = chunks.document WHERE chunks.id IN ({_places(batch)})",
            list(batch),
        )
        texts.update(rows.fetchall())
    return texts


def rarity(store: Store, terms: Sequence[str]) -> dict[str, float]:
    """How much each term tells: its inverse frequency over the chunks, above 0, much as BM25 counts it."""
    if not terms:
        return {}
    holding = store.database.full_text.holding(terms)
    total = store.counts()[1] + _CHUNKS_BEFORE
    expected = _CHUNKS_BEFORE * _SHARE_BEFORE
    return {term: math.log1p(total / (holding.get(term, 0) + expected)) for term in terms}


def chunk_ids(store: Store, wanted: DocumentFilter) -> list[str]:
    """The ids of every chunk of the documents that pass the filter."""
    condition, parameters = wanted.where()
    rows = store.connection.execute(
        f"SELECT chunks.id FROM chunks JOIN documents ON documents.key = chunks.document WHERE {condition}",
        parameters,
    )
    return [row[0] for row in rows]


def passage_spans(store: Store, document_id: str) -> list[Span]:
    """Where the passages of a document stand, in order."""
    rows = store.connection.execute(
        'SELECT chunks."start", chunks."end" FROM chunks JOIN documents ON documents.key = chunks.document '
        'WHERE documents.id = ? ORDER BY chunks."start"',
        (document_id,),
    )
    return [Span(start, end) for start, end in rows]


def newest_documents(store: Store, wanted: DocumentFilter, limit: int) -> list[str]:
    """The ids of the newest documents that pass the filter, undated ones last."""
    condition, parameters = wanted.where()
    rows = store.connection.execute(
        "SELECT documents.id, documents.date FROM chunks JOIN documents ON documents.key = chunks.document "
        f"WHERE {condition} GROUP BY documents.id, documents.date "
        "ORDER BY documents.date IS NULL, documents.date DESC, documents.id LIMIT ?",
        [*parameters, limit],
    )
    return [row[0] for row in rows]


def vectors(
    store: Store, wanted: DocumentFilter, *, pending: bool, size: int
) -> Iterator[tuple[list[str], NDArray[np.float32]]]:
    """The ids and vectors of the chunks that pass the filter, all or those in the outbox, `size` at a time."""
    condition, parameters = wanted.where()
    source = "outbox JOIN chunks ON chunks.id = outbox.chunk_id" if pending else "chunks"
    if wanted:
        source += " JOIN documents ON documents.key = chunks.document"
    query = f"SELECT chunks.id, chunks.vector FROM {source} WHERE {condition}"
    for batch in store.database.batches(query, parameters, size):
        yield [row[0] for row in batch], unpack_all([row[1] for row in batch])


def stored_chunks(store: Store, ids: Sequence[str]) -> list[StoredChunk]:
    """The chunks of these ids that are live, in no particular order."""
    if not ids:
        return []
    # SQLite may give the key of a removed chunk to a new one, whose sentences would then pass for its own.
    with store.reading():
        rows = _chunks(store, ids)
        # PostgreSQL takes no empty list of keys.
        sentences = _sentences(store, [row[0] for row in rows]) if rows else {}
    return [
        StoredChunk(
            id_,
            document,
            Span(start, end),
            unpack(vector),
            sentences[key],
            tuple(title.split()),
            tuple(body.split()),
        )
        for key, id_, document, start, end, vector, title, body in rows
    ]


def _chunks(store: Store, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    return store.connection.execute(
        'SELECT chunks.key, chunks.id, documents.id, chunks."start", chunks."end", chunks.vector, '
        "full_text.title, full_text.body FROM chunks JOIN documents ON documents.key = chunks.document "
        f"JOIN full_text ON full_text.rowid = chunks.key WHERE chunks.id IN ({_places(ids)})",
        list(ids),
    ).fetchall()


def token_states(store: Store, ids: Sequence[str]) -> dict[str, TokenStates]:
    """The token states of these chunks, their places counted in the document; damaged and missing ones are left out."""
    if not ids:
        return {}
    rows = store.connection.execute(
        "SELECT chunks.id, states FROM token_states JOIN chunks ON chunks.key = token_states.chunk "
        f"WHERE chunks.id IN ({_places(ids)})",
        list(ids),
    )
    unpacked = ((row[0], unpack_states(row[1])) for row in rows)
    return {id_: states for id_, states in unpacked if states is not None}


def _sentences(store: Store, keys: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    rows = store.connection.execute(
        f'SELECT chunk, "start", "end" FROM sentences WHERE chunk IN ({_places(keys)}) ORDER BY chunk, "start"',
        list(keys),
    )
    spans: dict[int, list[Span]] = {}
    for key, start, end in rows:
        spans.setdefault(key, []).append(Span(start, end))
    return {key: tuple(of_chunk) for key, of_chunk in spans.items()}


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
