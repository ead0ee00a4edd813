"""Whether a sentence is understood by itself, or needs the one before it."""

import re

from index.documents import Span

# What two sentences together may have, in characters.
_LONGEST_PAIR = 600
_ANAPHORS = re.compile(
    r"[\W_]*(?:"
    r"(?:él|ella|ell[oa]s|ést[ea]s?|est[eao]s?|es[eao]s?|aquél?l?[oa]?s?|dich[oa]s?|ambos|ambas|tal(?:es)?|"
    r"(?:el|la)\s+mism[oa]|allí|ahí|entonces|así|lo\s+anterior|además|también|asimismo|sin\s+embargo|no\s+obstante)|"
    r"(?:he|she|it|they|this|these|those|that|such|both|there|then|however|also)|"
    r"(?:ele|elas?|eles|isso|isto|esse|essa|il|elles?|ils|cel(?:a|ui)|ce(?:tte|s|t)?)"
    r")\b",
    re.IGNORECASE,
)
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


def _refers_back(sentence: str) -> bool:
    return _ANAPHORS.match(sentence) is not None or any(_closes_more(sentence, *pair) for pair in _PAIRS)


def _closes_more(sentence: str, opening: str, closing: str) -> bool:
    """Whether a quotation that ends here began before."""
    return sentence.count(closing) > sentence.count(opening)
