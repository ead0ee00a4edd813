"""What is in an index, for people who look after it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.store.listing import EMBEDDING
from index.store.store import Store
from index.sync.live import OpenIndex


def summary(index: OpenIndex | None) -> dict[str, Any]:
    """Counts by state, what was skipped and why, and bytes on disk. Chroma is not opened for it."""
    if index is None:
        return {
            "documents": 0,
            "chunks": 0,
            "pending": 0,
            "embedding": None,
            "files": {"indexed": 0, "skipped": 0},
            "vectors": {"state": "absent", "count": 0},
            "bytes": {"store": 0, "vectors": 0},
            "skipped": [],
            "partly_read": [],
        }
    store = index.store
    documents, chunks = store.counts()
    skipped = store.ledger.skipped()
    pending = store.outbox.pending()
    return {
        "documents": documents,
        "chunks": chunks,
        "pending": pending,
        "embedding": store.fact(EMBEDDING),
        "files": {
            "indexed": len(store.documents_per_file()),
            "skipped": len({skip.path for skip in skipped}),
        },
        "vectors": {"state": "behind" if pending else "ready", "count": store.outbox.learned()},
        "bytes": {
            "store": store.database.size(),
            "vectors": _bytes(index.folder, "chroma/**/*"),
        },
        "skipped": [asdict(skip) for skip in skipped],
        "partly_read": [asdict(read) for read in store.partly_read()],
    }


def incomplete(store: Store) -> int:
    """How many documents are without chunks, and chunks without words or sentences; no run leaves any so."""
    [(lacking,)] = store.connection.execute(
        "SELECT (SELECT count(*) FROM documents WHERE text <> '' AND NOT EXISTS "
        "(SELECT 1 FROM chunks WHERE chunks.document = documents.key)) "
        "+ (SELECT count(*) FROM chunks WHERE NOT EXISTS (SELECT 1 FROM sentences WHERE chunk = chunks.key)) "
        "+ abs((SELECT count(*) FROM full_text) - (SELECT count(*) FROM chunks))"
    )
    return int(lacking)


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
