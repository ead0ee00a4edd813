"""How long it takes to list an archive's documents, by pages and whole.

    python -m benchmarks.listing [DOCUMENTS]

Makes an index of that many documents of 5,000 characters (20,000 documents if not told) and lists it as
`/api/documents` (100 a page), as `/v1/files` (10,000 a page), and with every text, which no route does.
Milliseconds, medians of five runs in one process, and the peak of what Python allocated.
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from assistant import Assistant, Settings
from index.document import DateSource, Document
from index.store.home import FolderHome
from index.store.store import Store
from ui.api.catalogue import files
from ui.api.models import DocumentsQuery
from ui.api.rest import document_list

RUNS = 5
SENTENCE = "El ministro habló de la reunión del día anterior en la ciudad. "


def fill(store: Store, documents: int) -> None:
    """Put documents without chunks, which no list needs."""
    text = SENTENCE * (5000 // len(SENTENCE))
    with store.transaction():
        for number in range(documents):
            name = f"{number:06}.txt"
            day = date(2026, 1, 1) - timedelta(days=number % 3000)
            document = Document(name, name, f"Noticia {number}", text, "es", day, DateSource.HEADER)
            store.put_document(document, f"{number:064}", [])


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """The median of the milliseconds it takes, and the megabytes it allocates at its peak."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return 1000 * median(seconds), peak / 1e6


def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(documents=Path(folder), index=Path(folder) / "index")
        store = FolderHome(settings.index).open_store(FolderHome(settings.index).live)
        fill(store, documents)
        store.close()
        with Assistant(settings) as archive:
            ways: dict[str, Callable[[], object]] = {
                "every text": archive.documents,
                "/api/documents": lambda: document_list(archive, DocumentsQuery(limit=100, offset=0)),
                "/v1/files": lambda: files(archive, limit=10_000),
            }
            for name, work in ways.items():
                milliseconds, megabytes = timed(work)
                print(f"{name:15} {milliseconds:8.1f} ms {megabytes:8.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
