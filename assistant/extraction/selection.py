"""Which quotes to show for a question: one that answers, and a further one only where that may add to it."""

from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.extraction.agreement import disagreeing, newest_first, repeats, updated
from assistant.extraction.proofs import Proof, prove
from assistant.questions.understanding import AnswerType, Question

_FEW = 2
_MANY = 5
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
# Of the first quote's share of the question's terms, what a further quote must have.
_ON_SUBJECT = 0.6
# Scores of evidence. So far below the first quote, a further one answers in one question of twenty where the first
# does not: a little, if the first names the answer and the further one has no more of the question's words; much, if
# the further one names an answer, or the first is a headline.
_BELOW_A_LEAD = 0.5
_BELOW_A_SENTENCE = 2.0
_FAR_BELOW = 3.0


def choose(question: Question, evidence: Sequence[Evidence]) -> list[Proof]:
    """The quotes to show, the one that opens the answer first."""
    proven = _answering(question, evidence)
    if question.wants in _WIDE:
        return _distinct(proven)[:_MANY]
    if question.wants is AnswerType.STATEMENT:
        proven = _telling(proven)
    proofs = _distinct(_near_the_first(proven))
    first = disagreeing(question, _on_subject(proven))[:_FEW] or _updates(proofs)
    return _distinct([*first, *proofs])[:_FEW]


def quotes(question: Question, evidence: Sequence[Evidence]) -> list[Proof]:
    """Every quote that adds something, best first.

    Headlines and asides are left out if there are sentences that say more.
    """
    return _without_repeats(_telling(_answering(question, evidence)))


def _answering(question: Question, evidence: Sequence[Evidence]) -> list[Proof]:
    """What the evidence proves, without what only asks if there is anything else."""
    proven = [prove(question, item) for item in evidence]
    return [proof for proof in proven if not proof.asks] or proven


def _telling(proofs: list[Proof]) -> list[Proof]:
    """The sentences, without what only leads to others (“Mencionaré otros casos:”), if there are any."""
    return [proof for proof in proofs if proof.tells] or proofs


def _near_the_first(proofs: Sequence[Proof]) -> list[Proof]:
    """The first quote, and those whose score says that they may answer where it does not."""
    return [proof for proof in proofs if proof is proofs[0] or proof.score >= _bar(proofs[0], proof)]


def _bar(first: Proof, further: Proof) -> float:
    """The score that a further quote must have to be shown behind the first."""
    if first.leads and further.on_topic <= first.on_topic:
        return first.score - _BELOW_A_LEAD
    return first.score - (_FAR_BELOW if further.leads or not first.tells else _BELOW_A_SENTENCE)


def _updates(proofs: Sequence[Proof]) -> list[Proof]:
    """The first quote and those that repeat it with other figures, the newest first."""
    return newest_first(proof for proof in proofs if proof is proofs[0] or updated(proof, proofs[0]))


def _on_subject(proofs: Sequence[Proof]) -> list[Proof]:
    """Quotes that have words, and nearly as many of the question's as the first of them."""
    worded = [proof for proof in proofs if any(char.isalpha() for char in proof.words)]
    return [proof for proof in worded if proof.on_topic >= _ON_SUBJECT * worded[0].on_topic]


def _distinct(proofs: Sequence[Proof]) -> list[Proof]:
    """Quotes on the subject of the first, each of which adds to those before it."""
    return _without_repeats(_on_subject(proofs))


def _without_repeats(proofs: Sequence[Proof]) -> list[Proof]:
    chosen: list[Proof] = []
    for proof in proofs:
        if not any(repeats(proof, other) for other in chosen):
            chosen.append(proof)
    return chosen
