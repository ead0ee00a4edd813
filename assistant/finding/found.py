"""What was found for a question, whatever was looked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answer import Evidence, Searched
from assistant.extraction.extractive import FoundSide, Listing
from assistant.finding.confidence import RatedPassage
from assistant.finding.identifiers import Unknown
from assistant.finding.retrieval import Candidate
from assistant.questions.history import CitedSpan
from index.document import Block, Span
from index.store.store import Store

# Quotes that are told at a time to who asks for more.
_MOST_FURTHER = 3
# Characters on each side of evidence in which the list, table or code stands that it is part of.
_AROUND = 3000


Route = Literal["passages", "document", "list", "table", "speech", "comparison"]
"""What was looked for: passages that answer, the gist of documents, a list of them, rows, somebody's words, sides."""


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, best first, with the probability that it answers, and the days that were searched for it.

    `candidates` are the chunks that the evidence was chosen from, best first. `sides` are those of a
    comparison, whose evidence is `evidence` together; none of any other question. `in_points` says that
    the question wants all of it: what happened on a day, what somebody said. `listing` is set where the evidence is a
    list of documents or of the rows of a table. `rated` are the chunks that were read;
    `unknown` is an identifier in the question that no document holds.
    """

    evidence: tuple[Evidence, ...]
    confidence: float
    searched: Searched | None
    candidates: tuple[Candidate, ...] = ()
    sides: tuple[FoundSide, ...] = ()
    in_points: bool = False
    listing: Listing | None = None
    rated: tuple[RatedPassage, ...] = ()
    unknown: Unknown | None = None
    route: Route = "passages"


def beyond(found: Found, quoted: Sequence[CitedSpan]) -> Found:
    """What was found and not quoted yet, best first, the documents quoted before all others; all of it to be told."""
    documents = {quote.document for quote in quoted}
    rest = [item for item in found.evidence if not any(_overlaps(item, quote) for quote in quoted)]
    rest.sort(key=lambda item: item.document.id not in documents)
    # What answers in so many words was told before.
    told = tuple(replace(item, answer=None) for item in rest[:_MOST_FURTHER])
    return replace(found, evidence=told, in_points=True, sides=(), listing=None)


def _overlaps(item: Evidence, quote: CitedSpan) -> bool:
    return item.document.id == quote.document and item.span.overlaps(quote.span)


def with_blocks(found: Found, store: Store) -> Found:
    """The same, the documents of the evidence with the blocks around it, by which it is quoted."""
    near: dict[str, set[Block]] = defaultdict(set)
    for item in found.evidence:
        around = Span(max(0, item.span.start - _AROUND), item.span.end + _AROUND)
        near[item.document.id].update(store.blocks(item.document.id, around))
    documents = {id_: tuple(sorted(blocks, key=lambda block: block.span)) for id_, blocks in near.items()}

    def shaped(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(
            replace(item, document=replace(item.document, blocks=documents[item.document.id]))
            for item in items
        )

    sides = tuple(replace(side, evidence=shaped(side.evidence)) for side in found.sides)
    return replace(found, evidence=shaped(found.evidence), sides=sides)
