"""Which of several candidates in a parsed the question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.extraction.candidates import is_organisation
from assistant.extraction.markers import TIME_UNITS, any_of
from assistant.extraction.parsed_quote import ParsedQuote
from assistant.questions.question_words import FIGURES, AnswerType
from assistant.questions.understanding import Question
from index.document import Span
from index.sentences import split_sentences
from index.terms import fold, words

_CLAUSE_STEP = 3
_UNIT_REACH = 4
_AGENT = ("por", "por el", "por la", "by", "by the")
_ARTICLES = frozenset({"el", "la", "los", "las", "the", "o", "os", "as"})
_TIME_UNIT = re.compile(any_of(fold(TIME_UNITS)))
# Behind a heading, or a line that opens a list, the same goes on.
_PARAGRAPH_END = re.compile(r"[.!?…][\"”»’')\]]{0,3}[ \t]*\n[ \t]*\n\s*")
_AND = frozenset({"y", "e", "o", "and", "or", "et"})
_TO_WHOM = re.compile(r"[¿\s]*(?:a|para|con)\s+qui[eé]n|to\s+whom|[¿\s]*para\s+quem", re.IGNORECASE)
_TOWARDS = (["a"], ["al"], ["para"], ["con"], ["to"], ["with"], ["for"])
_UNTIL = frozenset({"hasta", "until", "ate"})
_SINCE = frozenset({"desde", "partir", "since", "from"})


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and how well it fits, comparable within one parsed only.

    `counted` tells whether the thing that the question counts stands by it.
    """

    span: Span
    score: float
    counted: bool = False


def rank(question: Question, parsed: ParsedQuote, candidates: Sequence[Span]) -> list[Ranked]:
    """The candidates that say something new, the likeliest first."""
    said = _said_with(parsed.quote, candidates) if question.wants in FIGURES else {}
    ranked = [
        _ranked(question, parsed, span, said.get(span, Span(0, len(parsed.quote))))
        for span in candidates
        if not _is_known(parsed, span)
    ]
    return sorted(ranked, key=lambda item: -item.score)


def _is_known(parsed: ParsedQuote, span: Span) -> bool:
    """Whether the question says all of `span` already."""
    inside = [parsed.tokens[i] for i in parsed.inside(span)]
    return all(token.weight == 1.0 for token in inside if token.content) and any(t.content for t in inside)


def _said_with(quote: str, candidates: Sequence[Span]) -> dict[Span, Span]:
    """For each candidate what may speak of it: its paragraph, up to the end of its sentence.

    (“Pague antes del 30. Si no, presentaremos demanda.”)
    """
    starts = [0, *(border.end() for border in _PARAGRAPH_END.finditer(quote))]
    ends = [*(sentence.end for sentence in split_sentences(quote)), len(quote)]
    return {
        span: Span(
            max(start for start in starts if start <= span.start), min(end for end in ends if end >= span.end)
        )
        for span in candidates
    }


def _ranked(question: Question, parsed: ParsedQuote, span: Span, said: Span) -> Ranked:
    inside = parsed.inside(span)
    if not inside:
        return Ranked(span, 0.0)
    unit = _unit_bonus(question, parsed, inside)
    score = 0.1 + _nearness(parsed, inside[0], inside[-1], said) + unit
    return Ranked(span, max(score, 0.1) * _prior(question, parsed.quote, span), unit > 0)


def _nearness(parsed: ParsedQuote, first: int, last: int, said: Span) -> float:
    """How many of the question's terms stand near, within `said`, each counted once, less the farther it is."""
    near: dict[str, float] = {}
    for i, token in enumerate(parsed.tokens):
        if token.term and not first <= i <= last and token.span.overlaps(said):
            end = first if i < first else last
            steps = abs(i - end) + _CLAUSE_STEP * abs(token.clause - parsed.tokens[end].clause)
            near[token.term] = max(near.get(token.term, 0.0), token.weight / (1 + steps / 4))
    return sum(near.values())


def _unit_bonus(question: Question, parsed: ParsedQuote, inside: list[int]) -> float:
    """Whether what is counted stands by the figure (“35 casos”, “aumento de 35”) or in its clause."""
    if not question.unit:
        return 0.0
    first, last = inside[0], inside[-1]
    following = parsed.tokens[last + 1 : last + 1 + _UNIT_REACH]
    for gap, token in enumerate(takewhile(lambda token: not token.word[0].isdigit(), following)):
        if token.term == question.unit:
            return 2.0 - 0.2 * gap
    preceding = parsed.tokens[max(0, first - 2) : first]
    if any(token.term == question.unit for token in preceding) and preceding[-1].word not in _AND:
        return 1.5
    if not parsed.foreign and following and following[0].content and not following[0].term:
        return -0.5
    clause = parsed.tokens[last].clause
    return 0.7 * any(token.term == question.unit and token.clause == clause for token in parsed.tokens)


def _prior(question: Question, quote: str, span: Span) -> float:
    """What the words themselves and those around say, whatever the question's other words."""
    before = words(quote[max(0, span.start - 30) : span.start])
    match question.wants:
        case AnswerType.PERSON:
            return _person_prior(span.of(quote), before) * _object_prior(question.text, before[-1:])
        case AnswerType.DATE:
            return _date_prior(set(words(question.text)), [*before[-3:], *words(span.of(quote))[:2]])
        case AnswerType.PLACE:
            return _place_prior(question, [word for word in before[-2:] if word not in _ARTICLES])
        case AnswerType.NUMBER:
            return _number_prior(question, span.of(quote), words(quote[span.end : span.end + 20]))
    return 1.0


def _place_prior(question: Question, before: list[str]) -> float:
    if before[-1:] in (["en"], ["in"], ["em"]):
        return 1.3
    return (
        1.0
        if question.unit or before[-1:] in (["a"], ["desde"], ["hacia"], ["to"], ["from"], ["at"])
        else 0.6
    )


def _number_prior(question: Question, figure: str, after: list[str]) -> float:
    timed = after[:1] and _TIME_UNIT.fullmatch(after[0]) and not set(after[:1]) & set(words(question.text))
    return 0.6 if "%" in figure or timed else 1.0


def _person_prior(name: str, before: list[str]) -> float:
    prior = 1.3 if " " in name else 0.7
    if " ".join(before[-1:]) in _AGENT or " ".join(before[-2:]) in _AGENT:
        return prior * 1.5
    bare = [word for word in before[-2:] if word not in _ARTICLES]
    if is_organisation(name) or bare[-1:] in (["en"], ["in"], ["em"]):
        return prior * 0.5
    return prior * (0.7 if bare[-1:] in (["de"], ["del"], ["of"], ["da"], ["do"]) else 1.0)


def _object_prior(question: str, before: list[str]) -> float:
    """“¿A quién…?” wants a name behind “a” or “para”; “¿quién…?” may find it anywhere."""
    if _TO_WHOM.match(question) is None:
        return 1.0
    return 1.5 if before in _TOWARDS else 0.4


def _date_prior(asked: set[str], near: list[str]) -> float:
    for bound in (_UNTIL, _SINCE):
        if asked & bound:
            return 1.6 if set(near) & bound else 0.8
    return 1.0
