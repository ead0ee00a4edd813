"""How much of what a sentence says is said by its evidence, by words."""

from collections.abc import Sequence

from assistant.writing.checks.likeness import holds, is_light, stems_of_names
from assistant.writing.checks.proof import Proof, is_foreign
from index.terms import terms

_ROOT = 4
_FEWEST_UNSAID = 2


def overlap(claim: str, language: str, proofs: Sequence[Proof]) -> float:
    """The share of the claim's content words that stand in the quotes, 0 to 1.

    Words of one language are the same when they are alike or synonyms; across languages, when they begin
    alike. A name that the context gives is not counted: the quote may speak of it without repeating it.
    """
    same = {stem for proof in proofs if proof.language == language for stem in terms(proof.quote, language)}
    foreign = {
        stem[:_ROOT]
        for proof in proofs
        if proof.language != language
        for stem in terms(proof.quote, proof.language)
    }
    stems = set(terms(claim, language))
    shared = {stem for stem in stems if stem[:_ROOT] in foreign or holds(same, stem, language)}
    counted = shared | (stems - _named_by_context(claim, language, proofs))
    return len(shared) / len(counted) if counted else 0.0


def adds_unsaid(claim: str, language: str, question: str, proofs: Sequence[Proof]) -> bool:
    """Whether most of what `claim` adds to its question stands in no quote.

    Names and numbers are not counted, since they are looked for one by one, nor evidence in another language.
    """
    if is_foreign(proofs, language):
        return False
    quoted = {stem for proof in proofs for stem in terms(proof.quote, language)}
    besides = stems_of_names(claim, language) | set(terms(question, language))
    stems = {stem for stem in terms(claim, language) if not stem.isdecimal() and not is_light(stem, language)}
    added = stems - besides
    unsaid = [stem for stem in added if not holds(quoted, stem, language)]
    return len(unsaid) >= _FEWEST_UNSAID and 2 * len(unsaid) > len(added)


def _named_by_context(claim: str, language: str, proofs: Sequence[Proof]) -> set[str]:
    """Stems of the claim's names that stand in the context of a proof."""
    context = {stem for proof in proofs for stem in terms(proof.context, language)}
    return stems_of_names(claim, language) & context
