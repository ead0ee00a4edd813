"""An archive that can be asked: with the engine that answers, and the conversations that are kept.

What answers is imported when something is first asked: commands that only look need not wait for it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from assistant.answer import Answer, Event, finished
from assistant.archive import Archive
from assistant.conversation import Conversation
from assistant.errors import EngineFailed
from assistant.incoming import checked
from assistant.llms.choice import EngineChoice, choose_engine, embedding_destination
from assistant.people.conversations import Conversations
from assistant.people.people import People
from assistant.settings import Settings, load_settings
from assistant.tracing import Trace, emit_spans
from index.errors import explained
from index.filters import EVERYTHING, DocumentFilter

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from assistant.days.timeline import Timeline
    from assistant.engine import Engine
    from assistant.finding.search import Hit
    from assistant.llama import ArchiveQueryEngine, HybridRetriever, LlamaEmbedding
    from assistant.llms.choice import RequestOptions
    from assistant.portrait import UntilChanged
    from assistant.questions.history import Exchange

_log = logging.getLogger(__name__)


class Assistant(Archive):
    """Answers questions over a folder of documents. Safe to share between threads; close it when done.

    Nothing is opened before it is needed. A folder that was never indexed is indexed by the first question.
    """

    def __init__(self, settings: Settings | None = None, *, brief: bool = False) -> None:
        super().__init__(settings or load_settings(), brief=brief)
        self.people = People(self.settings)
        self._watchers: list[Callable[[Trace], None]] = []

    @contextmanager
    def tracing_to(self, watcher: Callable[[Trace], None]) -> Iterator[None]:
        """While it lasts, hand every answer's trace to `watcher` when the answer is finished."""
        self._watchers.append(watcher)
        try:
            yield
        finally:
            self._watchers.remove(watcher)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index, so that another process may hold its vectors, and of the models."""
        super().close()
        self.people.close()
        vars(self).pop("_llm", None)

    # Asking

    def stream(
        self,
        question: str,
        *,
        wanted: DocumentFilter = EVERYTHING,
        as_of: date | None = None,
        history: "Sequence[Exchange]" = (),
    ) -> Iterator[Event]:
        """The events of one answer as they come; see `assistant.answer.Event`.

        `wanted` says which documents may answer. `as_of` answers as the archive stood on that day, from
        which "yesterday" counts too; None asks today.
        """
        with explained(self.settings.index):
            events = self.engine().stream(question, wanted=_bounded(wanted, as_of), history=history)
            with closing(events):
                while (event := self._next(events)) is not None:
                    yield event

    def _next(self, events: Iterator[Event]) -> Event | None:
        with self._in_flight.step():
            return next(events, None)

    def _note(self, trace: Trace) -> None:
        emit_spans(trace, with_text=self.settings.trace_text)
        for watcher in tuple(self._watchers):
            watcher(trace)

    def ask(self, question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None) -> Answer:
        """The whole answer. Raises HemerotecaError with a sentence that says what to do."""
        return finished(self.stream(question, wanted=wanted, as_of=as_of))

    async def aask(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None
    ) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, wanted=wanted, as_of=as_of)

    async def astream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None
    ) -> AsyncIterator[Event]:
        """`stream` without blocking the event loop."""
        events = await asyncio.to_thread(self.stream, question, wanted=wanted, as_of=as_of)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    @cached_property
    def _sure_questions(self) -> "UntilChanged[dict[str, tuple[str, ...]]]":
        from assistant.portrait import UntilChanged

        return UntilChanged(lambda _: {})

    def sure_questions(self, document_id: str) -> tuple[str, ...]:
        """Of the questions that a document suggests, those that the archive answers from it with certainty.

        They are answered for that, in the documents' own words whatever writes answers else. Takes seconds; none for
        a document that is not there.
        """
        kept = self._look(self._sure_questions.of, dict[str, tuple[str, ...]]())
        if document_id not in kept:
            portrait = self.document_portrait(document_id)
            suggested = () if portrait is None else portrait.questions
            kept[document_id] = tuple(each for each in suggested if self._is_sure(each, document_id))
        return kept[document_id]

    def _is_sure(self, question: str, document_id: str) -> bool:
        with explained(self.settings.index):
            events = self._engine(EngineChoice("extractive"), None).stream(question)
            answer = finished(iter(partial(self._next, events), None))
        cited = {citation.document.id for citation in answer.citations}
        return answer.answered and answer.sure and document_id in cited

    def timeline(self, topic: str, *, wanted: DocumentFilter = EVERYTHING) -> "Timeline":
        """The dated events that the archive tells of a topic, oldest first."""
        from assistant.days.timeline import build_timeline

        self.ensure_indexed()
        with explained(self.settings.index), self._in_flight.step():
            return build_timeline(self.retriever(), checked(topic), wanted)

    def search(
        self, words: str, *, wanted: DocumentFilter = EVERYTHING, as_of: date | None = None, limit: int = 10
    ) -> "tuple[Hit, ...]":
        """The passages nearest to `words`, best first, without an answer.

        Raises QuestionRefused for words that are empty or too long.
        """
        from assistant.finding.search import search

        self.ensure_indexed()
        with explained(self.settings.index), self._in_flight.step():
            return search(self.retriever(), checked(words), wanted=_bounded(wanted, as_of), limit=limit)

    def conversation(self, id: str | None = None, user: str = "") -> Conversation:
        """A new conversation, or the kept one of that id. Raises UnknownConversation."""
        return Conversation(self, id, user)

    @property
    def conversations(self) -> Conversations:
        """The conversations and feedback that are kept beside the index."""
        return self.people.conversations

    def engine(self) -> "Engine":
        """The query engine; indexes the folder first if that was never done."""
        self.ensure_indexed()
        return self._engine(self.engine_choice, self._llm, self._note)

    def _engine(
        self, choice: EngineChoice, llm: "LLM | None", note: Callable[[Trace], None] = lambda _: None
    ) -> "Engine":
        from assistant.engine import Engine

        return Engine(
            self.retriever(),
            self.settings,
            choice,
            llm,
            self._options,
            note=note,
            portraits=self.portraits,
            vocabularies=self.vocabularies,
        )

    def as_query_engine(self) -> "ArchiveQueryEngine":
        """A LlamaIndex query engine over this archive."""
        from assistant.llama import ArchiveQueryEngine

        return ArchiveQueryEngine(self)

    def as_retriever(self, limit: int = 10) -> "HybridRetriever":
        """A LlamaIndex retriever over this archive that gives `limit` nodes."""
        from assistant.llama import HybridRetriever

        return HybridRetriever(self, limit)

    def as_embedding(self) -> "LlamaEmbedding":
        """The model that the archive is searched with, as a LlamaIndex embedding."""
        from assistant.llama import LlamaEmbedding

        self.ensure_indexed()
        return LlamaEmbedding(self.retriever().embedder)

    @cached_property
    def engine_choice(self) -> EngineChoice:
        """What writes the answers, and where the text goes for it."""
        return choose_engine(self.settings)

    def probe_engine(self) -> None:
        """Call the model once, for one word, if one is configured. Raises EngineFailed."""
        from assistant.llms.calls import probe

        if self._llm is not None:
            probe(self._llm, self.settings.deadline)

    def open_engine(self) -> None:
        """Load a local model now and not with the first question. Raises EngineFailed, SettingsError."""
        _ = self._llm

    def warm_up(self) -> None:
        """Have a local model read its rules, so that the first question need not wait for it.

        A model that does not get through is told as a warning: the question will try again.
        """
        if self._llm is None or self.engine_choice.name != "local":
            return
        from assistant.llms.calls import read
        from assistant.write.prompts import Asking, rules

        languages = self.retriever().store.languages()
        try:
            asking = Asking("", languages[0] if languages else "es", small=True)
            read(self._llm, rules(asking), self.settings.deadline)
        except EngineFailed as error:
            _log.warning("%s", error)

    def status(self) -> dict[str, Any]:
        """The object that `hemeroteca status --json` prints. Opens, but never makes, an index."""
        choice, embedded = self.engine_choice, embedding_destination(self.settings)
        return {
            **self.index_summary(),
            "engine": choice.name,
            "model": choice.model,
            "destination": choice.destination,
            "embedding_destination": embedded.host if embedded else None,
        }

    @cached_property
    def _options(self) -> "RequestOptions":
        from assistant.llms.choice import options_of

        return options_of(self.settings, self.engine_choice)

    @cached_property
    def _llm(self) -> "LLM | None":
        from assistant.llms.choice import open_llm

        return open_llm(self.settings, self.engine_choice)


def _bounded(wanted: DocumentFilter, as_of: date | None) -> DocumentFilter:
    return wanted if as_of is None else replace(wanted, as_of=as_of)
