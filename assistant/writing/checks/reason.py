"""A cause or an aim that a sentence names as one, for a model that is to be literal.

Asked “why”, a small model puts “because” before whatever it was shown.
"""

import re
from collections.abc import Sequence

from assistant.writing.checks.proof import Proof
from index.terms import words

_CAUSE = frozenset(words("porque pues dado debido causa since because as due puisque car"))
_AIM = frozenset(words("para fin order so to pour afin"))
# “Porque el área…”, “Para que haya…”, “Debido a la…”
_FIRST = re.compile(r"\W*(\w+)\s+(?:(?:que|al?|del?|to|of|el|la|los|las|the)\s+)*(\w+)", re.IGNORECASE)
# Words between them: “debido a la sequía”.
_NEAR = 3


def reason_of_its_own(claim: str, proofs: Sequence[Proof]) -> str | None:
    """The word that makes a cause or an aim of `claim`, if no quote has one of its kind before the same word."""
    opening = _FIRST.match(claim)
    if opening is None:
        return None
    linking, linked = words(opening[1])[:1], words(opening[2])[:1]
    kind = next((kind for kind in (_CAUSE, _AIM) if linking and kind.issuperset(linking)), None)
    if kind is None or any(_links(kind, linked, words(proof.quote)) for proof in proofs):
        return None
    return opening[1]


def _links(kind: frozenset[str], linked: Sequence[str], quoted: Sequence[str]) -> bool:
    """Whether a quote says the word right behind one that makes a cause or an aim of it."""
    places = (place for place, word in enumerate(quoted) if [word] == linked)
    return any(kind & set(quoted[max(0, place - _NEAR) : place]) for place in places)
