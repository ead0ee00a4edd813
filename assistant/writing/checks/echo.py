"""Words that a sentence takes from the question, as if its evidence said them.

A small model joins what it was asked about to whatever it was shown: asked what the left wants, it has the left
want what a president wanted. What a sentence repeats from the question must stand in its evidence too.
"""

from collections.abc import Sequence
from itertools import pairwise

from assistant.questions.question_parts import spoken_words
from assistant.writing.checks.likeness import holds
from assistant.writing.checks.proof import Proof, is_foreign, known_stems
from index.terms import terms

_BEFORE_NOUNS = frozenset(
    "el la los las un una unos unas del al de en con por para su sus este esta estos estas ese esa "
    "the a an of in on for to with by their his her its this that these those "
    # What somebody or something is said to be is a noun or as good as one.
    "es son era eran fue fueron será serán está están is are was were é são est sont "
    "o os as um uma do da dos das no na le les une des du".split()
)


def echoed_word(claim: str, language: str, question: str, proofs: Sequence[Proof]) -> str | None:
    """A word of `claim` that comes from `question` and stands in no quote, nor in its context.

    A noun is told by the small word before it. What is done can be said in other words, so that it takes two of any
    kind else. Evidence in another language proves nothing either way.
    """
    if is_foreign(proofs, language):
        return None
    asked = terms(question, language)
    known = known_stems(proofs, language)
    echoed = [
        (before, word)
        for before, word in pairwise(("", *spoken_words(claim)))
        for root in terms(word, language)
        if holds(asked, root, language) and not holds(known, root, language)
    ]
    nouns = [word for before, word in echoed if before in _BEFORE_NOUNS]
    words = [word for _, word in echoed]
    return next(iter(nouns), words[0] if len(words) > 1 else None)
