"""Answers back from the JSON they were stored as, with what became of their documents meanwhile."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from assistant.answer import (
    Answer,
    AnswerSentence,
    Citation,
    Correction,
    Dropped,
    Fallback,
    Form,
    ResolvedDate,
    Searched,
    Timings,
    Usage,
)
from index.document import BlockKind, Document, Span

Lookup = Callable[[str], Document | None]


def answer_from_dict(stored: Mapping[str, Any], document_of: Lookup) -> Answer:
    """The answer that `Answer.to_dict` gave. A document that is gone has no text: its quotes are unproved."""
    fallback = stored["fallback"]
    return Answer(
        question=stored["question"],
        standalone=stored["standalone"],
        answered=stored["answered"],
        text=stored["text"],
        language=stored["language"],
        engine=stored["engine"],
        sentences=tuple(_sentence(sentence) for sentence in stored["sentences"]),
        citations=tuple(_citation(citation, document_of) for citation in stored["citations"]),
        dropped=tuple(Dropped(**dropped) for dropped in stored["dropped"]),
        fallback=None if fallback is None else Fallback(fallback["from"], fallback["reason"]),
        timings_ms=Timings(**stored["timings_ms"]),
        confidence=stored["confidence"],
        dates=tuple(_resolved(resolved) for resolved in stored["dates"]),
        # Answers that were stored by earlier versions were all told as sure.
        sure=stored.get("sure", True),
        is_talk=stored.get("is_talk", False),
        topic=stored.get("topic", ""),
        corrections=tuple(Correction(**correction) for correction in stored.get("corrections", ())),
        searched=None if stored["searched"] is None else _searched(stored["searched"]),
        usage=Usage(**stored["usage"]) if stored.get("usage") else None,
    )


def _sentence(stored: Mapping[str, Any]) -> AnswerSentence:
    form = stored.get("form")
    return AnswerSentence(
        stored["text"],
        tuple(stored["citations"]),
        # Answers that were stored by earlier versions have none of these.
        stored.get("doubt") or "",
        stored.get("point", False),
        None if form is None else Form(**{**form, "kind": BlockKind(form["kind"])}),
        stored.get("gap", False),
        stored.get("when") or "",
        stored.get("dated", ""),
    )


def _citation(stored: Mapping[str, Any], document_of: Lookup) -> Citation:
    reference = stored["document"]
    focus = stored["focus"]
    return Citation(
        marker=stored["marker"],
        quote=stored["quote"],
        start=stored["start"],
        end=stored["end"],
        document=document_of(reference["id"]) or _removed(reference),
        focus=None if focus is None else Span(**focus),
        # Answers that were stored by earlier versions have none.
        also=tuple(document_of(other["id"]) or _removed(other) for other in stored.get("also", ())),
        kind=BlockKind(stored.get("kind", BlockKind.PARAGRAPH)),
    )


def _resolved(stored: Mapping[str, Any]) -> ResolvedDate:
    return ResolvedDate(
        text=stored["text"],
        first=_day(stored["from"]),
        last=_day(stored["to"]),
        grain=stored["grain"],
        sure=stored["sure"],
        citation=stored["citation"],
    )


def _searched(stored: Mapping[str, Any]) -> Searched:
    return Searched(
        first=_day(stored["from"]),
        last=_day(stored["to"]),
        about=stored["about"],
        words=stored["words"],
        relaxed=stored["relaxed"],
    )


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _removed(reference: Mapping[str, Any]) -> Document:
    return Document(
        id=reference["id"],
        path=reference["path"],
        title=reference["title"],
        text="",
        language="",
        date=_day(reference["date"]),
        url=reference["url"],
    )
