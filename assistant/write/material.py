"""What a model is shown: whole passages cut into numbered pieces, or a few sentences for one that reads little."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Protocol

from assistant.answer import Evidence
from assistant.extraction.boilerplate import speaks_to_the_writer
from assistant.finding.found import Found
from assistant.finding.retrieval import Candidate, Retriever
from assistant.write.evidence_text import evidence_text
from index.document import Block, Document, Span
from index.filters import DocumentFilter
from index.language.terms import words
from index.store.lookup import passage_spans
from index.store.store import Store
from index.text.sentences import units_of

# Passages of one search: more than the largest usual prompt has room for.
_RANKED = 60


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document, which is told by its id."""

    document: str
    span: Span


def ranked_places(
    retriever: Retriever, words: str, wanted: DocumentFilter, limit: int = _RANKED
) -> list[Place]:
    """The passages that `words` find among the documents that pass a filter, best first. Raises EmbeddingFailed."""
    return list(map(_place, retriever.retrieve(words, wanted=wanted, limit=limit)))


def found_places(found: Found) -> list[Place]:
    """The sentences that an answer by extraction would rest on, and then the passages they were chosen from."""
    sentences = (Place(item.document.id, item.span) for item in found.evidence)
    return [*sentences, *map(_place, found.candidates)]


def pooled(rankings: Sequence[Sequence[Place]]) -> tuple[Place, ...]:
    """Several rankings as one: the first of each, then the second of each; none twice."""
    rows: Iterator[tuple[Place | None, ...]] = zip_longest(*rankings)
    return tuple(dict.fromkeys(place for place in chain.from_iterable(rows) if place is not None))


def _place(candidate: Candidate) -> Place:
    return Place(candidate.chunk.document, candidate.chunk.span)


# Characters. A document that is no longer than this is shown whole.
_SHORT = 4000
# With less left than this, the prompt is full.
_LEAST_ROOM = 200
# Of a paragraph that introduces a list.
_LEAD_IN = 300


class Material(Protocol):
    """What could be shown. `room` is in characters of the prompt."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        ...

    def within(self, room: int) -> tuple[Evidence, ...]:
        """The best of it that fits, numbered from 1 in the order in which it is shown; at least one piece."""
        ...


@dataclass(frozen=True, slots=True)
class Sentences:
    """A few sentences, best first: as many as a small model is best shown."""

    evidence: Sequence[Evidence]

    @property
    def is_empty(self) -> bool:
        return not self.evidence

    def within(self, room: int) -> tuple[Evidence, ...]:
        shown: list[Evidence] = []
        for item in self.evidence:
            room -= len(item.quote)
            if shown and room < 0:
                break
            shown.append(item)
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class Passages:
    """Whole passages around `places`, best first, each document in its own order; of a short document all.

    A piece is a sentence, an item, a row or a line of code. What speaks to whoever writes the answer is none.
    """

    store: Store
    places: Sequence[Place]

    @property
    def is_empty(self) -> bool:
        return not self.places

    def within(self, room: int) -> tuple[Evidence, ...]:
        budget = room
        while True:
            pieces = self._pieces(budget)
            over = len(evidence_text(pieces)) - room
            # Numbers, titles and names of speakers take room as well: how much is seen when they stand there.
            if over <= 0 or budget - over < _LEAST_ROOM:
                return pieces
            budget -= over

    def _pieces(self, budget: int) -> tuple[Evidence, ...]:
        chosen = _Choice(self.store, budget)
        for place in self.places:
            chosen.take(place)
        pieces = [
            piece for document, spans in chosen.spans() for piece in _pieces_of(self.store, document, spans)
        ]
        return tuple(replace(piece, number=number) for number, piece in enumerate(pieces, 1))


class _Choice:
    """The passages taken so far, and the characters that are left for others."""

    def __init__(self, store: Store, room: int) -> None:
        self._store = store
        self._room = room
        self._documents: dict[str, Document | None] = {}
        self._passages: dict[str, list[Span]] = {}
        self._taken: dict[str, set[Span]] = {}

    def take(self, place: Place) -> None:
        """Take what holds a place: the passages that share a character with it, all of them if it is short."""
        document = self._document(place.document)
        if document is None or self._room < _LEAST_ROOM:
            return
        passages = self._passages[place.document]
        is_short = len(document.text) - document.body <= _SHORT
        for span in passages:
            if is_short or span.overlaps(place.span):
                self._take(document, span)

    def spans(self) -> Iterator[tuple[Document, list[Span]]]:
        """The documents in the order in which they were first taken from, with the spans taken, in their order."""
        for id_, spans in self._taken.items():
            if (document := self._documents[id_]) is not None:
                yield document, sorted(spans)

    def _take(self, document: Document, span: Span) -> None:
        taken = self._taken.get(document.id, set())
        size = span.end - span.start
        is_first = not self._taken
        if span not in taken and (size <= self._room or is_first):
            self._taken.setdefault(document.id, taken).add(span)
            self._room -= size

    def _document(self, id_: str) -> Document | None:
        if id_ not in self._documents:
            self._documents[id_] = self._store.document(id_)
            self._passages[id_] = passage_spans(self._store, id_)
        return self._documents[id_]


def _pieces_of(store: Store, document: Document, passages: Sequence[Span]) -> Iterator[Evidence]:
    """The pieces of some passages of a document, in order, with the blocks that they are part of; not numbered."""
    blocks = {block for span in passages for block in store.blocks(document.id, span)}
    shown = [*passages, *_lead_ins(blocks)]
    blocks.update(block for span in shown for block in store.blocks(document.id, span))
    shaped = replace(document, blocks=tuple(sorted(blocks, key=lambda block: block.span)))
    for block in shaped.blocks:
        for unit in units_of(document.text, block):
            quote = unit.span.of(document.text)
            is_shown = words(quote) and any(unit.span.overlaps(span) for span in shown)
            if is_shown and not speaks_to_the_writer(quote):
                yield Evidence(0, shaped, unit.span, 0.0, 0.0)


def _lead_ins(blocks: Iterable[Block]) -> Iterator[Span]:
    """The ends of the paragraphs that introduce the lists, tables and code that blocks belong to."""
    for lead in {block.lead for block in blocks if block.lead is not None}:
        yield Span(max(lead.start, lead.end - _LEAD_IN), lead.end)
