"""How the quotes that are shown stand to each other: the same again, the same with other figures, another answer."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.extraction.proofs import Proof
from assistant.questions.understanding import AnswerType, Question
from index.terms import words

# Of the question's terms in the best quote, what one must have whose answer counts against others.
_EQUAL = 0.8
_SAME_WORDS = 0.8


def disagreeing(question: Question, proofs: Sequence[Proof]) -> list[Proof]:
    """Quotes of different documents that answer differently, the newest first; none if all agree.

    Of those that give the same answer the newest stands for all. What a thing is can be told in many ways,
    none of which denies another.
    """
    if question.wants is AnswerType.DEFINITION:
        return []
    best = max((proof.on_topic for proof in proofs), default=0.0)
    told: list[Proof] = []
    for proof in newest_first(proof for proof in proofs if proof.leads and proof.on_topic >= _EQUAL * best):
        if not any(_agree(proof, other) for other in told):
            told.append(proof)
    return told if len(told) > 1 else []


def updated(proof: Proof, other: Proof) -> bool:
    """Whether a quote of another document repeats `other` with other figures."""
    apart = proof.document.id != other.document.id
    return apart and _other_figures(proof, other) and _same_words(proof, other)


def newest_first(proofs: Iterable[Proof]) -> list[Proof]:
    """The quotes by the day of their document, undated ones last."""
    return sorted(proofs, key=lambda proof: proof.document.published or date.min, reverse=True)


def repeats(proof: Proof, other: Proof) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    same = proof.document.id == other.document.id
    if same and proof.quote.overlaps(other.quote):
        return True
    if _other_figures(proof, other) or (proof.leads and other.leads and not _agree(proof, other)):
        return False
    return _same_words(proof, other)


def _agree(proof: Proof, other: Proof) -> bool:
    """Whether two quotes are of one document, or answer alike: “Iriarte” and “Marta Iriarte”."""
    left, right = _told(proof), _told(other)
    return proof.document.id == other.document.id or left <= right or right <= left


def _told(proof: Proof) -> frozenset[str]:
    return frozenset(word for lead in proof.leads for word in words(lead))


def _other_figures(proof: Proof, other: Proof) -> bool:
    return any(word[0].isdigit() for word in set(words(proof.words)) ^ set(words(other.words)))


def _same_words(proof: Proof, other: Proof) -> bool:
    left, right = set(words(proof.words)), set(words(other.words))
    return len(left & right) > _SAME_WORDS * max(1, min(len(left), len(right)))
