"""Whether a sentence is understood by itself, or needs the one before it."""

import re
from functools import cache

from index.document import Span
from index.language.lists import any_phrase

# What two sentences together may have, in characters.
_LONGEST_PAIR = 600
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))


def with_what_it_needs(text: str, sentence: Span, previous: Span) -> Span:
    """The sentence, with the previous one if it leans on that: a pronoun, a quotation cut in two.

    Pass the sentence itself as `previous` where there is none.
    """
    joined = Span(previous.start, sentence.end)
    leans = previous != sentence and _refers_back(sentence.of(text))
    return joined if leans and joined.end - joined.start <= _LONGEST_PAIR else sentence


def leans_back(sentence: str) -> bool:
    """Whether a sentence goes on from the one before, so that alone it says less: “Pero eso no es todo.”"""
    return _refers_back(sentence) or _opens(sentence, "connectives")


def speaks_of_others(sentence: str) -> bool:
    """Whether a sentence opens with a word for somebody or something named before: “Dicha reunión…”, “Su hermano…”."""
    return _opens(sentence, "pronouns", "possessives", "objects", "places")


def rests_on_others(sentence: str) -> bool:
    """Whether what a sentence says is about what was named before it: “De ellos, dos…”, “Sus tres objetivos…”."""
    return _opens(sentence, "pronouns", "possessives", "places", after="prepositions")


def closes_more(sentence: str) -> bool:
    """Whether a quotation that ends here began before."""
    return any(sentence.count(closing) > sentence.count(opening) for opening, closing in _PAIRS)


def opens_more(sentence: str) -> bool:
    """Whether a quotation that begins here goes on behind."""
    return any(sentence.count(opening) > sentence.count(closing) for opening, closing in _PAIRS)


def _refers_back(sentence: str) -> bool:
    return _opens(sentence, "pronouns", "places", "adverbs") or closes_more(sentence)


def _opens(sentence: str, *roles: str, after: str = "") -> bool:
    return _opening(roles, after).match(sentence) is not None


@cache
def _opening(roles: tuple[str, ...], after: str) -> re.Pattern[str]:
    """A pattern for a sentence that begins with words of these roles, maybe behind one of the role `after`."""
    words = "|".join(any_phrase("referring", role) for role in roles)
    before = rf"(?:{any_phrase('referring', after)}\s+)?" if after else ""
    return re.compile(rf"[\W_]*+{before}(?:{words})\b", re.IGNORECASE)
