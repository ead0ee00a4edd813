"""From evidence to the sentences of an answer: by a model if there is one, else by extraction."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Fallback, Verified
from assistant.days.calendar_days import show_dates
from assistant.days.timeline import Timeline, timeline_sentences
from assistant.errors import EngineFailed
from assistant.extraction import extractive
from assistant.finding.found import Found
from assistant.llms.choice import EngineChoice
from assistant.llms.record import Calls
from assistant.prove.proof import Judged
from assistant.questions.understanding import AnswerType, understand
from assistant.settings import Settings
from assistant.write import generation
from assistant.write.generation import Checking, Written
from assistant.write.material import Material, Sentences
from assistant.write.plan import Search, searches_of_refusal
from assistant.write.prompts import Asking
from index.embed import Embedder

# Of an answer to a follow-up; of any other one less.
MOST_CALLS = 3

_NOTHING_PROVED = "nothing that the model wrote is proved by what it cites"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer made of the evidence. `engine` is what wrote the sentences.

    `refused` says that a model read the evidence and found no answer in it; `judged` are all sentences that
    it wrote, with the verdicts on them; `evidence` is what it was shown and `reply` what it said.
    """

    engine: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    refused: bool = False
    judged: tuple[Judged, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reply: str = ""

    def ended(self, written: Written) -> Self:
        """The draft with what is known when a model has ended."""
        return replace(
            self,
            sentences=written.sentences,
            citations=written.citations,
            dropped=written.dropped,
            refused=written.refused,
            judged=written.judged,
            evidence=written.evidence,
            reply=written.raw_text,
        )

    def with_sentence(self, new: Verified) -> Self:
        """The draft with one more sentence and the citations that it introduces."""
        return replace(
            self,
            sentences=(*self.sentences, new.sentence),
            citations=(*self.citations, *new.citations),
        )


Writing = Generator[Verified, None, Draft]
"""Gives each sentence as it is verified, and returns the whole."""


Again = Callable[[Sequence[Search]], Material]
"""What other searches find, of which a model thinks that they may answer."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes answers; `calls` reach the model behind `choice`, None for extraction."""

    settings: Settings
    choice: EngineChoice
    calls: Calls | None
    embedder: Embedder

    def write(
        self, asking: Asking, found: Found, material: Material | None = None, again: Again | None = None
    ) -> Writing:
        """By the model from `material` if there is one; by extraction if it fails or nothing that it wrote holds.

        `material` is what was found if nothing else is given. A large model's word that it holds no answer is taken,
        when it had its searches made `again`; a small one says so too often. Extraction answers from what was found
        if that is sure enough.
        """
        written = Draft(self.choice.name)
        # A list is whole as it was found: a model could only lose some of it.
        shown = material or Sentences(found.evidence[: self.choice.most_evidence])
        if self.calls is not None and found.listing is None and not shown.is_empty:
            written = yield from self._generate(self.calls, asking, shown)
            if (
                again is not None
                and written.refused
                and (searches := self._more(self.calls, asking, written))
            ):
                written = yield from self._generate(self.calls, asking, again(searches))
        if written.sentences or (written.refused and self.choice.reads_passages):
            return written
        if self.choice.reads_passages and written.dropped and written.fallback is None:
            written = replace(written, fallback=Fallback(self.choice.name, _NOTHING_PROVED))
        if found.confidence < self.settings.threshold:
            return written
        written = replace(written, engine="extractive")
        sure = found.confidence >= self.settings.sure_threshold
        sentences, citations = _extracted(asking.standalone or asking.question, asking.language, found, sure)
        for item in _verified(sentences, citations):
            shown_item = _with_dates(item, citations, asking.language)
            written = written.with_sentence(shown_item)
            yield shown_item
        return written

    def _more(self, calls: Calls, asking: Asking, written: Draft) -> tuple[Search, ...]:
        """The searches that a model asks for beside its refusal, while it may be called again."""
        return searches_of_refusal(written.reply) if len(calls.made) < _most_calls(asking) else ()

    def _checking(self, asking: Asking) -> Checking:
        vector = lru_cache(maxsize=512)(self.embedder.embed_query)
        return Checking(
            similarity=lambda one, other: float(vector(one) @ vector(other)),
            literal=self.choice.literal,
            repairs=self.choice.repair,
            looks_again=self.choice.reads_passages and self.settings.second_look,
            most_calls=_most_calls(asking),
        )

    def _generate(self, calls: Calls, asking: Asking, material: Material) -> Writing:
        """What the model writes; what it had proved before it failed stands."""
        draft = Draft(self.choice.name)
        written = generation.write(
            asking,
            material,
            calls,
            room=self.choice.most_characters,
            checking=self._checking(asking),
        )
        try:
            # Closing ends the request to the model when the reader has stopped the answer.
            with closing(written):
                for item in written:
                    if isinstance(item, Verified):
                        draft = draft.with_sentence(item)
                        yield item
                    else:
                        draft = draft.ended(item)
        except EngineFailed as error:
            draft = replace(draft, fallback=Fallback(self.choice.name, str(error)))
        return draft


def _most_calls(asking: Asking) -> int:
    return MOST_CALLS if asking.history else MOST_CALLS - 1


def _extracted(question: str, language: str, found: Found, sure: bool) -> extractive.Extract:
    """The answer in the words of the documents."""
    asked = understand(question, language)
    if found.in_points:
        asked = replace(asked, wants=AnswerType.SUMMARY)
    if found.sides:
        return extractive.write_sides(asked, found.sides)
    if found.listing is None:
        return extractive.write(asked, found.evidence, sure=sure)
    return extractive.write_list(asked, found.evidence, found.listing)


def tell_timeline(timeline: Timeline, language: str) -> Writing:
    """A timeline as an answer: an event a sentence, verbatim."""
    draft = Draft("extractive")
    citations = {event.citation.marker: event.citation for event in timeline.events}
    for item in _verified(timeline_sentences(timeline, language), tuple(citations.values())):
        draft = draft.with_sentence(item)
        yield item
    return draft


def _with_dates(item: Verified, citations: Sequence[Citation], language: str) -> Verified:
    return replace(item, sentence=show_dates(item.sentence, citations, language))


def _verified(sentences: Sequence[AnswerSentence], citations: Sequence[Citation]) -> Iterator[Verified]:
    """Each sentence with the citations that it is the first to use."""
    shown: set[int] = set()
    for sentence in sentences:
        new = tuple(c for c in citations if c.marker in sentence.citations and c.marker not in shown)
        shown.update(citation.marker for citation in new)
        yield Verified(sentence, new)
