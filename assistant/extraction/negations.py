"""Whether words of a sentence stand in a clause that is denied."""

import re

from index.document import Span
from index.terms import words

_NEGATIONS = {
    "es": "no nunca jamas tampoco sin nadie ningun ninguna ninguno nada ni niega niegan nego negaron descarto",
    "en": "no not never without nobody none nothing neither nor cannot denies denied deny rejected",
    "pt": "nao nunca jamais tampouco sem ninguem nenhum nenhuma nada nem nega negou",
    "fr": "ne n pas jamais sans personne aucun aucune rien ni nie",
}
_CONTRACTED = re.compile(r"n['’]t\b")
_CLAUSE_END = re.compile(r"[;:.!?]|,(?=\s)")


def is_denied(text: str, sentence: Span, span: Span, language: str) -> bool:
    """Whether a negation stands before `span` in its clause of the sentence: “no se firmó el 3 de mayo”."""
    before = text[sentence.start : span.start]
    clause = _CLAUSE_END.split(before)[-1]
    negations = frozenset(_NEGATIONS.get(language, "").split())
    return not negations.isdisjoint(words(_CONTRACTED.sub(" not", clause)))
