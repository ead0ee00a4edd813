"""A bare answer, "3.245" or "Wuhan", which says of itself nothing that could be wrong.

What it claims is that the question is answered by it: that so many cases were counted, and not so many dead. Its
evidence must plainly answer the question with those very words.
"""

from collections.abc import Sequence

from assistant.extraction.candidates import FINDERS
from assistant.extraction.focus import find_focus
from assistant.questions.question_parts import is_verb, spoken_words
from assistant.questions.understanding import AnswerType, Question, understand
from assistant.writing.checks.likeness import stems_of_names
from assistant.writing.checks.overlap import overlap
from assistant.writing.checks.proof import Proof
from index.terms import terms

# A claim with more content words than these is a sentence, whether or not its verb is known as one.
_MOST_TERMS = 4
# A quote that repeats this share of the question answers it with whatever else it says.
_ALL_BUT_ASKED = 0.75
# Of these kinds the very words that answer can be told; of others only the part of the quote where they stand.
_TOLD = frozenset({*FINDERS, AnswerType.DATE} - {AnswerType.REASON, AnswerType.PURPOSE})


def unproved_answer(claim: str, language: str, question: str, proofs: Sequence[Proof]) -> str | None:
    """`claim`, if it is a bare answer to `question` that no proof plainly gives; else None.

    Who did something with somebody whom the question names is somebody of another name.
    """
    if not question or not _is_bare(claim, language):
        return None
    asked = understand(question, language)
    if asked.wants is AnswerType.PERSON and not _named(asked, language).isdisjoint(terms(claim, language)):
        return claim
    return None if any(_gives(proof, asked, claim, language) for proof in proofs) else claim


def _is_bare(claim: str, language: str) -> bool:
    """Whether a claim has no verb and few words, or nothing but names."""
    if any(map(is_verb, spoken_words(claim))):
        return False
    stems = terms(claim, language)
    return len(stems) <= _MOST_TERMS or stems_of_names(claim, language).issuperset(stems)


def _named(question: Question, language: str) -> set[str]:
    """The stems of the names in a question."""
    return set(terms(" ".join(question.names), language))


def _gives(proof: Proof, asked: Question, claim: str, language: str) -> bool:
    """Whether the part of a quote that answers, the very words where they can be told, is what is claimed."""
    focus = find_focus(asked, proof.quote, proof.date)
    if focus is None or (focus.lead is None and asked.wants in _TOLD):
        said = overlap(claim, language, [proof]) == 1.0
        return said and overlap(asked.text, language, [proof]) >= _ALL_BUT_ASKED
    part = focus.lead or focus.span
    return not set(terms(claim, language)).isdisjoint(terms(part.of(proof.quote), proof.language))
