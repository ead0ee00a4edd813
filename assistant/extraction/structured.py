"""Answers in points: what happened, day by day; two sides of a comparison; a list. A quote stands in each point."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from assistant.answer import AnswerSentence
from assistant.extraction.found_side import FoundSide
from assistant.extraction.moments import say_day
from assistant.extraction.proofs import Proof
from index.speakers import speaker_name
from prompts import phrase

_FEWEST_ITEMS = 3
_LAST_JOINT = re.compile(r"\s+(?:y|e|o|u|and|or|et|ou)\s+")


def in_order(proofs: Sequence[Proof]) -> list[Proof]:
    """The quotes by the day of their document, oldest first, and as they stand in it."""
    return sorted(
        proofs, key=lambda proof: (proof.document.published or date.min, proof.document.id, proof.quote)
    )


def told_in_points(
    proofs: Sequence[Proof], first: int, language: str, above: str = ""
) -> list[AnswerSentence]:
    """A point a quote, the day before the first of each document; markers count from `first`.

    A day that is the heading `above` the points is not said again.
    """
    sentences: list[AnswerSentence] = []
    for _, group in groupby(proofs, key=lambda proof: proof.document.id):
        for place, proof in enumerate(group):
            opening = _opening(proof, language, above) if place == 0 else _speaker(proof)
            marker = (first + len(sentences),)
            sentences.append(AnswerSentence(f"{opening}«{proof.words}»", marker, point=True))
    return sentences


def told_as_list(lead: str, marker: int) -> list[AnswerSentence]:
    """The items of an enumeration, a point each; none if it has fewer than three."""
    items = _items(lead)
    if len(items) < _FEWEST_ITEMS:
        return []
    return [AnswerSentence(item[:1].upper() + item[1:], (marker,), point=True) for item in items]


def heading(label: str) -> AnswerSentence:
    """The name of a side over its points."""
    return AnswerSentence(f"{label[:1].upper()}{label[1:]}:")


def missing_side(side: FoundSide, language: str) -> list[AnswerSentence]:
    """What is said of a side that the documents do not speak of; of days, under their date."""
    if side.of_days:
        told = phrase("days_missing" if side.published else "days_empty", language)
        return [heading(side.label), AnswerSentence(told, point=True)]
    return [AnswerSentence(phrase("side_missing", language, side=side.label))]


def more_documents(count: int, language: str) -> AnswerSentence:
    """How many documents a list of them leaves out."""
    return AnswerSentence(phrase("more_documents", language, count=count))


def _opening(proof: Proof, language: str, above: str) -> str:
    document = proof.document
    where = document.title or document.path
    day = where if document.published is None else say_day(document.published, language)
    return _speaker(proof) if day == above else f"{day}: {_speaker(proof)}"


def _speaker(proof: Proof) -> str:
    return f"{speaker_name(proof.speaker)}: " if proof.speaker else ""


def _items(enumeration: str) -> list[str]:
    *before, last = enumeration.split(", ")
    return [
        item.strip(" .;") for item in (*before, *_LAST_JOINT.split(last, maxsplit=1)) if item.strip(" .;")
    ]
