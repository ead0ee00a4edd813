"""How sure it is that the documents answer a question: one number, 0 to 1."""

import math
from collections.abc import Sequence

from assistant.answer import Evidence
from index.terms import terms


def confidence(question: str, evidence: Sequence[Evidence]) -> float:
    """The probability that the evidence answers, from its nearness and the question's words it holds."""
    if not evidence:
        return 0.0
    nearest = max(item.similarity for item in evidence)
    covered = max(_coverage(question, item) for item in evidence)
    return 1 / (1 + math.exp(-(40 * (nearest - 0.84) + 3 * (covered - 0.35))))


def _coverage(question: str, evidence: Evidence) -> float:
    """The share of the question's content words that stand in the sentence."""
    language = evidence.document.language
    wanted = set(terms(question, language))
    return len(wanted.intersection(terms(evidence.quote, language))) / len(wanted) if wanted else 0.0
