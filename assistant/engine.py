"""From a question to a cited answer: understand, find, decide, write, prove.

`stream` gives the answer as it comes. An engine that fails is stood in for by extraction, so that no question
is lost.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, cast

from assistant.answer import Answer, Event, Finished, Retrieved
from assistant.days.calendar_days import dates_of_citations
from assistant.days.timeline import build_timeline, timeline_topic
from assistant.errors import EngineFailed
from assistant.finding.found import Found, beyond, with_blocks
from assistant.finding.retrieval import Retriever
from assistant.finding.searcher import Inquiry, Searched, Searcher, found_surely
from assistant.finding.spelling import Vocabulary, vocabulary_of
from assistant.incoming import check_history, checked
from assistant.layout import join_sentences, opening
from assistant.llms.choice import EngineChoice, RequestOptions
from assistant.llms.record import Calls, ModelCall, usage_of
from assistant.portrait import Portrait, UntilChanged, draw_portrait
from assistant.questions.followups import Standalone, about_the_answer, standalone_question
from assistant.questions.history import CitedSpan, Exchange, leans_on_history
from assistant.questions.list_questions import next_page
from assistant.questions.talk import Talk, talk_of
from assistant.replies import Replies
from assistant.settings import Settings
from assistant.tracing import Stopwatch, Trace
from assistant.write import generation
from assistant.write.plan import Gatherer, Plan, needs_plan, plan_or_none
from assistant.write.prompts import Asking
from assistant.write.writer import Draft, Writer, Writing, tell_timeline
from index.filters import EVERYTHING, DocumentFilter
from index.language import detect_question_language
from prompts import phrase

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


# So many at most, for servers that do not keep to the limit of tokens that they are told.
_CHARACTERS_A_TOKEN = 8


def _unnoted(_: Trace) -> None:
    """Where nobody asks how an answer came about."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions over one index; `llm` is the model behind `choice`, None for extraction.

    `note` is handed how each answer came about, when it is finished.
    """

    retriever: Retriever
    settings: Settings
    choice: EngineChoice
    llm: "LLM | None" = None
    options: RequestOptions = field(default_factory=RequestOptions)
    today: Callable[[], date] = date.today
    note: Callable[[Trace], None] = _unnoted
    portraits: UntilChanged[Portrait] = field(default_factory=lambda: UntilChanged(draw_portrait))
    vocabularies: UntilChanged[Vocabulary] = field(default_factory=lambda: UntilChanged(vocabulary_of))

    def stream(
        self, question: str, *, wanted: DocumentFilter = EVERYTHING, history: Sequence[Exchange] = ()
    ) -> Generator[Event, None, None]:
        """The events of one answer: Retrieved, a Verified for each sentence, Finished with the whole.

        `history` is the conversation before, oldest first, which a follow-up may lean on: it is rewritten, and
        the documents that the last answer cites are favoured. Small talk is replied to without a search.

        Raises QuestionRefused for a question or a history that cannot be taken, EmbeddingFailed if the question
        cannot be embedded.
        """
        watch = Stopwatch()
        question = checked(question)
        check_history(history)
        history = [before for before in history if talk_of(before.question) is None]
        language = self._language(question, history)
        said = talk_of(question, language)
        language = language if said is None else said.language
        goes_on = bool(history) and said is not None and said.talk is Talk.MORE
        if said is not None and not goes_on:
            yield Retrieved(())
            yield Finished(self._replies().reply(question, said, history))
            return
        calls = self.calls()
        asking = self._asking(question, language, wanted, history)
        page = next_page(question, [before.question for before in history])
        planned = None if page else self._plan(asking, calls)
        standalone = Standalone(page.question) if page else self._alone(asking, planned, calls)
        watch.lap("rewrite")
        leans = bool(history) and page is None and (goes_on or leans_on_history(question)) and not self._reads
        inquiry = Inquiry(
            question,
            standalone.text,
            language,
            wanted,
            timeline_topic(standalone.text),
            history[-1].documents if leans else (),
            about_the_answer(question, history, language) if leans else "",
            page.number if page else 1,
            standalone.topic,
        )
        searched = self._searcher().search(inquiry)
        found = searched.found
        if goes_on and page is None and not self._reads:
            found = beyond(found, _quoted(history, standalone.text))
            if not found.evidence:
                yield Retrieved(())
                yield Finished(self._replies().nothing_more(question, standalone.text, language))
                return
        searched = replace(searched, found=with_blocks(found, self.retriever.store))
        watch.lap("retrieve")
        yield from self._write(asking, inquiry, searched, planned, calls, watch)

    def _write(
        self,
        asking: Asking,
        inquiry: Inquiry,
        searched: Searched,
        planned: Plan | None,
        calls: Calls | None,
        watch: Stopwatch,
    ) -> Generator[Event, None, None]:
        """The events of writing what was found."""
        found, language = searched.found, inquiry.language
        is_sure = found_surely(found, self.settings.sure_threshold)
        lines = inquiry.topic is not None
        yield Retrieved(found.evidence, "" if self._reads or is_sure else phrase("not_sure", language), lines)
        asking = replace(
            asking,
            question=searched.question if planned is None else inquiry.put,
            standalone=searched.question,
        )
        plan = planned or Plan(searched.question)
        draft = yield from _timed(
            self._draft(asking, plan, inquiry.topic, inquiry.wanted, found, calls), watch
        )
        watch.lap("generate")
        sure = draft.engine != "extractive" or is_sure
        caution = opening("" if sure else phrase("not_sure", language))
        sentences = draft.sentences and (*caution, *draft.sentences)
        made = [] if calls is None else calls.made
        answer = Answer(
            question=inquiry.put,
            standalone=inquiry.alone if searched.question == inquiry.put else searched.question,
            answered=bool(draft.sentences),
            text=join_sentences(sentences, lines=lines) or self._refusal(language, found),
            sure=sure or not draft.sentences,
            language=language,
            engine=draft.engine,
            sentences=draft.sentences,
            citations=draft.citations,
            dropped=draft.dropped,
            fallback=draft.fallback,
            timings_ms=watch.timings(),
            confidence=found.confidence,
            dates=dates_of_citations(draft.citations),
            searched=found.searched,
            usage=usage_of(made, self.settings),
            corrections=searched.corrections,
            topic=inquiry.about,
        )
        self.note(self._trace(answer, watch.began, inquiry.wanted, found, draft, made))
        yield Finished(answer)

    def _alone(self, asking: Asking, planned: Plan | None, calls: Calls | None) -> Standalone:
        """The question without need of the turns before, in the words of the plan if there is one."""
        return self.standalone(asking, calls) if planned is None else Standalone(planned.question)

    def _searcher(self) -> Searcher:
        settings = self.settings
        return Searcher(
            self.retriever,
            settings.threshold,
            settings.sure_threshold,
            self.today(),
            self.vocabularies.of,
            mends=not self._reads,
        )

    @property
    def _reads(self) -> bool:
        """Whether a model reads passages and decides itself whether they answer."""
        return self.llm is not None and self.choice.reads_passages

    def _replies(self) -> Replies:
        store = self.retriever.store
        folder = str(self.settings.documents)
        return Replies(store, self.portraits.of(store), folder, self.choice.name)

    def calls(self) -> Calls | None:
        """How the model is called for one answer; None without one."""
        if self.llm is None:
            return None
        settings = self.settings
        return Calls(
            self.llm,
            monotonic() + settings.deadline,
            settings.retries,
            options=self.options,
            most_characters=settings.reply_tokens * _CHARACTERS_A_TOKEN,
        )

    def _asking(
        self, question: str, language: str, wanted: DocumentFilter, history: Sequence[Exchange]
    ) -> Asking:
        """What the model is told besides the evidence; a small one little more than the question."""
        if not self._reads:
            return Asking(question, language, history=history, small=True)
        newest = self.retriever.store.newest_day()
        today = wanted.as_of or self.today()
        return Asking(
            question,
            language,
            today=today,
            newest=newest,
            about=self.settings.about,
            history=history,
        )

    def _plan(self, asking: Asking, calls: Calls | None) -> Plan | None:
        """The searches in the words of a model that reads; None where the question is searched for as it is."""
        if calls is None or not self._reads or not needs_plan(asking):
            return None
        return plan_or_none(asking, calls)

    def _draft(
        self,
        asking: Asking,
        planned: Plan,
        topic: str | None,
        wanted: DocumentFilter,
        found: Found,
        calls: Calls | None,
    ) -> Writing:
        """What can be written from what was found: nothing if that is not sure enough for who cannot tell itself."""
        draft = Draft(self.choice.name)
        if found.confidence < self.settings.threshold and not self._reads:
            return draft
        if topic is not None:
            draft = yield from tell_timeline(build_timeline(self.retriever, topic, wanted), asking.language)
        if draft.sentences:
            return draft
        writer = Writer(self.settings, self.choice, calls, self.retriever.embedder)
        if not self._reads:
            return (yield from writer.write(asking, found))
        gatherer = Gatherer(self.retriever, wanted, asking.language, wanted.as_of or self.today())
        passages = gatherer.gather(planned, found, asking.history)
        again = partial(gatherer.gather_again, before=passages)
        return (yield from writer.write(asking, found, passages, again))

    def _trace(
        self,
        answer: Answer,
        began: float,
        wanted: DocumentFilter,
        found: Found,
        draft: Draft,
        made: Sequence[ModelCall],
    ) -> Trace:
        return Trace(
            answer=answer,
            began=began,
            model=self.choice.model,
            wanted=wanted,
            threshold=self.settings.threshold,
            sure_threshold=self.settings.sure_threshold,
            route=found.route,
            candidates=found.candidates,
            rated=found.rated,
            evidence=draft.evidence or found.evidence,
            calls=tuple(made),
            judged=draft.judged,
        )

    def standalone(self, asking: Asking, calls: Calls | None = None) -> Standalone:
        """The question without need of the turns before: by a small model, or by rules where there is none.

        So too where the model does not manage.
        """
        question = asking.question
        by_rules = standalone_question(question, asking.history, asking.language)
        if calls is None or self._reads or by_rules.text == question or not leans_on_history(question):
            return by_rules
        try:
            rewritten = generation.condense(asking, calls)
        except EngineFailed:
            return by_rules
        # A small model often hands the follow-up back as it was.
        return by_rules if leans_on_history(rewritten) else Standalone(rewritten)

    def _language(self, question: str, history: Sequence[Exchange]) -> str:
        """The language of the question; where that cannot be told, of the one before, or of the archive."""
        languages = self.retriever.store.languages()
        default = languages[0] if languages else "es"
        before = detect_question_language(history[-1].question, default) if history else default
        return detect_question_language(question, before)

    def _refusal(self, language: str, found: Found) -> str:
        if self.retriever.store.counts()[0] == 0:
            return phrase("empty_index", language, folder=self.settings.documents)
        if found.unknown is not None:
            there = phrase("there_is", language, name=found.unknown.nearest) if found.unknown.nearest else ""
            return f"{phrase('no_such', language, name=found.unknown.asked)} {there}".strip()
        return phrase("not_in_documents", language)


def _quoted(history: Sequence[Exchange], question: str) -> list[CitedSpan]:
    """The quotes that answers to a question have given."""
    return [quote for before in history if before.question == question for quote in before.citations]


def _timed(writing: Writing, watch: Stopwatch) -> Writing:
    """The same, with the moment of its first sentence noted."""
    with closing(writing):
        while True:
            try:
                item = next(writing)
            except StopIteration as end:
                return cast(Draft, end.value)
            watch.first()
            yield item
