"""Evidence for a comparison: each side is looked for by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from assistant.answer import Evidence
from assistant.finding.finder import Finder, Found, FoundSide
from assistant.finding.spread import says, speaks_of
from assistant.questions.sides import Side
from index.filters import DocumentFilter

_MOST_OF_A_SIDE = 4


def find_sides(
    finder: Finder, sides: Sequence[Side], language: str, wanted: DocumentFilter, today: date
) -> Found:
    """The evidence for all sides together, numbered from 1, and for each side. Raises EmbeddingFailed.

    As sure as the surest side: what is missing of the other is told.
    """
    founds = [finder.find(side.topic, language, wanted, today) for side in sides]
    about = [_about(found.evidence, side, language) for side, found in zip(sides, founds, strict=True)]
    numbered = _numbered_in_turn([_own(items, about)[:_MOST_OF_A_SIDE] for items in about])
    parts = [FoundSide(side.label, tuple(items)) for side, items in zip(sides, numbered, strict=True)]
    surest = max(founds, key=lambda found: found.confidence)
    return replace(
        surest,
        evidence=tuple(sorted(chain(*numbered), key=lambda item: item.number)),
        candidates=tuple(candidate for found in founds for candidate in found.candidates),
        sides=tuple(parts),
    )


def _about(evidence: Sequence[Evidence], side: Side, language: str) -> list[Evidence]:
    """What speaks of a side; if that has a name, what says it, if anything does."""
    about = [item for item in evidence if speaks_of(item, side.label, language)]
    named = [item for item in about if says(item, side.label)] if side.named else []
    return named or about


def _own(items: Sequence[Evidence], sides: Sequence[Sequence[Evidence]]) -> Sequence[Evidence]:
    """What is nearer to this side than to any other; one sentence may speak of both, so its best at least."""
    others = [other for side in sides if side is not items for other in side]
    own = [
        item for item in items if not any(_same(item, o) and o.similarity > item.similarity for o in others)
    ]
    return own or items[:1]


def _numbered_in_turn(sides: Sequence[Sequence[Evidence]]) -> list[list[Evidence]]:
    """The evidence numbered from 1, the best of every side first: a model may be shown only the first few."""
    places = sorted((place, side) for side, items in enumerate(sides) for place in range(len(items)))
    numbers = {place: number for number, place in enumerate(places, 1)}
    return [
        [replace(item, number=numbers[place, side]) for place, item in enumerate(items)]
        for side, items in enumerate(sides)
    ]


def _same(item: Evidence, other: Evidence) -> bool:
    return item.document.id == other.document.id and item.span == other.span
