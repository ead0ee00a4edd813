"""Words that a sentence takes from the question, as if its evidence said them.

A small model joins what it was asked about to whatever it was shown: asked what the left wants, it has the left
want what a president wanted. What a sentence repeats from the question must stand in its evidence too.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.extraction.synonyms import synonyms
from assistant.questions.question_parts import spoken_words
from assistant.writing.checks.proof import Proof
from index.terms import fold, stem, terms

# Words that begin alike are taken for one: “neoyorquino” and “Nueva York” are not, “Uruguay” and “uruguayo” are.
_ROOT = 5
_SHORTEST = 3
_BEFORE_NOUNS = frozenset(
    "el la los las un una unos unas del al de en con por para su sus este esta estos estas ese esa "
    "the a an of in on for to with by their his her its this that these those "
    "o os as um uma do da dos das no na le les une des du".split()
)


def echoed_word(claim: str, language: str, question: str, proofs: Sequence[Proof]) -> str | None:
    """A word of `claim` that comes from `question` and stands in no quote, nor in its context.

    A noun is one by the small word before it. What is done can be said in other words, so that it takes two of any
    kind else. Evidence in another language proves nothing either way.
    """
    if any(proof.language != language for proof in proofs):
        return None
    asked = terms(question, language)
    known = {stem for proof in proofs for stem in terms(f"{proof.context}\n{proof.quote}", language)}
    echoed = [
        (before, word)
        for before, word in pairwise(("", *spoken_words(claim)))
        if _holds(asked, word, language) and not _holds(known, word, language)
    ]
    nouns = [word for before, word in echoed if before in _BEFORE_NOUNS]
    words = [word for _, word in echoed]
    return next(iter(nouns), words[0] if len(words) > 1 else None)


def _holds(stems: Collection[str], word: str, language: str) -> bool:
    """Whether a word, one like it or a synonym is among stems."""
    root = stem(fold(word), language)
    meant = synonyms(language).get(root, frozenset())
    return not meant.isdisjoint(stems) or any(_are_alike(root, other) for other in stems)


def _are_alike(root: str, other: str) -> bool:
    """Whether two stems are of one word, by how they begin or but for a plural that the stemmer leaves."""
    short, long = sorted((root, other), key=len)
    plural = len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) <= len("es")
    return plural or (len(root) >= _ROOT and root[:_ROOT] == other[:_ROOT])
