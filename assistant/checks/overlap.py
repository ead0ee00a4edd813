"""How much of what a sentence says is said by its evidence, by words."""

from collections.abc import Sequence

from assistant.checks.proof import Proof
from index.terms import terms

_ROOT = 4


def overlap(claim: str, language: str, proofs: Sequence[Proof]) -> float:
    """The share of the claim's content words that stand in the quotes, 0 to 1; 1 if it has none.

    Words of one language are the same when their stems are; across languages, when they begin alike.
    """
    stems = set(terms(claim, language))
    same = {stem for proof in proofs if proof.language == language for stem in terms(proof.quote, language)}
    foreign = {
        stem[:_ROOT]
        for proof in proofs
        if proof.language != language
        for stem in terms(proof.quote, proof.language)
    }
    shared = [stem for stem in stems if stem in same or stem[:_ROOT] in foreign]
    return len(shared) / len(stems) if stems else 1.0
