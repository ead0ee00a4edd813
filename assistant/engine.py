"""From a question to a cited answer: retrieve, select evidence, decide, write, prove.

`stream` gives the answer as it comes. An engine that fails is stood in for by extraction, so that no question
is lost.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

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
from assistant.llms import EngineChoice, open_llm
from assistant.questions import understand
from assistant.retrieval import Retriever
from assistant.settings import Settings
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from prompts import phrase

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a writer made of the evidence. `engine` is what wrote the sentences."""

    engine: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions over one index."""

    retriever: Retriever
    settings: Settings
    choice: EngineChoice

    def stream(self, question: str, *, wanted: DocumentFilter = EVERYTHING) -> Iterator[Event]:
        """The events of one answer: Retrieved, a Verified for each sentence, Finished with the whole.

        Raises QuestionRefused for a question that is empty or too long, EmbeddingFailed if it cannot be
        embedded.
        """
        began = time.monotonic()
        question = _checked(question)
        language = detect_question_language(question, self._default_language())
        evidence = self._evidence(question, wanted)
        sure = confidence(question, evidence)
        retrieved = time.monotonic()
        yield Retrieved(evidence)
        if sure < self.settings.threshold:
            draft = _Draft(self.choice.name)
            text = self._refusal(language)
        else:
            draft = yield from self._write(question, language, evidence)
            text = join_sentences(draft.sentences)
        ended = time.monotonic()
        yield Finished(
            Answer(
                question=question,
                answered=bool(draft.sentences),
                text=text,
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

    def _evidence(self, question: str, wanted: DocumentFilter) -> tuple[Evidence, ...]:
        candidates = self.retriever.retrieve(question, wanted=wanted)
        return select_evidence(question, candidates, self.retriever.store.document)

    def _refusal(self, language: str) -> str:
        if self.retriever.store.counts()[0] == 0:
            return phrase("empty_index", language, folder=self.settings.documents)
        return phrase("not_in_documents", language)

    def _write(
        self, question: str, language: str, evidence: Sequence[Evidence]
    ) -> Generator[Event, None, _Draft]:
        """By the chosen engine; by extraction if there is none, it fails, or nothing it wrote holds."""
        written = _Draft(self.choice.name)
        if self.choice.name != "extractive":
            written = yield from self._generate(question, language, evidence)
        if written.sentences:
            return written
        sentences, citations = extractive.write(understand(question, language), evidence)
        yield from _verified(sentences, citations)
        return replace(written, engine="extractive", sentences=sentences, citations=citations)

    def _generate(
        self, question: str, language: str, evidence: Sequence[Evidence]
    ) -> Generator[Event, None, _Draft]:
        draft = _Draft(self.choice.name)
        try:
            llm = open_llm(self.settings, self.choice)
            for item in generation.write(question, language, evidence, llm):
                if isinstance(item, Verified):
                    yield item
                else:
                    draft = replace(
                        draft, sentences=item.sentences, citations=item.citations, dropped=item.dropped
                    )
        except EngineFailed as error:
            draft = replace(draft, fallback=Fallback(self.choice.name, str(error)))
        return draft


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


def _checked(question: str) -> str:
    question = question.strip()
    if not question:
        raise QuestionRefused("The question is empty: ask something.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"The question has {len(question)} characters; {LONGEST_QUESTION} are the most. Ask it shorter."
        )
    return question
