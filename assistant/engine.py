"""From a question to a cited answer: retrieve, select evidence, decide, write, prove.

`stream` gives the answer as it comes. An engine that fails is stood in for by extraction, so that no question
is lost.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from assistant import extractive, generation
from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Dropped,
    Event,
    Evidence,
    Fallback,
    Finished,
    Retrieved,
    Timings,
    Verified,
)
from assistant.confidence import confidence
from assistant.errors import EngineFailed, QuestionRefused
from assistant.evidence import select_evidence
from assistant.followups import Turn, leans_on_history, standalone_question
from assistant.llms import EngineChoice
from assistant.questions import understand
from assistant.retrieval import Retriever
from assistant.settings import Settings
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from prompts import phrase

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a writer made of the evidence. `engine` is what wrote the sentences.

    `refused` says that a model read the evidence and found no answer in it.
    """

    engine: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    refused: bool = False

    def with_sentence(self, new: Verified) -> Self:
        """The draft with one more sentence and the citations that it introduces."""
        return replace(
            self,
            sentences=(*self.sentences, new.sentence),
            citations=(*self.citations, *new.citations),
        )


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions over one index; `llm` is the model behind `choice`, None for extraction."""

    retriever: Retriever
    settings: Settings
    choice: EngineChoice
    llm: "LLM | None" = None

    def stream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, history: Sequence[Turn] = ()
    ) -> Iterator[Event]:
        """The events of one answer: Retrieved, a Verified for each sentence, Finished with the whole.

        `history` is the conversation before, oldest turn first, which a follow-up may lean on.

        Raises QuestionRefused for a question that is empty or too long, EmbeddingFailed if it cannot be
        embedded.
        """
        began = time.monotonic()
        question = checked(question)
        language = detect_question_language(question, self._default_language())
        standalone = self._standalone(question, language, history)
        read = self.retriever.read(standalone, language)
        candidates = self.retriever.search(read, wanted=wanted)
        evidence = select_evidence(read, candidates, self.retriever.store.document)
        sure = confidence(read, evidence)
        retrieved = time.monotonic()
        yield Retrieved(evidence)
        draft = _Draft(self.choice.name)
        if sure >= self.settings.threshold:
            draft = yield from self._write(standalone, language, evidence)
        ended = time.monotonic()
        yield Finished(
            Answer(
                question=question,
                standalone=standalone,
                answered=bool(draft.sentences),
                text=join_sentences(draft.sentences) or self._refusal(language),
                language=language,
                engine=draft.engine,
                sentences=draft.sentences,
                citations=draft.citations,
                dropped=draft.dropped,
                fallback=draft.fallback,
                timings_ms=Timings(
                    retrieve=1000 * (retrieved - began),
                    generate=1000 * (ended - retrieved),
                    total=1000 * (ended - began),
                ),
                confidence=sure,
            )
        )

    def _default_language(self) -> str:
        languages = self.retriever.store.languages()
        return languages[0] if languages else "es"

    def _standalone(self, question: str, language: str, history: Sequence[Turn]) -> str:
        """The question without need of the turns before: by the model, or by rules without one."""
        if not history or not leans_on_history(question):
            return question
        if self.llm is None:
            return standalone_question(question, history)
        try:
            return generation.condense(
                question, language, history, self.llm, deadline=self.settings.deadline, retries=0
            )
        except EngineFailed:
            return standalone_question(question, history)

    def _refusal(self, language: str) -> str:
        if self.retriever.store.counts()[0] == 0:
            return phrase("empty_index", language, folder=self.settings.documents)
        return phrase("not_in_documents", language)

    def _write(
        self, question: str, language: str, evidence: Sequence[Evidence]
    ) -> Generator[Event, None, _Draft]:
        """By the model if there is one; by extraction if it fails or nothing that it wrote holds."""
        written = _Draft(self.choice.name)
        if self.llm is not None:
            written = yield from self._generate(self.llm, question, language, evidence)
        if written.sentences or written.refused:
            return written
        sentences, citations = extractive.write(understand(question, language), evidence)
        yield from _verified(sentences, citations)
        return replace(written, engine="extractive", sentences=sentences, citations=citations)

    def _generate(
        self, llm: "LLM", question: str, language: str, evidence: Sequence[Evidence]
    ) -> Generator[Event, None, _Draft]:
        """What the model writes; what it had proved before it failed stands."""
        draft = _Draft(self.choice.name)
        try:
            for item in generation.write(
                question,
                language,
                evidence,
                llm,
                deadline=self.settings.deadline,
                retries=self.settings.retries,
                similarity=self._similarity,
            ):
                if isinstance(item, Verified):
                    draft = draft.with_sentence(item)
                    yield item
                else:
                    draft = replace(draft, dropped=item.dropped, refused=item.refused)
        except EngineFailed as error:
            draft = replace(draft, fallback=Fallback(self.choice.name, str(error)))
        return draft

    def _similarity(self, one: str, other: str) -> float:
        """The cosine of two sentences, which may be of different languages."""
        embed = self.retriever.embedder.embed_query
        return float(embed(one) @ embed(other))


def join_sentences(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences as one text, each with its markers behind it."""
    return " ".join(
        " ".join([sentence.text, *(f"[{marker}]" for marker in sentence.citations)]) for sentence in sentences
    )


def _verified(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> Iterator[Verified]:
    """Each sentence with the citations that it is the first to use."""
    shown: set[int] = set()
    for sentence in sentences:
        new = tuple(c for c in citations if c.marker in sentence.citations and c.marker not in shown)
        shown.update(citation.marker for citation in new)
        yield Verified(sentence, new)


def checked(question: str) -> str:
    """The question without space around it. Raises QuestionRefused if it is empty or too long."""
    question = question.strip()
    if not question:
        raise QuestionRefused("The question is empty: ask something.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"The question has {len(question)} characters; {LONGEST_QUESTION} are the most. Ask it shorter."
        )
    return question
