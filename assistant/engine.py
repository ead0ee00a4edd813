"""From a question to a cited answer: understand, find, decide, write, prove.

`stream` gives the answer as it comes. An engine that fails is stood in for by extraction, so that no question
is lost.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerSentence, Event, Finished, Retrieved, Timings
from assistant.days.calendar_days import dates_of_citations
from assistant.days.timeline import build_timeline, timeline_topic
from assistant.errors import EngineFailed, QuestionRefused
from assistant.finding.finder import Finder
from assistant.finding.retrieval import Retriever
from assistant.llms import EngineChoice
from assistant.questions.followups import Turn, standalone_question
from assistant.questions.leaning import leans_on_history
from assistant.questions.smalltalk import reply_to
from assistant.settings import Settings
from assistant.writing import generation
from assistant.writing.writer import Draft, Writer, tell_timeline
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from prompts import phrase

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions over one index; `llm` is the model behind `choice`, None for extraction."""

    retriever: Retriever
    settings: Settings
    choice: EngineChoice
    llm: "LLM | None" = None
    today: Callable[[], date] = date.today

    def stream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, history: Sequence[Turn] = ()
    ) -> Iterator[Event]:
        """The events of one answer: Retrieved, a Verified for each sentence, Finished with the whole.

        `history` is the conversation before, oldest turn first, which a follow-up may lean on. Small talk is
        replied to without a search.

        Raises QuestionRefused for a question that is empty or too long, EmbeddingFailed if it cannot be
        embedded.
        """
        began = time.monotonic()
        question = checked(question)
        history = [turn for turn in history if reply_to(turn[0], "") is None]
        language = self._language(question, history)
        if (reply := reply_to(question, language)) is not None:
            yield Retrieved(())
            yield Finished(Answer(question, question, False, reply, language, self.choice.name))
            return
        standalone = self.standalone(question, language, history)
        topic = timeline_topic(standalone)
        finder = Finder(self.retriever, self.settings.threshold)
        found = finder.find(topic or standalone, language, wanted, self.today())
        retrieved = time.monotonic()
        caution = "" if found.confidence >= self.settings.sure_threshold else phrase("not_sure", language)
        yield Retrieved(found.evidence, caution)
        draft = Draft(self.choice.name)
        if found.confidence >= self.settings.threshold:
            writer = Writer(self.settings, self.choice, self.llm, self.retriever.embedder)
            if topic is not None:
                draft = yield from tell_timeline(build_timeline(self.retriever, topic, wanted), language)
            if not draft.sentences:
                draft = yield from writer.write(standalone, language, found.evidence)
        ended = time.monotonic()
        separator = " " if topic is None else "\n"
        yield Finished(
            Answer(
                question=question,
                standalone=standalone,
                answered=bool(draft.sentences),
                text=cautioned(caution, join_sentences(draft.sentences, separator), separator)
                or self._refusal(language),
                sure=not (caution and draft.sentences),
                language=language,
                engine=draft.engine,
                sentences=draft.sentences,
                citations=draft.citations,
                dropped=draft.dropped,
                fallback=draft.fallback,
                timings_ms=_timings(began, retrieved, ended),
                confidence=found.confidence,
                dates=dates_of_citations(draft.citations),
                searched=found.searched,
            )
        )

    def standalone(self, question: str, language: str, history: Sequence[Turn]) -> str:
        """The question without need of the turns before: by the model, or by rules without one."""
        if not history or not leans_on_history(question):
            return question
        if self.llm is None:
            return standalone_question(question, history, language)
        try:
            return generation.condense(
                question, language, history, self.llm, deadline=self.settings.deadline, retries=0
            )
        except EngineFailed:
            return standalone_question(question, history, language)

    def _language(self, question: str, history: Sequence[Turn]) -> str:
        """The language of the question; where that cannot be told, of the one before, or of the archive."""
        languages = self.retriever.store.languages()
        default = languages[0] if languages else "es"
        before = detect_question_language(history[-1][0], default) if history else default
        return detect_question_language(question, before)

    def _refusal(self, language: str) -> str:
        if self.retriever.store.counts()[0] == 0:
            return phrase("empty_index", language, folder=self.settings.documents)
        return phrase("not_in_documents", language)


def join_sentences(sentences: Sequence[AnswerSentence], separator: str) -> str:
    """The sentences as one text, each with its markers behind it."""
    return separator.join(
        " ".join([sentence.text, *(f"[{marker}]" for marker in sentence.citations)]) for sentence in sentences
    )


def cautioned(caution: str, told: str, separator: str) -> str:
    """What is told behind the words of caution, if there are any; empty if nothing is told."""
    return f"{caution}{separator}{told}" if caution and told else told


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


def _timings(began: float, retrieved: float, ended: float) -> Timings:
    """Milliseconds between three moments in seconds."""
    return Timings(1000 * (retrieved - began), 1000 * (ended - retrieved), 1000 * (ended - began))
