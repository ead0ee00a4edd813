"""A question and what has come of it so far, as plain values that the page is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal
from unicodedata import category

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Correction,
    Dropped,
    Event,
    Evidence,
    Fallback,
    Finished,
    ResolvedDate,
    Retrieved,
    Searched,
    Verified,
)
from assistant.days.calendar_days import needs_telling
from assistant.days.calendar_file import is_to_come
from assistant.people.conversations import Verdict
from index.document import BlockKind, Span
from index.filters import EVERYTHING, DocumentFilter
from ui.passages import DatedWords, Mark, Segment, mark_of, segments
from ui.sources import Source, cited_sources, nearest_sources
from ui.timelines import happenings, places


class TurnStage(StrEnum):
    """How far a turn has come."""

    SEARCHING = "searching"
    WRITING = "writing"
    ANSWERED = "answered"
    MISSING = "missing"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that a quote stands in, and who says it in a transcript."""

    title: str
    date: date | None
    path: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer as it is `told`, and its text with the quotes in it set apart.

    One that is nothing but a quote and where it stands has an `origin`, and its segments are the quote. Rows of a table
    are `rows`, each with a name and what stands under it.
    """

    told: AnswerSentence
    segments: tuple[Segment, ...]
    origin: Origin | None = None
    rows: tuple[tuple[tuple[str, tuple[Segment, ...]], ...], ...] = ()

    @property
    def markers(self) -> tuple[int, ...]:
        """The citations that follow it."""
        return self.told.citations

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An event of a timeline as it is drawn; `place` is where it stands on the line, 0 to 100, if it does."""

    when: str
    told: Sentence
    place: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation. Holds no document's text beyond what its cards show.

    `number` counts from 1 within the conversation; `understood` is what a follow-up was taken to ask, when
    that differs; `seconds` is the answer's total time. An answer that is not `sure` is told with a caution.
    `kept` is the turn's number where conversations are kept, 0 for one that is not, and `verdict` what its
    reader thought of the answer; `is_unkept` tells that it was to be kept and could not. `wanted` tells which
    documents the question was put to. `events` is the answer as a timeline; `upcoming` tells whether it names
    days that are still to come. `before` is how many questions are to be answered first. `still_reading`
    is from how many documents it was answered while others were still being read, None if none were.
    """

    number: int
    question: str
    understood: str = ""
    stage: TurnStage = TurnStage.SEARCHING
    language: str = ""
    sentences: tuple[Sentence, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    fallback: Fallback | None = None
    dates: tuple[ResolvedDate, ...] = ()
    searched: Searched | None = None
    sure: bool = True
    engine: str = ""
    seconds: float = 0.0
    problem: str = ""
    kept: int = 0
    is_unkept: bool = False
    verdict: Verdict | Literal[""] = ""
    wanted: DocumentFilter = EVERYTHING
    events: tuple[TimelineEntry, ...] = ()
    upcoming: bool = False
    before: int = 0
    corrections: tuple[Correction, ...] = ()
    still_reading: int | None = None

    @property
    def as_written(self) -> str:
        """The question with what was corrected in quotation marks, which leave it as it is."""
        question = self.question
        for correction in self.corrections:
            question = question.replace(correction.written, f"«{correction.written}»", 1)
        return question

    @property
    def pending(self) -> bool:
        return self.stage in (TurnStage.SEARCHING, TurnStage.WRITING)

    def source_of(self, marker: int) -> Source | None:
        """The source that a marker cites."""
        return next((source for source in self.sources if marker in source.markers), None)

    def stopped(self) -> "Turn":
        """The turn as it stays when its reader stops it: what was shown so far."""
        return replace(self, stage=TurnStage.STOPPED) if self.pending else self

    def failed(self, problem: str) -> "Turn":
        return replace(self, stage=TurnStage.FAILED, problem=problem)


class AnswerFollower:
    """Follows a streamed answer and tells the turn after every event."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self._citations: list[Citation] = []
        self._evidence: tuple[Evidence, ...] = ()

    def after(self, event: Event) -> Turn:
        match event:
            case Retrieved(evidence, caution):
                self._evidence = evidence
                self.turn = replace(self.turn, stage=TurnStage.WRITING, sure=not caution)
            case Verified(sentence, citations):
                self._citations.extend(citations)
                self.turn = self._with(sentence)
            case Finished(answer, number, unkept):
                self.turn = replace(self._finished(answer), kept=number, is_unkept=bool(unkept))
        return self.turn

    def _with(self, sentence: AnswerSentence) -> Turn:
        shown = _sentence(sentence, self._citations)
        sentences = (*self.turn.sentences, shown)
        return replace(self.turn, sentences=sentences, sources=_sources(self._citations, sentences))

    def _finished(self, answer: Answer) -> Turn:
        events, dates = _timeline(answer), _dates(answer)
        sentences = tuple(_sentence(sentence, answer.citations, dates) for sentence in _said(answer))
        return replace(
            self.turn,
            stage=TurnStage.ANSWERED if answer.answered or answer.is_talk else TurnStage.MISSING,
            understood=""
            if answer.standalone == answer.question or answer.corrections
            else answer.standalone,
            corrections=answer.corrections,
            language=answer.language,
            sentences=sentences,
            sources=_sources(answer.citations, sentences),
            nearest=() if answer.answered else nearest_sources(self._evidence),
            dropped=answer.dropped,
            fallback=answer.fallback,
            dates=() if events else dates,  # a timeline tells these beside its events
            events=events,
            upcoming=any(is_to_come(resolved, date.today()) for resolved in answer.dates),
            searched=answer.searched,
            sure=answer.sure,
            engine="" if answer.is_talk else answer.engine,
            seconds=answer.timings_ms.total / 1000,
        )


def answered_turn(number: int, answer: Answer) -> Turn:
    """The turn that an answer from the past makes, kept under `number`."""
    return AnswerFollower(Turn(number, answer.question)).after(Finished(answer, number))


def _timeline(answer: Answer) -> tuple[TimelineEntry, ...]:
    events = happenings(answer)
    return tuple(
        TimelineEntry(
            event.when, _sentence(AnswerSentence(event.quote, event.citations), answer.citations), place
        )
        for event, place in zip(events, places(events), strict=True)
    )


def _said(answer: Answer) -> tuple[AnswerSentence, ...]:
    """The answer's sentences; a refusal may come as text alone."""
    return answer.sentences or (AnswerSentence(answer.text),)


def _dates(answer: Answer) -> tuple[ResolvedDate, ...]:
    """What the words mean that leave the day or the year open, each once.

    An answer that was kept long ago may tell the day behind its words itself.
    """
    text = "\n".join(sentence.text for sentence in answer.sentences)
    open_ = (
        each
        for each in answer.dates
        if needs_telling(each.text, each.first, each.last) and f"{each.text}: {each.first}" not in text
    )
    return tuple({(each.text, each.first, each.last): each for each in open_}.values())


def _sources(citations: Sequence[Citation], sentences: Sequence[Sentence]) -> tuple[Source, ...]:
    told = {marker for sentence in sentences if sentence.origin for marker in sentence.markers}
    return cited_sources(citations, told)


def _sentence(
    sentence: AnswerSentence, citations: Sequence[Citation], dates: Sequence[ResolvedDate] = ()
) -> Sentence:
    own = [citation for citation in citations if citation.marker in sentence.citations]
    marks = [mark for citation in own if (mark := _quoted(sentence.text, citation)) is not None]
    whole = Span(0, len(sentence.text))
    if len(own) == 1 and _is_quote(sentence, marks):
        return _quote(sentence, own[0], marks[0], dates)
    return Sentence(sentence, segments(sentence.text, whole, marks, _dated(sentence, dates)))


def _is_quote(sentence: AnswerSentence, marks: Sequence[Mark]) -> bool:
    """Whether the sentence only says where the one quote stands that it ends with, in quotation marks."""
    if not marks or sentence.form is not None or sentence.point:
        return False
    quoted = marks[0].span
    around = sentence.text[: quoted.start][-1:], sentence.text[quoted.end :]
    return [len(sign) == 1 and category(sign) for sign in around] == ["Pi", "Pf"]


def _quote(
    sentence: AnswerSentence, citation: Citation, mark: Mark, dates: Sequence[ResolvedDate]
) -> Sentence:
    document = citation.document
    origin = Origin(document.title or document.path, document.published, document.path, citation.speaker)
    shown = segments(
        sentence.text, Span(mark.span.start - 1, len(sentence.text)), [mark], _dated(sentence, dates)
    )
    return Sentence(sentence, shown, origin, _rows(citation))


def _rows(citation: Citation) -> tuple[tuple[tuple[str, tuple[Segment, ...]], ...], ...]:
    """The rows of a table that are quoted, cell by cell, under the names of their columns.

    None where a cell has no such name: the quote alone says all that stands there.
    """
    document, quoted = citation.document, Span(citation.start, citation.end)
    blocks = [block for block in document.blocks if quoted.holds(block.span)]
    if citation.kind is not BlockKind.ROW or not blocks or blocks[0].span.start != citation.start:
        return ()
    if not all(0 < len(block.cells) <= len(block.columns) for block in blocks):
        return ()
    mark = mark_of(citation)
    return tuple(
        tuple(
            (name, segments(document.text, cell, [mark]))
            for name, cell in zip(block.columns, block.cells, strict=False)
            if cell.start < cell.end
        )
        for block in blocks
    )


def _dated(sentence: AnswerSentence, dates: Sequence[ResolvedDate]) -> tuple[DatedWords, ...]:
    """The words of a sentence that name days, where its quotes tell which."""
    own = [each for each in dates if each.citation in sentence.citations]
    places = [(sentence.text.find(each.text), each) for each in own]
    return tuple(DatedWords(Span(at, at + len(each.text)), each) for at, each in places if at >= 0)


def _quoted(text: str, citation: Citation) -> Mark | None:
    """Where a sentence repeats the citation's quote word for word, with the focus moved there."""
    at = text.find(citation.quote)
    if at < 0:
        return None
    shift = at - citation.start
    focus = citation.focus and Span(citation.focus.start + shift, citation.focus.end + shift)
    return Mark(Span(at, at + len(citation.quote)), citation.marker, focus, citation.kind)
