"""Whether a sentence says its words in the order of a quote, for a model that is to be literal.

The words of a quote put together otherwise are another statement: "a fall of the rebate, from 4 % to 2 %" is no rise
"from 4 % to 2 %". What may turn round is who and what somebody is: "the minister Ana Ruiz", "Ana Ruiz is the minister".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.writing.checks.likeness import holds, is_light, stems_of_names
from assistant.writing.checks.proof import Proof, is_foreign
from index.terms import terms

# Content words of a quote that a sentence may leave out at a place, and that may part a name from an office.
_MOST_SKIPPED = 2
# Of a sentence's content words, those that the quote whose order it is held to must say itself.
_FEWEST_SAID = 0.5
_COPULA = re.compile(r"\b(?:es|son|era|eran|fue|fueron|is|are|was|were|é|são|est|sont)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Run:
    """Content words of a quote, from one to another, both included, that are said in a row."""

    first: int
    last: int

    def is_beside(self, other: "_Run") -> bool:
        return 0 < max(self.first, other.first) - min(self.last, other.last) <= _MOST_SKIPPED + 1


def is_in_order(claim: str, language: str, proofs: Sequence[Proof]) -> bool:
    """Whether one quote says most of what `claim` says, in the same order, with little left out.

    What only the context of a quote names may come first, as that of which the quote speaks, and its other words
    anywhere but at the end: what is said last is what is told of the rest. Evidence in another language has
    another order.
    """
    if is_foreign(proofs, language):
        return True
    return any(_follows(claim, language, terms(proof.quote, language)) for proof in proofs)


def _follows(claim: str, language: str, quoted: Sequence[str]) -> bool:
    if not _is_mostly_said(claim, language, quoted):
        return False
    if next(_runs(claim, language, quoted), None) is not None:
        return True
    return any(
        one.is_beside(other)
        for copula in _COPULA.finditer(claim)
        for one in _runs(claim[: copula.start()], language, quoted)
        for other in _runs(claim[copula.end() :], language, quoted)
    )


def _is_mostly_said(claim: str, language: str, quoted: Sequence[str]) -> bool:
    """Whether a quote says enough of a claim, its end, and all names but what comes before anything it says.

    Of “X is Y” it must say something of both.
    """
    stems = _telling_stems(claim, language)
    said = _said(stems, language, quoted)
    if not said or len(said) < _FEWEST_SAID * len(stems) or said[-1] != stems[-1]:
        return False
    parts = (_telling_stems(part, language) for part in _COPULA.split(claim, maxsplit=1))
    if any(part and not _said(part, language, quoted) for part in parts):
        return False
    beside = set(stems[stems.index(said[0]) :]) - set(said)
    return beside.isdisjoint(stems_of_names(claim, language))


def _runs(words: str, language: str, quoted: Sequence[str]) -> Iterator[_Run]:
    """Where a quote, given by its stems, says the content words of `words` in order."""
    said = _said(_telling_stems(words, language), language, quoted)
    starts = [place for place, other in enumerate(quoted) if said and holds([other], said[0], language)]
    for start in starts:
        ends = {start}
        for stem in said[1:]:
            ends = {
                place
                for end in ends
                for place in range(end + 1, min(len(quoted), end + 2 + _MOST_SKIPPED))
                if holds([quoted[place]], stem, language)
            }
        yield from (_Run(start, end) for end in ends)


def _telling_stems(words: str, language: str) -> list[str]:
    return [stem for stem in terms(words, language) if not is_light(stem, language)]


def _said(stems: Sequence[str], language: str, quoted: Sequence[str]) -> list[str]:
    return [stem for stem in stems if holds(quoted, stem, language)]
