"""Verbs whose number a sentence changes: "señalan" said of a proposal is not what the proposal "señala".

A small model that loses who does something lets the nearest noun do it, and has the verb agree. Spanish verbs show
that by their ending.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.writing.checks.proof import Proof
from index.terms import words

_SHORTEST = 5
_MANY_DID = re.compile(r"(?:a|ie|e)ron$")


def changed_verb(claim: str, language: str, proofs: Sequence[Proof]) -> str | None:
    """The first word of `claim` that the quotes have only in the other number of a verb.

    None in any language but Spanish.
    """
    if language != "es" or any(proof.language != language for proof in proofs):
        return None
    quoted = {word for proof in proofs for word in words(proof.quote)}
    return next(
        (
            word
            for word in words(claim)
            if word not in quoted and not quoted.isdisjoint(_in_other_number(word))
        ),
        None,
    )


def _in_other_number(word: str) -> Iterator[str]:
    """What a folded word is in the singular if it is a verb in the plural, and the other way round."""
    if len(word) < _SHORTEST:
        return
    if word.endswith("n"):
        yield word[:-1]
        yield _MANY_DID.sub("o", word)
    elif word.endswith("o"):
        yield from (f"{word[:-1]}{ending}" for ending in ("aron", "ieron", "eron"))
    elif not word.endswith("s"):
        yield f"{word}n"
