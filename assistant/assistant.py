"""One archive, ready to be asked: its documents folder, its index and its engine."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answer import Answer, Event, Finished
from assistant.conversation import Conversation
from assistant.conversations import Conversations
from assistant.engine import Engine
from assistant.errors import UnknownDocument
from assistant.followups import Turn
from assistant.llms import EngineChoice, choose_engine, open_llm
from assistant.retrieval import Retriever
from assistant.settings import Settings, load_settings
from index.documents import Document
from index.embedding import Embedder, open_embedder
from index.errors import DocumentsMissing, IndexDamaged
from index.filters import EVERYTHING, DocumentFilter
from index.home import Home
from index.store import Store
from index.sync import Indexer, Progress, SyncReport
from index.vectors import DenseIndex, open_vectors

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from assistant.llama import ArchiveQueryEngine, HybridRetriever

# Facts in the store: what embedded it, and that a first run went through to its end.
_EMBEDDING = "embedding"
_COMPLETE = "complete"


class Assistant:
    """Answers questions over a folder of documents. Safe to share between threads; close it when done.

    Nothing is opened before it is needed. A folder that was never indexed is indexed by the first question.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        self._home = Home(self.settings.index)
        self._opening = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index, so that another process may hold its vectors."""
        with self._opening:
            for name in ("_vectors", "_store", "conversations"):
                held = self.__dict__.pop(name, None)
                if held is not None:
                    held.close()

    # Asking

    def stream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, history: Sequence[Turn] = ()
    ) -> Iterator[Event]:
        """The events of one answer as they come; see `assistant.answer.Event`."""
        return self.engine().stream(question, wanted=wanted, history=history)

    def ask(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Answer:
        """The whole answer. Raises HemerotecaError with a sentence that says what to do."""
        for event in self.stream(question, wanted=wanted):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("an answer always ends with Finished")

    async def aask(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, wanted=wanted)

    async def astream(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> AsyncIterator[Event]:
        """`stream` without blocking the event loop."""
        events = await asyncio.to_thread(self.stream, question, wanted=wanted)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def conversation(self, id: str | None = None, user: str = "") -> Conversation:
        """A new conversation, or the kept one of that id. Raises UnknownConversation."""
        return Conversation(self, self.conversations, id, user)

    @cached_property
    def conversations(self) -> Conversations:
        """The conversations and feedback that are kept beside the index."""
        return Conversations(self.settings.conversations)

    def engine(self) -> Engine:
        """The query engine; indexes the folder first if that was never done."""
        self.ensure_indexed()
        return Engine(self.retriever(), self.settings, self.engine_choice, self._llm)

    def retriever(self) -> Retriever:
        """The hybrid retriever over the live index. Raises IndexDamaged if another model embedded it."""
        embedder = self._embedder
        built_by = self._store.fact(_EMBEDDING)
        if built_by not in (None, embedder.identity):
            raise IndexDamaged(
                f"The index in {self.settings.index} was embedded with {built_by}, the settings ask for "
                f"{embedder.identity}: run “hemeroteca index” to build it anew, or change the setting back."
            )
        return Retriever(self._store, self._vectors, embedder)

    def as_query_engine(self) -> "ArchiveQueryEngine":
        """A LlamaIndex query engine over this archive."""
        from assistant.llama import ArchiveQueryEngine

        return ArchiveQueryEngine(self)

    def as_retriever(self, limit: int = 10) -> "HybridRetriever":
        """A LlamaIndex retriever over this archive that gives `limit` nodes."""
        from assistant.llama import HybridRetriever

        return HybridRetriever(self, limit)

    @cached_property
    def engine_choice(self) -> EngineChoice:
        """What writes the answers, and where the text goes for it."""
        return choose_engine(self.settings)

    # Indexing

    def ensure_indexed(self, progress: Callable[[Progress], None] = lambda _: None) -> SyncReport | None:
        """Index the folder if no run ever finished; None if one did."""
        with self._opening:
            if self._home.exists() and self._store.fact(_COMPLETE):
                return None
            return self.sync(progress)

    def sync(
        self,
        progress: Callable[[Progress], None] = lambda _: None,
        *,
        allow_mass_removal: bool = False,
        wait: bool = False,
    ) -> SyncReport:
        """Bring the index in step with the folder. Raises DocumentsMissing, MassRemoval, IndexBusy."""
        root = self.settings.documents
        if not root.is_dir():
            raise DocumentsMissing(
                f"There is no documents folder {root}: make it and put documents there, or name another "
                "with --documents or HEMEROTECA_DOCUMENTS."
            )
        with self._home.writing(wait=wait):
            embedder = self._embedder
            if self._store.fact(_EMBEDDING) not in (None, embedder.identity):
                return self._rebuild(progress)
            self._store.set_fact(_EMBEDDING, embedder.identity)
            indexer = Indexer(self._store, self._vectors, embedder, progress)
            report = indexer.sync(root, exclude=(self.settings.index,), allow_mass_removal=allow_mass_removal)
            self._store.set_fact(_COMPLETE, "yes")
            return report

    def rebuild(self, progress: Callable[[Progress], None] = lambda _: None) -> SyncReport:
        """Build the index anew beside the live one, which answers meanwhile, and switch at once."""
        with self._home.writing():
            return self._rebuild(progress)

    def _rebuild(self, progress: Callable[[Progress], None]) -> SyncReport:
        embedder = self._embedder
        folder = self._home.next_generation()
        store = Store(folder / "store.sqlite3")
        vectors = open_vectors(folder / "chroma", store)
        try:
            store.set_fact(_EMBEDDING, embedder.identity)
            report = Indexer(store, vectors, embedder, progress).sync(
                self.settings.documents, exclude=(self.settings.index,)
            )
            store.set_fact(_COMPLETE, "yes")
        finally:
            vectors.close()
            store.close()
        self.close()
        self._home.switch(folder)
        return report

    # Looking

    def documents(self) -> tuple[Document, ...]:
        """Every document of the live index, newest first."""
        return tuple(self._store.documents()) if self._home.exists() else ()

    def document(self, document_id: str) -> Document:
        """A document by its id. Raises UnknownDocument."""
        document = self.find_document(document_id)
        if document is None:
            raise UnknownDocument(
                f"There is no document “{document_id}” in the index: “hemeroteca status” tells what there is."
            )
        return document

    def find_document(self, document_id: str) -> Document | None:
        """A document by its id, or None."""
        return self._store.document(document_id) if self._home.exists() else None

    def status(self) -> dict[str, Any]:
        """The object that `hemeroteca status --json` prints. Opens, but never makes, an index."""
        known = self._home.exists()
        documents, chunks = self._store.counts() if known else (0, 0)
        return {
            "documents": documents,
            "chunks": chunks,
            "pending": self._store.pending() if known else 0,
            "embedding": self._store.fact(_EMBEDDING) if known else None,
            "engine": self.engine_choice.name,
            "model": self.engine_choice.model,
            "destination": self.engine_choice.destination,
            "documents_path": str(self.settings.documents),
            "index_path": str(self.settings.index),
            "vectors": {
                "state": self._vectors.state if known else "absent",
                "count": self._vectors.count() if known else 0,
            },
            "skipped": [
                {"path": file.path, "reason": file.reason}
                for file in (self._store.files().values() if known else ())
                if file.reason is not None
            ],
        }

    # What is opened on first use

    @cached_property
    def _embedder(self) -> Embedder:
        settings = self.settings
        return open_embedder(
            settings.embedding,
            model=settings.embedding_model,
            base_url=settings.embedding_base_url,
            api_key=settings.openai_key(),
        )

    @cached_property
    def _llm(self) -> "LLM | None":
        return open_llm(self.settings, self.engine_choice)

    @cached_property
    def _store(self) -> Store:
        return Store(self._home.live / "store.sqlite3")

    @cached_property
    def _vectors(self) -> DenseIndex:
        return open_vectors(self._home.live / "chroma", self._store)
