"""A cause or an aim that a sentence names as one, for a model that is to be literal.

Asked “why”, a small model puts “because” before whatever it was shown, or between two things that it was.
"""

from collections.abc import Sequence

from assistant.writing.checks.proof import Proof
from index.terms import words

_CAUSE = frozenset(words("porque pues dado debido causa since because as due puisque car"))
_AIM = frozenset(words("para fin order so to pour afin"))
# “Porque el área…”, “para que haya…”, “debido a la…”
_ARTICLES = frozenset(words("que el la los las al a del de the to of"))
# Words between them: “debido a la sequía”.
_NEAR = 3


def reason_of_its_own(claim: str, proofs: Sequence[Proof]) -> str | None:
    """The first word that makes a cause or an aim of what follows, if no quote has one of its kind before the same."""
    said = words(claim)
    quotes = [words(proof.quote) for proof in proofs]
    for place, word in enumerate(said):
        kind = next((kind for kind in (_CAUSE, _AIM) if word in kind), None)
        linked = next((other for other in said[place + 1 :] if other not in _ARTICLES), None)
        if kind and linked and not any(_links(kind, linked, quote) for quote in quotes):
            return word
    return None


def _links(kind: frozenset[str], linked: str, quoted: Sequence[str]) -> bool:
    """Whether a quote says the word right behind one that makes a cause or an aim of it."""
    places = (place for place, word in enumerate(quoted) if word == linked)
    return any(kind & set(quoted[max(0, place - _NEAR) : place]) for place in places)
