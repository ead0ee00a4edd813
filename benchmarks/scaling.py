"""What an index of N chunks takes: `python benchmarks/scaling.py CHUNKS (embedded|servers)`.

Text is drawn from 50,000 made-up words by Zipf's law, 60 to a chunk and 5 to a question; vectors of 384
dimensions are drawn around 1,000 centres. Nothing is embedded: what is measured is what keeps and finds.
`servers` starts a PostgreSQL of Debian's package and a Chroma server on this machine. Prints one JSON object.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.document import Document, Span
from index.embed import Embedded, unit
from index.embed.states import QuestionStates, TokenStates, match
from index.filters import EVERYTHING
from index.store.home import FolderHome, Home
from index.store.lookup import full_text, stored_chunks, token_states
from index.store.postgres.home import PostgresHome
from index.store.store import NewChunk, Store
from index.sync.live import Live, OpenIndex
from index.text.passages import Passage
from index.vectors import Vectors
from index.vectors.exact import scan
from index.vectors.folder import FolderVectors
from index.vectors.server import ChromaServer, ServerVectors
from tests.servers import chroma_server, new_database, postgres_server

DIMENSIONS = 384
WORDS = 50_000
SENTENCES, WORDS_A_SENTENCE = 4, 15
CHUNKS_A_DOCUMENT = 10
QUESTIONS = 200
PROPOSED = 50
TOKENS, QUESTION_TOKENS = 200, 12


class Drawn:
    """Draws documents and questions."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._centres = unit(np.random.default_rng(0).normal(size=(1000, DIMENSIONS)).astype(np.float32))

    def words(self, count: int) -> str:
        return " ".join(f"w{rank % WORDS}" for rank in self._random.zipf(1.1, count))

    def vectors(self, count: int) -> NDArray[np.float32]:
        centres = self._centres[self._random.integers(len(self._centres), size=count)]
        return unit(centres + self._random.normal(scale=0.05, size=centres.shape).astype(np.float32))

    def states(self, start: int, end: int) -> TokenStates:
        ends = np.linspace(start, end, TOKENS).astype(np.int32)
        return TokenStates(ends, self._random.integers(0, 256, (TOKENS, DIMENSIONS // 8), np.uint8))

    def question(self) -> QuestionStates:
        return QuestionStates(
            self.vectors(QUESTION_TOKENS), np.full(QUESTION_TOKENS, 1 / QUESTION_TOKENS), ()
        )

    def document(self, number: int) -> tuple[Document, list[NewChunk]]:
        texts = [
            [self.words(WORDS_A_SENTENCE) + "." for _ in range(SENTENCES)] for _ in range(CHUNKS_A_DOCUMENT)
        ]
        text, chunks, at = "", [], 0
        for sentences in texts:
            spans = []
            for sentence in sentences:
                spans.append(Span(at, at + len(sentence)))
                text += sentence + " "
                at = len(text)
            embedded = Embedded(self.vectors(1)[0], self.states(spans[0].start, spans[-1].end))
            chunks.append(NewChunk(Passage(Span(spans[0].start, spans[-1].end), tuple(spans)), embedded))
        name = f"{number:09}"
        return Document(id=name, path=name, title=self.words(8), text=text, language="xx"), chunks


def fill(store: Store, chunks: int) -> None:
    drawn = Drawn(1)
    for number in range(chunks // CHUNKS_A_DOCUMENT):
        document, parts = drawn.document(number)
        with store.transaction():
            store.put_document(document, f"{number:064}"[::-1], parts)


def ask(index: OpenIndex) -> Iterator[tuple[float, float]]:
    """Seconds of each question, and how many of the ten nearest chunks Chroma found."""
    drawn = Drawn(2)
    for number in range(QUESTIONS):
        terms, vector, question = drawn.words(5).split(), drawn.vectors(1)[0], drawn.question()
        began = time.perf_counter()
        lexical = full_text(index.store, terms, PROPOSED, EVERYTHING)
        dense = index.vectors.search(vector, PROPOSED, EVERYTHING)
        chunks = stored_chunks(index.store, list({id_ for id_, _ in (*lexical, *dense)}))
        states = token_states(index.store, [chunk.id for chunk in chunks[:PROPOSED]])
        [each.score for each in match(question, list(states.values()))]
        seconds = time.perf_counter() - began
        # The exact scan of a large store takes long: a tenth of the questions tells enough.
        if number % 10 == 0:
            nearest = {id_ for id_, _ in scan(index.store, vector, 10, EVERYTHING)}
            yield seconds, len(nearest & {id_ for id_, _ in dense[:10]}) / 10
        else:
            yield seconds, float("nan")


def measure(home: Home, vectors: Vectors, chunks: int) -> dict[str, float]:
    live = Live(home, vectors)
    index = live.get()
    began = time.perf_counter()
    fill(index.store, chunks)
    index.store.database.analyze()
    stored = time.perf_counter()
    index.vectors.catch_up()
    learned = time.perf_counter()
    asked = list(ask(index))
    seconds = np.array([second for second, _ in asked])
    figures = {
        "chunks": chunks,
        "stored_a_second": round(chunks / (stored - began)),
        "learned_a_second": round(chunks / (learned - stored)),
        "question_p50_ms": round(1000 * float(np.percentile(seconds, 50)), 1),
        "question_p95_ms": round(1000 * float(np.percentile(seconds, 95)), 1),
        "recall_at_10": round(float(np.nanmean([found for _, found in asked])), 3),
        "store_mb": round(index.store.database.size() / 1e6, 1),
    }
    live.close()
    home.close()
    return figures


def megabytes(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def main(chunks: int, form: str) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        vectors_folder = folder / "chroma"
        if form == "servers":
            url = new_database(stack.enter_context(postgres_server()))
            vectors: Vectors = ServerVectors(ChromaServer(stack.enter_context(chroma_server(vectors_folder))))
            home: Home = PostgresHome(url, folder / "index")
        else:
            home, vectors = FolderHome(folder / "index"), FolderVectors()
            vectors_folder = home.live / "chroma"
        figures = measure(home, vectors, chunks)
        figures["vectors_mb"] = megabytes(vectors_folder)
    own, servers = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    # Of the children, the largest one counts: the Chroma server.
    figures["process_peak_mb"], figures["largest_child_peak_mb"] = round(own / 1e3), round(servers / 1e3)
    print(json.dumps({"form": form, **figures}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
