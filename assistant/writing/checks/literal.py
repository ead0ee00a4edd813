"""Words that a sentence has of its own, and verbs that it has in another form, for a model that is to be literal.

A small model that says something in its own words too often says something else: it adds what it knows, and lets
the nearest noun do what somebody else did, with the verb made to agree.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.questions.question_parts import is_verb, spoken_words
from assistant.writing.checks.likeness import holds, is_light
from assistant.writing.checks.proof import Proof, known_stems
from index.terms import fold, terms

_SHORTEST = 5
_MANY_DID = re.compile(r"(?:a|ie|e)ron$")


def word_of_its_own(claim: str, language: str, proofs: Sequence[Proof]) -> str | None:
    """The first word of `claim` that is not the evidence's; numbers aside, and words that say nothing.

    A content word must stand in a quote or its context, in some form or by a synonym, a finite verb in the very
    form. Of evidence in another language only names and figures pass: what a small model translates, it takes
    for something else as often as what it rewords, and no form or order of words is left to tell.
    """
    known = known_stems(proofs, language)
    quoted = {fold(word) for proof in proofs for word in spoken_words(proof.quote)}
    for word in spoken_words(claim):
        for root in terms(word, language):
            told = root.isdecimal() or is_light(root, language) or holds(known, root, language)
            if not told or _is_verb_in_another_form(word, quoted):
                return word
    return None


def _is_verb_in_another_form(word: str, quoted: set[str]) -> bool:
    folded = fold(word)
    if len(folded) < _SHORTEST or folded in quoted:
        return False
    return is_verb(word) or not quoted.isdisjoint(_in_other_number(folded))


def _in_other_number(word: str) -> Iterator[str]:
    """What a folded word is in the singular if it is a verb in the plural, and the other way round, in Spanish."""
    if word.endswith("n"):
        yield word[:-1]
        yield _MANY_DID.sub("o", word)
    elif word.endswith("o"):
        yield from (f"{word[:-1]}{ending}" for ending in ("aron", "ieron", "eron"))
    elif not word.endswith("s"):
        yield f"{word}n"
