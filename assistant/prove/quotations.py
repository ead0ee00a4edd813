"""Words that a sentence puts between quotation marks, and that nobody wrote."""

import re
from collections.abc import Sequence

from assistant.prove.proof import Proof
from index.language.terms import words

_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
_OMISSION = re.compile(r"\[?(?:…|\.\.\.)\]?")


def missing_quotations(claim: str, proofs: Sequence[Proof]) -> list[str]:
    """The quoted passages of `claim` whose words do not stand, in order, in a quote or around it."""
    texts = [_spaced(text) for proof in proofs for text in (proof.quote, proof.heading, proof.context)]
    quotations = [next(filter(None, match.groups())) for match in _QUOTED.finditer(claim)]
    return [quotation for quotation in quotations if not _stands(quotation, texts)]


def _stands(quotation: str, texts: Sequence[str]) -> bool:
    parts = (_spaced(part) for part in _OMISSION.split(quotation))
    return all(any(part in text for text in texts) for part in parts if part.strip())


def _spaced(text: str) -> str:
    """The words of a text with a space on either side, so that only whole words are found."""
    return f" {' '.join(words(text))} "
