"""Whether a sentence is understood by itself, or needs the one before it."""

import re

from index.document import Span
from index.language.lists import any_phrase

# What two sentences together may have, in characters.
_LONGEST_PAIR = 600


def _opening(*roles: str) -> str:
    """A pattern for words of these roles with which a sentence may begin."""
    return rf"[\W_]*+(?:{'|'.join(any_phrase('referring', role) for role in roles)})\b"


_REFERS_BACK = re.compile(_opening("pronouns", "places", "adverbs"), re.IGNORECASE)
_CONNECTIVE = re.compile(_opening("connectives"), re.IGNORECASE)
_SPEAKS_OF_OTHERS = re.compile(_opening("pronouns", "possessives", "objects", "places"), re.IGNORECASE)
_RESTS_ON_OTHERS = re.compile(
    rf"[\W_]*+(?:{any_phrase('referring', 'prepositions')}\s++)?{_opening('pronouns', 'possessives', 'places')}",
    re.IGNORECASE,
)
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
    return _refers_back(sentence) or _CONNECTIVE.match(sentence) is not None


def speaks_of_others(sentence: str) -> bool:
    """Whether a sentence opens with a word for somebody or something named before: “Dicha reunión…”, “Su hermano…”."""
    return _SPEAKS_OF_OTHERS.match(sentence) is not None


def rests_on_others(sentence: str) -> bool:
    """Whether what a sentence says is about what was named before it: “De ellos, dos…”, “Sus tres objetivos…”."""
    return _RESTS_ON_OTHERS.match(sentence) is not None


def closes_more(sentence: str) -> bool:
    """Whether a quotation that ends here began before."""
    return any(sentence.count(closing) > sentence.count(opening) for opening, closing in _PAIRS)


def opens_more(sentence: str) -> bool:
    """Whether a quotation that begins here goes on behind."""
    return any(sentence.count(opening) > sentence.count(closing) for opening, closing in _PAIRS)


def _refers_back(sentence: str) -> bool:
    return _REFERS_BACK.match(sentence) is not None or closes_more(sentence)
