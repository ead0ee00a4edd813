"""Whether a sentence is understood by itself, or needs the one before it."""

import re

from index.document import Span

# What two sentences together may have, in characters.
_LONGEST_PAIR = 600
_PRONOUNS = (
    r"él|ella|ell[oa]s|ést[ea]s?|est[eao]s?|es[eao]s?|aquél?l?[oa]?s?|dich[oa]s?|ambos|ambas|tal(?:es)?|(?:el|la)\s+mism[oa]|"
    r"he|she|it|they|this|these|those|that|such|both|"
    r"eles?|elas?|isso|isto|esse|essa|il|elles?|ils|cel(?:a|ui)|ce(?:tte|s|t)?"
)
_POSSESSIVES = r"sus?|lo|les?|his|her|its|their|seus?|suas?|son|sa|ses|leurs?"
_PLACES = r"allí|ahí|there"
_ADVERBS = r"entonces|así|lo\s+anterior|además|también|asimismo|sin\s+embargo|no\s+obstante|then|however|also"
_REFERS_BACK = re.compile(rf"[\W_]*(?:{_PRONOUNS}|{_PLACES}|{_ADVERBS})\b", re.IGNORECASE)
_SPEAKS_OF_OTHERS = re.compile(rf"[\W_]*(?:{_PRONOUNS}|{_POSSESSIVES}|{_PLACES})\b", re.IGNORECASE)
# How speech goes on from what was said; a summary had better not begin so.
_CONNECTIVES = re.compile(
    r"[\W_]*(?:"
    r"(?:y|e|o|ni|que|ya|pero|pues|bueno|porque|por\s+(?:eso|ello|tanto|ejemplo|cierto|supuesto|lo\s+(?:que|tanto))|"
    r"o\s+sea|es\s+decir|de\s+(?:hecho|tal\s+manera|todas\s+(?:maneras|formas))|ahora|repito|a\s+ver|igualmente|"
    r"en\s+(?:tanto|cambio|es[eoa]s?|est[eoa]s?)|obviamente|incluso|sí|no)|"
    r"(?:and|or|but|so|because|well|for\s+example|in\s+fact|now|yes|no)|"
    r"(?:mas|pois|porque|por\s+isso|et|mais|donc|car)"
    r")\b",
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
    return _refers_back(sentence) or _CONNECTIVES.match(sentence) is not None


def speaks_of_others(sentence: str) -> bool:
    """Whether a sentence opens with a word for somebody or something named before: “Dicha reunión…”, “Su hermano…”."""
    return _SPEAKS_OF_OTHERS.match(sentence) is not None


def closes_more(sentence: str) -> bool:
    """Whether a quotation that ends here began before."""
    return any(sentence.count(closing) > sentence.count(opening) for opening, closing in _PAIRS)


def opens_more(sentence: str) -> bool:
    """Whether a quotation that begins here goes on behind."""
    return any(sentence.count(opening) > sentence.count(closing) for opening, closing in _PAIRS)


def _refers_back(sentence: str) -> bool:
    return _REFERS_BACK.match(sentence) is not None or closes_more(sentence)
