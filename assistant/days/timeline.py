"""Timelines: what an archive says happened around a topic, day by day, each event proved by a quote."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer import AnswerSentence, Citation
from assistant.extraction.quotes import is_quotable
from assistant.finding.retrieval import Candidate, Retriever
from assistant.questions.question_parts import spoken
from index.dates import DateExpression, Grain, Interval, format_date, interval_to_dict
from index.document import Span
from index.embed import Embedder
from index.event_dates import dates_within
from index.filters import EVERYTHING, DocumentFilter
from index.language.lists import any_phrase

_CHUNKS = 40
_MOST_EVENTS = 60
# How far a sentence may fall behind the one nearest to the topic, by its match.
_NEAR = 0.17
# Two reports of one day that are this alike tell the same event.
_SAME = 0.93
# A year or more says when something was going on, not when it happened.
_EVENT_GRAINS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER})
_ASKED = re.compile(
    rf"[¿¡\s]*(?:{any_phrase('subjects', 'timeline_requests')}\s+)?"
    rf"(?:(?:{any_phrase('subjects', 'some')}|{spoken('articles')})\s+)?{any_phrase('subjects', 'timelines')}\s+"
    rf"(?:(?:{spoken('of')}(?:\s+{spoken('articles')})?|{any_phrase('subjects', 'about')})\s+)?(?P<topic>.+?)[\s?.!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something dated. `words` are those of the quote that date it; `others` tell the same event."""

    interval: Interval
    grain: Grain
    sure: bool
    words: str
    citation: Citation
    others: tuple[Citation, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            **interval_to_dict(self.interval),
            "grain": str(self.grain),
            "sure": self.sure,
            "words": self.words,
            "citation": self.citation.to_dict(),
            "others": [citation.to_dict() for citation in self.others],
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events found for a topic, oldest first."""

    topic: str
    events: tuple[TimelineEvent, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that `hemeroteca timeline --json` prints."""
        return {"topic": self.topic, "events": [event.to_dict() for event in self.events]}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date in a sentence near the topic; `words` are the sentence's."""

    document: str
    sentence: Span
    similarity: float
    words: str
    expression: DateExpression


def timeline_topic(question: str) -> str | None:
    """What a question wants a timeline of, or None if it wants none."""
    asked = _ASKED.match(question)
    return None if asked is None else asked["topic"]


def build_timeline(retriever: Retriever, topic: str, wanted: DocumentFilter = EVERYTHING) -> Timeline:
    """The dated events near a topic, reports of the same event merged, quotes numbered by their order."""
    candidates = retriever.retrieve(topic, wanted=wanted, limit=_CHUNKS)
    dated = [item for candidate in candidates for item in _dated_sentences(retriever, candidate)]
    best = max((float(c.sentence_similarities.max()) for c in candidates), default=0.0)
    near = sorted((item for item in dated if item.similarity >= best - _NEAR), key=lambda d: -d.similarity)
    groups = _merged(near, retriever.embedder)[:_MOST_EVENTS]
    groups.sort(key=lambda group: (group[0].expression.interval.start or date.min, group[0].sentence))
    return Timeline(topic, tuple(_events(retriever, groups)))


def timeline_sentences(timeline: Timeline, language: str) -> tuple[AnswerSentence, ...]:
    """The events as the sentences of an answer: the day in the reader's language, then the quote."""
    return tuple(event_sentence(event, language) for event in timeline.events)


def event_sentence(event: TimelineEvent, language: str) -> AnswerSentence:
    """An event as a sentence: its day in words, and its quote."""
    when = format_date(event.interval, event.grain, language)
    return AnswerSentence(f"{when}: «{event.citation.quote}»", (event.citation.marker,), when=when)


def _dated_sentences(retriever: Retriever, candidate: Candidate) -> Iterator[_Dated]:
    document = retriever.store.document(candidate.chunk.document)
    if document is None:
        return
    chunk = candidate.chunk
    for place, sentence in enumerate(chunk.sentences):
        for expression in dates_within(document, sentence):
            if _tells_an_event(expression) and is_quotable(sentence.of(document.text)):
                yield _Dated(
                    chunk.document,
                    sentence,
                    float(candidate.sentence_similarities[place]),
                    sentence.of(document.text),
                    expression,
                )


def _tells_an_event(expression: DateExpression) -> bool:
    return expression.grain in _EVENT_GRAINS and expression.interval.start is not None


def _merged(dated: Sequence[_Dated], embedder: Embedder) -> list[list[_Dated]]:
    """Groups that tell the same event: of the same days, and alike or the very same sentence."""
    times = Counter(item.expression.interval for item in dated)
    words = list({item.words: None for item in dated if times[item.expression.interval] > 1})
    vectors = dict(zip(words, (made.vector for made in embedder.embed_passages(words)), strict=True))
    groups: list[list[_Dated]] = []
    for item in dated:
        for group in groups:
            same_days = group[0].expression.interval == item.expression.interval
            if same_days and float(vectors[group[0].words] @ vectors[item.words]) >= _SAME:
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _events(retriever: Retriever, groups: Sequence[Sequence[_Dated]]) -> Iterator[TimelineEvent]:
    """The groups as events; a sentence that several events rest on has one marker."""
    markers: dict[tuple[str, Span], int] = {}
    for group in groups:
        citations = [citation for item in group if (citation := _citation(retriever, item)) is not None]
        distinct = list({(c.document.id, c.start): c for c in citations}.values())
        numbered = [
            replace(c, marker=markers.setdefault((c.document.id, Span(c.start, c.end)), len(markers) + 1))
            for c in distinct
        ]
        if numbered:
            expression = group[0].expression
            yield TimelineEvent(
                expression.interval,
                expression.grain,
                expression.sure,
                expression.text,
                numbered[0],
                tuple(numbered[1:]),
            )


def _citation(retriever: Retriever, item: _Dated) -> Citation | None:
    document = retriever.store.document(item.document)
    if document is None:
        return None
    span = item.sentence
    return Citation(0, span.of(document.text), span.start, span.end, document, item.expression.span)
