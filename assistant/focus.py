"""The shortest part of a quote that answers a question, and the bare name, date, place or number in it."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.candidates import FINDERS
from assistant.passage import Passage, read_passage, trim
from assistant.question_words import AnswerType
from assistant.questions import Question
from assistant.ranking import Ranked, rank
from index.documents import Span

_LONGEST_FOCUS = 160
_OPENERS = frozenset({AnswerType.REASON, AnswerType.PURPOSE})
_UNFOCUSED = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
_SURE_SCORE = 0.5
_SURE_MARGIN = 1.25
_ITEMS = re.compile(
    r"(?:,\s[^,;.:()]{1,60}){0,15}(?:,?\s(?:y|e|o|u|and|or|et)\s[^,;.:()]{1,60}?(?=[,;.:()\s]|$))"
)


@dataclass(frozen=True, slots=True)
class Focus:
    """Where a quote answers: `span` the clause, `lead` the words that name the answer, counted in the quote.

    `lead` is None when no single stretch is the answer beyond doubt.
    """

    span: Span
    lead: Span | None = None


def find_focus(question: Question, quote: str, document_date: date | None) -> Focus | None:
    """Where `quote` answers `question`; None where no part stands out.

    `document_date` is the publication date, against which relative dates are read.
    """
    passage = read_passage(question, quote)
    if question.wants in _UNFOCUSED or not passage.tokens:
        return None
    finder = FINDERS.get(question.wants)
    ranked = rank(question, passage, list(finder(quote))) if finder else []
    if not ranked:
        return Focus(_best_clause(passage))
    best = ranked[0].span
    if question.wants in _OPENERS:
        return Focus(_from_marker(passage, best))
    return Focus(_clause_around(passage, best), best if _sure(ranked) else None)


def _sure(ranked: list[Ranked]) -> bool:
    ahead = len(ranked) == 1 or ranked[0].score >= _SURE_MARGIN * ranked[1].score
    return ahead and ranked[0].score >= _SURE_SCORE


def _clause_around(passage: Passage, span: Span) -> Span:
    """The clause that `span` stands in, with the one before it when it holds nothing else."""
    parts = passage.clauses
    touched = [i for i, part in enumerate(parts) if part.start < span.end and part.end > span.start]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    if parts[first].start >= span.start and first > 0 and parts[last].end <= span.end:
        first -= 1
    wide = Span(min(parts[first].start, span.start), max(parts[last].end, span.end))
    return _shortened(passage, wide, span)


def _shortened(passage: Passage, wide: Span, kept: Span) -> Span:
    """`wide` cut at word borders to about _LONGEST_FOCUS characters around `kept`."""
    if wide.end - wide.start <= _LONGEST_FOCUS:
        return wide
    spare = max(0, _LONGEST_FOCUS - (kept.end - kept.start)) // 2
    low, high = max(wide.start, kept.start - spare), min(wide.end, kept.end + spare)
    starts = [token.span.start for token in passage.tokens if token.span.start >= low]
    ends = [token.span.end for token in passage.tokens if token.span.end <= high]
    return Span(min([*starts[:1], kept.start]), max([*ends[-1:], kept.end]))


def _from_marker(passage: Passage, marker: Span) -> Span:
    """From the word that opens a reason or purpose to the end of what it opens."""
    ends = [part.end for part in passage.clauses if part.end > marker.end]
    return trim(passage.quote, Span(marker.start, next(iter(ends), marker.end)))


def _best_clause(passage: Passage) -> Span:
    """The clause that says most about the question and adds something of its own."""
    return max(passage.clauses, key=lambda part: _clause_score(passage, part))


def _clause_score(passage: Passage, part: Span) -> float:
    inside = [passage.tokens[i] for i in passage.inside(part) if passage.tokens[i].content]
    known = sum({token.term: token.weight for token in inside if token.term}.values())
    new = sum(not token.term for token in inside)
    return known + 0.5 * min(new, 4)
