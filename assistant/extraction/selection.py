"""Which quotes to show: one that answers, and a further one only where it adds: the same anew, or another answer."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answer import Evidence
from assistant.extraction.shown_quotes import ShownQuote, prove
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
    answers: list[ShownQuote] = []
    for quote in newest_first(quote for quote in quotes if quote.leads and quote.on_topic >= _EQUAL * best):
        if not any(_agree(quote, other) for other in answers):
            answers.append(quote)
    return answers if len(answers) > 1 else []


def updated(quote: ShownQuote, other: ShownQuote) -> bool:
    """Whether a quote of another document repeats `other` with other figures."""
    apart = quote.document.id != other.document.id
    return apart and _other_figures(quote, other) and _same_words(quote, other)


def newest_first(quotes: Iterable[ShownQuote]) -> list[ShownQuote]:
    """The quotes by the day of their document, undated ones last."""
    return sorted(quotes, key=lambda quote: quote.document.published or date.min, reverse=True)


def repeats(quote: ShownQuote, other: ShownQuote) -> bool:
    """Whether two quotes overlap, or say the same in nearly the same words, or one only how its document is called."""
    same = quote.document.id == other.document.id
    if same and (quote.span.overlaps(other.span) or _is_a_title(quote)):
        return True
    if _other_figures(quote, other) or (quote.leads and other.leads and not _agree(quote, other)):
        return False
    return _same_words(quote, other)


def _is_a_title(quote: ShownQuote) -> bool:
    """Whether a quote says nothing but its document's title, and perhaps a word before it: “Subject: …”."""
    return not quote.leads and len(set(words(quote.words)) - set(words(quote.document.title))) <= 1


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


_FEW = 2
_MANY = 5
_WIDE = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
# Of the first quote's share of the question's terms, what a further quote must have.
_ON_SUBJECT = 0.6
# Log odds by which a further quote may be less likely to answer than the first: next to nothing if that gives the
# answer in so many words.
_BELOW_A_LEAD = 0.5
_BELOW = 2.5


def choose(question: Question, evidence: Sequence[Evidence], *, sure: bool = False) -> list[ShownQuote]:
    """The quotes to show, the one that opens the answer first; bare answers only where that is `sure`."""
    proven = _answering(question, evidence, sure=sure)
    if question.wants in _WIDE:
        return _distinct(proven)[:_MANY]
    if question.wants is AnswerType.STATEMENT:
        proven = _telling(proven)
    quotes = _distinct(_near_the_first(proven))
    first = disagreeing(question, _on_subject(proven))[:_FEW] or _updates(quotes)
    return _distinct([*first, *quotes])[:_FEW]


def every_quote(question: Question, evidence: Sequence[Evidence]) -> list[ShownQuote]:
    """Every quote that adds something, best first.

    Headlines and asides are left out if there are sentences that say more.
    """
    return _without_repeats(_telling(_answering(question, evidence)))


def _answering(question: Question, evidence: Sequence[Evidence], *, sure: bool = False) -> list[ShownQuote]:
    """What the evidence proves, without what only asks if there is anything else."""
    proven = [prove(question, item, sure=sure) for item in evidence]
    return [quote for quote in proven if not quote.asks] or proven


def _telling(quotes: list[ShownQuote]) -> list[ShownQuote]:
    """The sentences, without what only leads to others (“Mencionaré otros casos:”), if there are any."""
    return [quote for quote in quotes if quote.tells] or quotes


def _near_the_first(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """The first quote, and those whose score says that they may answer where it does not."""
    return [quote for quote in quotes if quote is quotes[0] or quote.score >= _bar(quotes[0], quote)]


def _bar(first: ShownQuote, further: ShownQuote) -> float:
    """The score that a further quote must have to be shown behind the first."""
    return first.score - (_BELOW_A_LEAD if first.leads and further.on_topic <= first.on_topic else _BELOW)


def _updates(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """The first quote and those that repeat it with other figures, the newest first."""
    return newest_first(quote for quote in quotes if quote is quotes[0] or updated(quote, quotes[0]))


def _on_subject(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """Quotes that have words, and nearly as many of the question's as the first of them."""
    worded = [quote for quote in quotes if any(char.isalpha() for char in quote.words)]
    return [quote for quote in worded if quote.on_topic >= _ON_SUBJECT * worded[0].on_topic]


def _distinct(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    """Quotes on the subject of the first, each of which adds to those before it."""
    return _without_repeats(_on_subject(quotes))


def _without_repeats(quotes: Sequence[ShownQuote]) -> list[ShownQuote]:
    chosen: list[ShownQuote] = []
    for quote in quotes:
        if not any(repeats(quote, other) for other in chosen):
            chosen.append(quote)
    return chosen
