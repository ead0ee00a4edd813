"""From evidence to the sentences of an answer: by a model if there is one, else by extraction."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from assistant.answer import AnswerSentence, Citation, Dropped, Evidence, Fallback, Verified
from assistant.days.calendar_days import show_dates
from assistant.days.timeline import Timeline, timeline_sentences
from assistant.errors import EngineFailed
from assistant.extraction import extractive
from assistant.extraction.structured import more_documents
from assistant.finding.found import Found
from assistant.llms import EngineChoice
from assistant.llms.record import ModelCall
from assistant.prove.verdicts import Judged
from assistant.questions.understanding import AnswerType, understand
from assistant.settings import Settings
from assistant.writing import generation
from index.embed import Embedder

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer made of the evidence. `engine` is what wrote the sentences.

    `refused` says that a model read the evidence and found no answer in it; `judged` are all sentences that
    it wrote, with the verdicts on them.
    """

    engine: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    refused: bool = False
    judged: tuple[Judged, ...] = ()

    def with_sentence(self, new: Verified) -> Self:
        """The draft with one more sentence and the citations that it introduces."""
        return replace(
            self,
            sentences=(*self.sentences, new.sentence),
            citations=(*self.citations, *new.citations),
        )


Writing = Generator[Verified, None, Draft]
"""Gives each sentence as it is verified, and returns the whole."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes answers; `llm` is the model behind `choice`, None for extraction. Its calls are added to `made`."""

    settings: Settings
    choice: EngineChoice
    llm: "LLM | None"
    embedder: Embedder
    made: list[ModelCall] = field(default_factory=list)

    def write(self, question: str, language: str, found: Found) -> Writing:
        """By the model if there is one; by extraction if it fails or nothing that it wrote holds.

        A large model's word that the evidence holds no answer is taken; a small local one says so too often.
        """
        written = Draft(self.choice.name)
        # A list of documents is whole as it was found: a model could only lose some.
        if self.llm is not None and found.evidence and found.others is None:
            written = yield from self._generate(self.llm, question, language, found.evidence)
        if written.sentences or (written.refused and self.choice.name != "local"):
            return written
        written = replace(written, engine="extractive")
        sentences, citations = _extracted(question, language, found)
        for item in _verified(sentences, citations):
            shown = _with_dates(item, citations, language)
            written = written.with_sentence(shown)
            yield shown
        return written

    def _generate(self, llm: "LLM", question: str, language: str, evidence: Sequence[Evidence]) -> Writing:
        """What the model writes; what it had proved before it failed stands."""
        draft = Draft(self.choice.name)
        written = generation.write(
            question,
            language,
            _readable(evidence, self.choice),
            llm,
            deadline=self.settings.deadline,
            retries=self.settings.retries,
            similarity=self._similarity,
            repair=self.choice.repair,
            literal=self.choice.literal,
            made=self.made,
        )
        try:
            # Closing ends the request to the model when the reader has stopped the answer.
            with closing(written):
                for item in written:
                    if isinstance(item, Verified):
                        shown = _with_dates(item, (*draft.citations, *item.citations), language)
                        draft = draft.with_sentence(shown)
                        yield shown
                    else:
                        draft = replace(draft, dropped=item.dropped, refused=item.refused, judged=item.judged)
        except EngineFailed as error:
            draft = replace(draft, fallback=Fallback(self.choice.name, str(error)))
        return draft

    def _similarity(self, one: str, other: str) -> float:
        """The cosine of two sentences, which may be of different languages."""
        return float(self.embedder.embed_query(one) @ self.embedder.embed_query(other))


def _extracted(question: str, language: str, found: Found) -> extractive.Extract:
    """The answer in the words of the documents."""
    asked = understand(question, language)
    if found.in_points:
        asked = replace(asked, wants=AnswerType.SUMMARY)
    if found.sides:
        return extractive.write_sides(asked, found.sides)
    if found.others is None:
        return extractive.write(asked, found.evidence)
    sentences, citations = extractive.write_list(asked, found.evidence)
    left_out = [more_documents(found.others, language)] if found.others else []
    return (*sentences, *left_out), citations


def _readable(evidence: Sequence[Evidence], choice: EngineChoice) -> list[Evidence]:
    """The first sentences that the model is best shown; at least one."""
    shown: list[Evidence] = []
    room = choice.most_characters
    for item in evidence[: choice.most_evidence]:
        room -= len(item.quote)
        if shown and room < 0:
            break
        shown.append(item)
    return shown


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
