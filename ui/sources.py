"""The sources of an answer as cards: one a document, its quotes within their surrounding text."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from assistant.answer import Citation, Evidence
from index.document import Document, Span
from ui.addresses import reader_address, web_address
from ui.passages import Mark, Segment, mark_of, readable, segments, shortened, surroundings


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a document around one or more quotes, and whether text was cut off on each side."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a citation quotes, their focus set apart, and the page they start on."""

    marker: int
    segments: tuple[Segment, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another document that prints the same words, folded into the card of the first."""

    document_id: str
    title: str
    date: date | None
    path: str

    def address(self, language: str) -> str:
        """The reader's address for the document, relative to the page."""
        return reader_address(self.document_id, language)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that an answer quotes. Holds what its card and previews show, not the document's text.

    `date` is the day that the document tells of itself.
    """

    document_id: str
    title: str
    date: date | None
    path: str
    url: str | None
    language: str
    markers: tuple[int, ...]
    excerpts: tuple[Excerpt, ...]
    marks: tuple[Mark, ...]
    quotes: tuple[Quote, ...] = ()
    also: tuple[Reprint, ...] = ()

    def address(self, language: str) -> str:
        """The reader's address for the document with these quotes marked, relative to the page."""
        return reader_address(self.document_id, language, self.marks)


def cited_sources(citations: Iterable[Citation], told: Collection[int] = ()) -> tuple[Source, ...]:
    """The cited documents in the order of their markers.

    A quote that does not stand in its document any more is shown by itself. Of the quotes whose markers are among
    `told`, which the answer has word for word, the cards show where they stand rather than all of them again.
    """
    sources = (_cited(document, cited, told) for document, cited in _by_document(citations))
    return tuple(sorted(sources, key=lambda source: source.markers))


def nearest_sources(evidence: Sequence[Evidence], limit: int = 3) -> tuple[Source, ...]:
    """The documents of the best evidence, for an answer that the documents do not hold."""
    best = sorted(evidence, key=lambda item: -item.score)
    chosen = list(dict.fromkeys(item.document.id for item in best))[:limit]
    first = {item.document.id: item for item in reversed(best)}
    return tuple(_source(first[i].document, [Mark(first[i].span, 0)]) for i in chosen)


def _by_document(citations: Iterable[Citation]) -> Iterable[tuple[Document, list[Citation]]]:
    ordered = sorted(citations, key=lambda citation: citation.document.id)
    for _, group in groupby(ordered, key=lambda citation: citation.document.id):
        cited = sorted(group, key=lambda citation: citation.start)
        yield cited[0].document, cited


def _cited(document: Document, citations: list[Citation], told: Collection[int]) -> Source:
    marks = [mark_of(citation) for citation in citations if citation.verified]
    orphans = [citation for citation in citations if not citation.verified]
    source = _source(document, marks, is_told=all(mark.marker in told for mark in marks))
    alone = tuple(Excerpt((Segment(c.quote, c.marker, opens=True),), False, False, c.page) for c in orphans)
    markers = tuple(sorted({citation.marker for citation in citations}))
    return replace(
        source,
        markers=markers,
        excerpts=source.excerpts + alone,
        quotes=tuple(map(_quote, citations)),
        also=_reprints(citations),
    )


def _quote(citation: Citation) -> Quote:
    """The quote by itself, also of a document that has been removed since."""
    mark = mark_of(citation)
    if citation.verified:
        return Quote(citation.marker, readable(citation.document, mark.span, [mark]), citation.page)
    whole, start = Span(0, len(citation.quote)), citation.start
    focus = citation.focus and Span(citation.focus.start - start, citation.focus.end - start)
    told = segments(citation.quote, whole, [Mark(whole, citation.marker, focus, citation.kind)])
    return Quote(citation.marker, told, citation.page)


def _reprints(citations: list[Citation]) -> tuple[Reprint, ...]:
    """The documents that print what one of the citations quotes, newest first."""
    documents = {document.id: document for citation in citations for document in citation.also}
    ordered = sorted(documents.values(), key=lambda document: document.published or date.min, reverse=True)
    return tuple(Reprint(d.id, d.title or d.path, d.published, d.path) for d in ordered)


def _source(document: Document, marks: list[Mark], *, is_told: bool = False) -> Source:
    return Source(
        document_id=document.id,
        title=document.title or document.path,
        date=document.published,
        path=document.path,
        url=web_address(document.url),
        language=document.language,
        markers=tuple(sorted({mark.marker for mark in marks})),
        excerpts=tuple(
            _excerpt(document, marks, window, is_told=is_told)
            for window in surroundings(document.text, document.body, marks)
        ),
        marks=tuple(marks),
    )


def _excerpt(document: Document, marks: list[Mark], window: Span, *, is_told: bool) -> Excerpt:
    shown = readable(document, window, marks)
    return Excerpt(
        segments=shortened(shown) if is_told else shown,
        cut_before=bool(document.text[document.body : window.start].strip()),
        cut_after=bool(document.text[window.end :].strip()),
        page=document.page_of(window.start),
    )
