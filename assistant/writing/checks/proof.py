"""What a sentence rests on: the exact words it cites, and what stands around them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Evidence
from index.document import Span
from index.speakers import speaker_name
from index.terms import terms

Similarity = Callable[[str, str], float]
"""Cosine of two texts, which may be of different languages, -1 to 1."""

# How much text in front of a quote may name what the quote speaks of ("Nació en 1867").
_CONTEXT_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote, its language and its document's date. `context` may name things, and prove nothing else."""

    quote: str
    language: str
    date: datetime.date | None = None
    context: str = ""


def is_foreign(proofs: Sequence[Proof], language: str) -> bool:
    """Whether a proof is in another language than `language`: it says all in other words and another order."""
    return any(proof.language != language for proof in proofs)


def known_stems(proofs: Sequence[Proof], language: str) -> set[str]:
    """The stems, in `language`, of what stands in the quotes or in their context."""
    return {stem for proof in proofs for stem in terms(f"{proof.context}\n{proof.quote}", language)}


def proof_of(evidence: Evidence) -> Proof:
    """The proof that an evidence sentence gives. A file's time is no date to reckon from."""
    document, span = evidence.document, evidence.span
    before = Span(max(document.body, span.start - _CONTEXT_CHARACTERS), span.start).of(document.text)
    context = "\n".join([document.title, speaker_name(document.speaker_of(span.start)), before])
    return Proof(evidence.quote, document.language, document.published, context)
