"""Evidence for a comparison: each side is looked for by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from assistant.answer import Evidence
from assistant.extraction.extractive import FoundSide
from assistant.finding.finder import Finder
from assistant.finding.found import Found
from assistant.finding.scope import published_in
from assistant.finding.spread import rather_told, says, speaks_of
from assistant.questions.sides import Side
from index.filters import DocumentFilter

_MOST_OF_A_SIDE = 4


def find_sides(
    finder: Finder, sides: Sequence[Side], language: str, wanted: DocumentFilter, today: date
) -> Found:
    """The evidence for all sides together, numbered from 1, and for each side. Raises EmbeddingFailed.

    As sure as the least sure of the sides of which there is something: what is missing of another is told.
    """
    founds = [_find(finder, side, language, wanted, today) for side in sides]
    together = [item for found in founds for item in found.evidence]
    about = [_about(found, side, language, together) for side, found in zip(sides, founds, strict=True)]
    numbered = _numbered_in_turn([_own(items, about)[:_MOST_OF_A_SIDE] for items in about])
    parts = [
        FoundSide(
            side.label, tuple(items), side.days is not None, bool(items) or _is_held(finder, side, wanted)
        )
        for side, items in zip(sides, numbered, strict=True)
    ]
    told = [found for found, items in zip(founds, numbered, strict=True) if items] or founds
    return replace(
        min(told, key=lambda found: found.confidence),
        evidence=tuple(sorted(chain(*numbered), key=lambda item: item.number)),
        candidates=tuple(candidate for found in founds for candidate in found.candidates),
        sides=tuple(parts),
        route="comparison",
    )


def _find(finder: Finder, side: Side, language: str, wanted: DocumentFilter, today: date) -> Found:
    named = None if side.days else finder.named(side.label, language, wanted)
    if named is not None:
        return named
    bounded = wanted if side.days is None else published_in(wanted, side.days)
    found = finder.find(side.topic, language, bounded, today) if side.topic else finder.find_whole(bounded)
    # What is nearest of so few documents may well be about something else.
    unsure = side.days is not None and found.confidence < finder.threshold
    return replace(found, evidence=()) if unsure else found


def _is_held(finder: Finder, side: Side, wanted: DocumentFilter) -> bool:
    """Whether any document is of the days of a side."""
    return side.days is None or finder.holds(published_in(wanted, side.days))


def _about(found: Found, side: Side, language: str, together: Sequence[Evidence]) -> list[Evidence]:
    """What speaks of a side; if that has a name, what says it, and rather tells than asks, if anything does.

    Of a day what does not say it is left out, as there is little else then to choose from. All of what is wanted
    whole speaks of it: a day, a document.
    """
    evidence = found.evidence
    if found.in_points or not side.topic or (side.days is not None and not side.named):
        return list(evidence)
    subject = side.subject or side.label
    # Where a foreign document writes the name of both sides as the question does, the others would too.
    spelled = bool(side.subject) and any(says(item, subject) for item in together)
    about = [
        item for item in evidence if speaks_of(item, subject, item.document.language if spelled else language)
    ]
    named = [item for item in about if says(item, subject)] if side.named else []
    foreign = [] if spelled else [item for item in about if item.document.language != language]
    return list(rather_told(named)) or (about if side.days is None else foreign)


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
