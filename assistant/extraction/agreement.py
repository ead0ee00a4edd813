"""How the quotes that are shown stand to each other: the same again, the same with other figures, another answer."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.extraction.shown_quotes import ShownQuote
from assistant.questions.understanding import AnswerType, Question
from index.language.terms import words

# Of the question's terms in the best quote, what one must have whose answer counts against others.
_EQUAL = 0.8
_SAME_WORDS = 0.8


def disagreeing(question: Question, quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """Quotes of different documents that answer differently, the newest first; none if all agree.

    Of those that give the same answer the newest stands for all. What a thing is can be told in many ways,
    none of which denies another.
    """
    if question.wants is AnswerType.DEFINITION:
        return []
    best = max((quote.on_topic for quote in quotes), default=0)
    told: list[ShownQuote] = []
    for quote in newest_first(quote for quote in quotes if quote.leads and quote.on_topic >= _EQUAL * best):
        if not any(_agree(quote, other) for other in told):
            told.append(quote)
    return told if len(told) > 1 else []


def updated(quote: ShownQuote, other: ShownQuote) -> bool:
    """Whether a quote of another document repeats `other` with other figures."""
    apart = quote.document.id != other.document.id
    return apart and _other_figures(quote, other) and _same_words(quote, other)


def newest_first(quotes: Iterable[ShownQuote]) -> list[ShownQuote]:
    """The quotes by the day of their document, undated ones last."""
    return sorted(quotes, key=lambda quote: quote.document.published or date.min, reverse=True)


def repeats(quote: ShownQuote, other: ShownQuote) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words."""
    same = quote.document.id == other.document.id
    if same and quote.span.overlaps(other.span):
        return True
    if _other_figures(quote, other) or (quote.leads and other.leads and not _agree(quote, other)):
        return False
    return _same_words(quote, other)


def _agree(quote: ShownQuote, other: ShownQuote) -> bool:
    """Whether two quotes are of one document, or answer alike: “Iriarte” and “Marta Iriarte”."""
    left, right = _told(quote), _told(other)
    return quote.document.id == other.document.id or left <= right or right <= left


def _told(quote: ShownQuote) -> frozenset[str]:
    return frozenset(word for lead in quote.leads for word in words(lead))


def _other_figures(quote: ShownQuote, other: ShownQuote) -> bool:
    return any(word[0].isdigit() for word in set(words(quote.words)) ^ set(words(other.words)))


def _same_words(quote: ShownQuote, other: ShownQuote) -> bool:
    left, right = set(words(quote.words)), set(words(other.words))
    return len(left & right) > _SAME_WORDS * max(1, min(len(left), len(right)))
