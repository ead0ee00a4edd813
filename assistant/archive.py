"""An archive: a folder of documents and its index, kept in step, and looked into.

What only answers need is imported when the first is asked for: commands that look start in half the time.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.background import InFlight, Runs, WatchSwitch, background
from assistant.errors import UnknownDocument
from assistant.settings import Settings
from index.document import Block, Document, Listed, Span, TextSize
from index.embed import Embedder, TokenReader, open_embedder
from index.errors import EmbeddingFailed, HemerotecaError, IndexDamaged, explained
from index.filters import EVERYTHING, DocumentFilter
from index.store.home import FolderHome, Home
from index.store.listing import COMPLETE, EMBEDDING, SOURCE, Listing, Overview, Wish, list_documents, overview
from index.store.postgres.home import PostgresHome
from index.store.store import Store
from index.sync.live import Live, follower, incomplete, summary
from index.vectors import Vectors
from index.vectors.folder import FolderVectors
from index.vectors.server import ChromaServer, ServerVectors

if TYPE_CHECKING:
    from assistant.finding.matching import Matcher
    from assistant.finding.retrieval import Retriever
    from assistant.finding.spelling import Vocabulary
    from assistant.portrait import DocumentPortrait, DocumentPortraits, Portrait, UntilChanged
    from assistant.reader.reader import Reader
    from index.sync.build import Builder
    from index.sync.indexer import Progress, SyncReport
    from index.sync.pipeline import Pipeline

Told = TypeVar("Told")
_SCANNED = 5000  # chunks; some 20 ms of reading
# Seconds that a step of an answer may take before what it works on is closed nevertheless.
_LONGEST_STEP = 30.0
_PATIENCE = 10.0  # seconds that a question waits for the first run of indexing
_log = logging.getLogger(__name__)


class Archive:
    """The documents and the index that settings name. Safe to share between threads.

    Nothing is opened before it is needed. What another process indexes or builds anew is seen by the next
    call.
    """

    def __init__(self, settings: Settings, *, brief: bool = False) -> None:
        """With `brief`, for a process that asks once: what takes longer to open than to do without stays closed."""
        self.settings = settings
        self._home = _home(settings)
        self._live = Live(self._home, _vectors(settings, _SCANNED if brief else 0))
        self._first_run = threading.Lock()
        self._opening = threading.Lock()
        self._embedders: dict[str, Embedder] = {}
        self._opened_reader: Reader | None = None
        self._in_flight = InFlight()
        self.runs = Runs()

    def close(self) -> None:
        """Let go of the index, so that another process may hold its vectors, and of the embedding model."""
        self.watching.turn(False)
        # SQLite takes the process down when a connection is closed that another thread is asking.
        with self._in_flight.over(_LONGEST_STEP) as over:
            if not over:
                _log.warning("The archive is closed while a question is still being worked on.")
            self._live.close()
            self._home.close()
        with self._opening:
            # Not left to whoever is the last to hold this archive: a model takes hundreds of megabytes.
            self._embedders.clear()
            self._opened_reader = None

    def retriever(self) -> "Retriever":
        """The hybrid retriever over the live index, with the model that embedded it.

        Raises IndexDamaged if that is not the settings' model and cannot be opened.
        """
        from assistant.finding.retrieval import Retriever

        index = self._live.get()
        return Retriever(
            index.store, index.vectors, self._embedder_of(index.store), self._matcher, self._reader
        )

    # Indexing

    def ensure_indexed(self, progress: Callable[["Progress"], None] = lambda _: None) -> "SyncReport | None":
        """Index the folder if no run ever finished; None if one did.

        None as well while one that others began takes its time: what is asked is answered from what is there.
        """
        if self.is_indexed() or not (self._first_run.locked() or self.runs.wait(_PATIENCE)):
            return None
        with self._first_run:
            return None if self.is_indexed() else self.sync(progress, wait=True)

    def is_indexed(self) -> bool:
        """Whether a run of indexing was ever finished, so that questions can be answered."""
        return self._look(lambda store: store.fact(COMPLETE) is not None, False)

    def sync(
        self,
        progress: Callable[["Progress"], None] = lambda _: None,
        *,
        allow_mass_removal: bool = False,
        wait: bool = False,
        ray: str | None = None,
    ) -> "SyncReport":
        """Bring the index in step with the folder. Raises DocumentsMissing, MassRemoval, IndexBusy.

        `ray` is HOST:PORT of a Ray cluster that is to read and embed, or "local" for one of this machine's own.
        Raises ClusterFailed if that cannot be used; what was stored until then stays.
        """
        with self.runs.followed(progress) as told:
            return self._builder(told, ray).sync(allow_mass_removal=allow_mass_removal, wait=wait)

    def rebuild(
        self,
        progress: Callable[["Progress"], None] = lambda _: None,
        *,
        allow_mass_removal: bool = False,
        wait: bool = False,
        ray: str | None = None,
    ) -> "SyncReport":
        """Build the index anew beside the live one, which answers meanwhile, and switch at once.

        Goes on from where an interrupted rebuild was. Raises as `sync` does.
        """
        with self.runs.followed(progress) as told:
            return self._builder(told, ray).rebuild(allow_mass_removal=allow_mass_removal, wait=wait)

    def watch(
        self,
        stop: threading.Event,
        progress: Callable[["Progress"], None] = lambda _: None,
        on_report: Callable[["SyncReport"], None] = lambda _: None,
    ) -> None:
        """Index now and after every change of the documents, until `stop` is set. Blocks.

        A run that fails is told as a warning; the next change tries again. Raises DocumentsMissing.
        """

        def run() -> None:
            try:
                on_report(self.sync(progress, wait=True))
            except HemerotecaError as error:
                _log.warning("%s", error)

        from index.sync.build import require_folder
        from index.sync.live import follow

        require_folder(self.settings.documents)
        follow(self.settings.documents, run, stop, exclude=(self.settings.index,))

    @contextmanager
    def following(self, *, sync: bool = False, watch: bool = False) -> Iterator[None]:
        """While it lasts, threads let what other processes index be found, and keep the index in step.

        `sync` indexes once, `watch` after every change; the index as it is answers meanwhile.
        """
        with ExitStack() as threads:
            threads.enter_context(follower(self._live))
            threads.callback(self.watching.turn, False)
            if watch:
                self.watching.turn(True)
            elif sync:
                threads.enter_context(background(lambda _, check: self.sync(check, wait=True)))
            yield

    @cached_property
    def watching(self) -> WatchSwitch:
        """Whether the index is kept in step with the folder while this process runs, and the switch for it."""
        return WatchSwitch(self.watch)

    # Looking

    def documents(self) -> tuple[Document, ...]:
        """Every document of the live index, newest first."""
        return self._look(lambda store: tuple(store.documents()), ())

    def catalogue(self) -> tuple[Listed, ...]:
        """Every document of the live index without its text, newest first."""
        return self._look(lambda store: tuple(store.catalogue()), ())

    def listing(self, wish: Wish, offset: int = 0, limit: int = 50) -> Listing:
        """A page of the list of documents, without their texts."""
        return self._look(lambda store: list_documents(store, wish, offset, limit), Listing((), 0, {}))

    def overview(self) -> Overview:
        """How many documents there are, of when, in which languages, and what was skipped."""
        return self._look(overview, Overview())

    @cached_property
    def portraits(self) -> "UntilChanged[Portrait]":
        """Draws the portrait of a store, and keeps it."""
        from assistant.portrait import UntilChanged, draw_portrait

        return UntilChanged(draw_portrait)

    @cached_property
    def vocabularies(self) -> "UntilChanged[Vocabulary]":
        """Reads the words of a store, and keeps them."""
        from assistant.finding.spelling import vocabulary_of
        from assistant.portrait import UntilChanged

        return UntilChanged(vocabulary_of)

    @cached_property
    def _first_questions(self) -> "UntilChanged[dict[str, tuple[str, ...]]]":
        from assistant.portrait import UntilChanged
        from assistant.suggestions import first_questions

        return UntilChanged(first_questions)

    def portrait(self) -> "Portrait":
        """What there is to tell of the archive as a whole, drawn anew only when it has changed."""
        from assistant.portrait import Portrait

        return self._look(self.portraits.of, Portrait())

    @cached_property
    def _document_portraits(self) -> "DocumentPortraits":
        from assistant.portrait import DocumentPortraits

        return DocumentPortraits()

    def document_portrait(self, document_id: str) -> "DocumentPortrait | None":
        """What a document says as a whole; None if there is no such document. Takes seconds for a long one."""
        return self._look(lambda store: self._document_portraits.of(store, document_id), None)

    def first_questions(self, language: str) -> tuple[str, ...]:
        """A few questions to begin with, in `language` where documents are in it; made anew when the index changes."""
        nothing: dict[str, tuple[str, ...]] = {}
        return self._look(self._first_questions.of, nothing).get(language, ())

    def next_questions(
        self,
        quotes: Sequence[tuple[Document, Span]],
        asked: Sequence[str],
        language: str,
        *,
        wanted: DocumentFilter = EVERYTHING,
    ) -> tuple[str, ...]:
        """A few questions to go on with after an answer that quotes these stretches of documents."""
        from assistant.suggestions import next_questions

        return self._look(lambda store: next_questions(store, quotes, asked, language, wanted), ())

    def sizes(self, ids: Sequence[str]) -> dict[str, TextSize]:
        """How long the texts of these documents of the live index are, by id."""
        return self._look(lambda store: store.sizes(ids), {})

    def document(self, document_id: str) -> Document:
        """A document by its id. Raises UnknownDocument."""
        document = self.find_document(document_id)
        if document is None:
            raise UnknownDocument(
                f"There is no document “{document_id}” in the index: “hemeroteca status” tells what there is."
            )
        return document

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """The blocks of a document in reading order; none of one that is not there."""
        return self._look(lambda store: store.blocks(document_id), ())

    def find_document(self, document_id: str) -> Document | None:
        """A document by its id, or None."""
        return self._look(lambda store: store.document(document_id), None)

    def index_summary(self) -> dict[str, Any]:
        """What is in the index, as `hemeroteca status --json` prints it. Never makes an index."""
        with explained(self.settings.index):
            return {
                **summary(self._live.get() if self._home.exists() else None),
                "documents_path": str(self.settings.documents),
                "index_path": str(self.settings.index),
            }

    def incomplete(self) -> int:
        """How many documents and chunks lack what belongs to them; 0 in a sound index."""
        return self._look(incomplete, 0)

    def is_searchable(self) -> bool:
        """Whether anything is indexed and found. Raises HemerotecaError for an index that cannot be searched."""
        with explained(self.settings.index):
            return self._home.exists() and self._live.get().is_searchable()

    def _look(self, ask: Callable[[Store], Told], absent: Told) -> Told:
        """What the live index tells, or `absent` if there is none. Raises HemerotecaError."""
        with explained(self.settings.index), self._in_flight.step():
            return ask(self._live.get().store) if self._home.exists() else absent

    # Embedding

    def embedder(self) -> Embedder:
        """The engine that the settings ask for, opened. Raises EmbeddingFailed."""
        return self._open_embedder(self._source)

    @cached_property
    def _matcher(self) -> "Matcher":
        """Matches questions token by token, with e5 in this process if the index's engine cannot."""
        from assistant.finding.matching import Matcher

        return Matcher(self._open_reader)

    def _open_reader(self) -> TokenReader:
        source = {"kind": "e5", "model": "", "base_url": None}
        reader = self._open_embedder(json.dumps(source)).tokens
        assert reader is not None
        return reader

    def _reader(self) -> "Reader | None":
        """The trained reader, opened at the first question; None where the settings turn it off."""
        if not self.settings.reader:
            return None
        with self._opening:
            if self._opened_reader is None:
                from assistant.reader.reader import open_reader

                self._opened_reader = open_reader()
            return self._opened_reader

    @cached_property
    def _source(self) -> str:
        """What to open to embed as the settings say."""
        settings = self.settings
        return json.dumps(
            {
                "kind": settings.embedding,
                "model": settings.embedding_model,
                "base_url": settings.embedding_base_url,
                "keeps_states": settings.token_states,
            }
        )

    def _open_embedder(self, source: str) -> Embedder:
        with self._opening:
            if source not in self._embedders:
                self._embedders[source] = self._opener(source)()
            return self._embedders[source]

    def _opener(self, source: str) -> Callable[[], Embedder]:
        return partial(open_embedder, **json.loads(source), api_key=self.settings.openai_key())

    def _builder(self, progress: Callable[["Progress"], None], ray: str | None) -> "Builder":
        # With it comes half of all modules, which commands that only look need not wait for.
        from index.sync.build import Builder

        return Builder(self._live, self.settings.documents, self._pipeline(ray), self._source, progress)

    def _pipeline(self, ray: str | None) -> "Pipeline":
        embedder = self.embedder()
        if ray is None:
            from index.sync.pipeline import LocalPipeline

            return LocalPipeline(embedder)
        from index.cluster.pipeline import RayPipeline

        return RayPipeline(ray, self._opener(self._source), embedder)

    def _embedder_of(self, store: Store) -> Embedder:
        """The engine that embedded a store: the settings', or the one before them until it is built anew."""
        embedded_by = store.fact(EMBEDDING)
        try:
            for source in (self._source, store.fact(SOURCE)):
                embedder = self._open_embedder(source or self._source)
                if embedded_by in (None, embedder.identity):
                    return embedder
            reason = f"the settings ask for {self.embedder().identity}"
        except EmbeddingFailed as error:
            reason = str(error)
        raise IndexDamaged(
            f"The index in {self.settings.index} was embedded with {embedded_by}, which cannot be "
            f"used ({reason}): run “hemeroteca index” to build it anew, or change the setting back."
        )


def _home(settings: Settings) -> Home:
    """Where the settings keep the index."""
    if settings.store is None:
        return FolderHome(settings.index)
    return PostgresHome(settings.store.get_secret_value(), settings.index)


def _vectors(settings: Settings, scanned: int) -> Vectors:
    """Where the settings keep vectors; in a folder, up to so many are scanned."""
    if settings.vectors is None:
        return FolderVectors(scanned)
    return ServerVectors(chroma_server(settings))


def chroma_server(settings: Settings) -> ChromaServer:
    """The Chroma server that the settings name."""
    return ChromaServer((settings.vectors or "").rstrip("/"), settings.chroma_headers())
