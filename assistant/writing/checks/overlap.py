"""How much of what a sentence says is said by its evidence, by words."""

from collections.abc import Sequence

from assistant.extraction.names import find_names
from assistant.extraction.synonyms import synonyms
from assistant.writing.checks.proof import Proof
from index.terms import terms

_ROOT = 4


def overlap(claim: str, language: str, proofs: Sequence[Proof]) -> float:
    """The share of the claim's content words that stand in the quotes, 0 to 1.

    Words of one language are the same when their stems or their synonyms are; across languages, when they
    begin alike. A name that the context gives is not counted: the quote may speak of it without repeating it.
    """
    same = {stem for proof in proofs if proof.language == language for stem in terms(proof.quote, language)}
    foreign = {
        stem[:_ROOT]
        for proof in proofs
        if proof.language != language
        for stem in terms(proof.quote, proof.language)
    }
    stems = set(terms(claim, language))
    groups = synonyms(language)
    shared = {
        stem
        for stem in stems
        if stem in same or stem[:_ROOT] in foreign or not same.isdisjoint(groups.get(stem, ()))
    }
    counted = shared | (stems - _named_by_context(claim, language, proofs))
    return len(shared) / len(counted) if counted else 0.0


def _named_by_context(claim: str, language: str, proofs: Sequence[Proof]) -> set[str]:
    """Stems of the claim's names that stand in the context of a proof."""
    context = {stem for proof in proofs for stem in terms(proof.context, language)}
    named = {stem for span in find_names(claim) for stem in terms(span.of(claim), language)}
    return named & context
