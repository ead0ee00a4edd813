"""How much of what a sentence says is said by its evidence, by words."""

from collections.abc import Iterable

from index.terms import terms

_ROOT = 4


def overlap(claim: str, proofs: Iterable[str], language: str, proof_language: str) -> float:
    """The share of the claim's content words whose stem stands in `proofs`, 0 to 1; 1 if it has none.

    Across languages words count as shared when they begin alike.
    """
    stems = set(terms(claim, language))
    known = {stem for proof in proofs for stem in terms(proof, proof_language)}
    if language != proof_language:
        stems, known = {stem[:_ROOT] for stem in stems}, {stem[:_ROOT] for stem in known}
    return len(stems & known) / len(stems) if stems else 1.0
