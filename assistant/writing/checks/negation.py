"""Whether a sentence denies what its evidence says, or says what its evidence denies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.writing.checks.proof import Proof
from index.terms import stem, stop_words, words

_NEGATIONS = {
    "es": """
        no nunca jamas tampoco sin nadie ningun ninguna ninguno nada ni niega niegan nego negaron rechaza
        rechazo rechazaron descarta descarto descartaron""",
    "en": """
        no not never without nobody none nothing neither nor cannot denies denied deny rejects rejected""",
    "pt": "nao nunca jamais tampouco sem ninguem nenhum nenhuma nada nem nega negou",
    "fr": "ne n pas jamais sans personne aucun aucune rien ni nie",
}
_NEGATION_SETS = {language: frozenset(entries.split()) for language, entries in _NEGATIONS.items()}
_CONTRACTED = re.compile(r"n['’]t\b")
# A negation reaches the next words that carry content: "no se ha podido confirmar".
_REACH = 2


@dataclass(frozen=True, slots=True)
class _Polarity:
    """Stems that a text denies, stems that it states, and how often it denies."""

    denied: frozenset[str]
    stated: frozenset[str]
    negations: int


def contradicts(claim: str, language: str, proofs: Sequence[Proof]) -> bool:
    """Whether a content word is denied on one side and stated on the other.

    Across languages only the presence of negations can be compared: a denial needs one in its evidence.
    """
    said = _polarity(claim, language)
    found = [_polarity(proof.quote, proof.language) for proof in proofs]
    if said.negations and not any(polarity.negations for polarity in found):
        return True
    comparable = [
        polarity for polarity, proof in zip(found, proofs, strict=True) if proof.language == language
    ]
    denied = frozenset[str]().union(*(polarity.denied for polarity in comparable))
    stated = frozenset[str]().union(*(polarity.stated for polarity in comparable))
    return bool(said.denied & (stated - denied) or (said.stated - said.denied) & (denied - stated))


def _polarity(text: str, language: str) -> _Polarity:
    negations = _NEGATION_SETS.get(language, frozenset())
    denied: set[str] = set()
    stated: set[str] = set()
    reach = count = 0
    for word in words(_CONTRACTED.sub(" not", text)):
        if word in negations:
            count, reach = count + 1, _REACH
        elif word not in stop_words(language):
            (denied if reach else stated).add(stem(word, language))
            reach = max(0, reach - 1)
    return _Polarity(frozenset(denied), frozenset(stated), count)
