"""Words that a sentence puts between quotation marks, and that nobody wrote."""

import re
from collections.abc import Sequence

from assistant.writing.checks.proof import Proof
from index.terms import words

_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
_OMISSION = re.compile(r"\[?(?:…|\.\.\.)\]?")


def missing_quotation(claim: str, proofs: Sequence[Proof]) -> str | None:
    """The first quoted passage of `claim` whose words do not stand, in order, in a quote or its context."""
    texts = [_spaced(text) for proof in proofs for text in (proof.quote, proof.context)]
    for match in _QUOTED.finditer(claim):
        quoted = next(group for group in match.groups() if group)
        parts = [_spaced(part) for part in _OMISSION.split(quoted)]
        if not all(any(part in text for text in texts) for part in parts if part.strip()):
            return quoted
    return None


def _spaced(text: str) -> str:
    """The words of a text with a space on either side, so that only whole words are found."""
    return f" {' '.join(words(text))} "
