"""Which quotes to show for a question: one that answers, and a further one only where that may add to it."""

from collections.abc import Sequence

from assistant.answer import Evidence
from assistant.extraction.agreement import disagreeing, newest_first, repeats, updated
from assistant.extraction.shown_quotes import ShownQuote, prove
from assistant.questions.understanding import AnswerType, Question

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
