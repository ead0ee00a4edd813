"""The shortest part of a quote that answers a question, and the bare name, date, place or number in it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from assistant.extraction.candidates import FINDERS
from assistant.extraction.complements import complement, named, statement
from assistant.extraction.enumerations import has_partner, joined, to_the_end
from assistant.extraction.holder import find_holder
from assistant.extraction.identity import find_identity
from assistant.extraction.markers import CURRENCIES, any_of
from assistant.extraction.moments import find_moments
from assistant.extraction.passage import Passage, read_passage, trim
from assistant.extraction.ranking import Ranked, rank
from assistant.questions.question_words import IDENTITIES, AnswerType
from assistant.questions.tense import Tense, tense_of
from assistant.questions.understanding import Question
from index.dates import DateExpression, Interval
from index.documents import Span

_LONGEST_FOCUS = 160
_MOST_CLAUSES = 5
_LONGEST_RUN = 260
# What joins a clause to the one before is not part of the answer.
_JOINT = re.compile(r"(?:que|y|e|and|that|which|et|qui)\s+", re.IGNORECASE)
# A lone capitalised word behind these is a place or a body (“en Ottawa”, “del Estado”).
_WEAK_BEFORE = re.compile(
    r"(?:^|\b(?:de|del|en|in|of|em|da|do)\s+(?:el\s+|la\s+|los\s+|las\s+)?)$", re.IGNORECASE
)
# “50 mil pesos” are no count of houses.
_MONEY_BEHIND = re.compile(rf"\s+(?:de\s+)?{any_of(CURRENCIES)}\b", re.IGNORECASE)
_NAMED = frozenset({AnswerType.PERSON, AnswerType.PLACE})
_OPENERS = frozenset({AnswerType.REASON, AnswerType.PURPOSE})
_LONGEST_OFFICE = 3
_UNFOCUSED = frozenset({AnswerType.SUMMARY, AnswerType.OTHER})
# By kind, the score that the best candidate needs and how many times the second's; chosen for precision on
# development questions (`benchmarks/focus.py` prints what share of the leads is right).
_SURE = {
    AnswerType.PERSON: (0.8, 1.5),
    AnswerType.PLACE: (0.8, 2.0),
    AnswerType.NUMBER: (0.3, 2.0),
    AnswerType.PERCENT: (0.2, 1.3),
}
_SURE_ELSE = (0.2, 1.5)


@dataclass(frozen=True, slots=True)
class Focus:
    """Where a quote answers: `span` the clause, `lead` the words that name the answer, counted in the quote.

    `lead` is None when no single stretch is the answer beyond doubt. `moment` is the date that `lead` names.
    """

    span: Span
    lead: Span | None = None
    moment: DateExpression | None = None


def find_focus(question: Question, quote: str, document_date: date | None) -> Focus | None:
    """Where `quote` answers `question`; None where no part stands out.

    `document_date` is the publication date, against which relative dates are read.
    """
    passage = read_passage(question, quote)
    if question.wants in _UNFOCUSED or not passage.tokens:
        return None
    if question.wants is AnswerType.DATE:
        return _by_date(question, passage, find_moments(quote, document_date), document_date)
    if question.office and (holder := find_holder(question, quote)) is not None:
        return Focus(_clause_around(passage, holder), holder)
    if question.wants in FINDERS:
        return _by_kind(question, passage, list(FINDERS[question.wants](quote)))
    identity = find_identity(question, quote) if question.wants in IDENTITIES else None
    if identity is not None:
        return Focus(_shortened(passage, identity.span, identity.lead), identity.lead)
    said = statement(passage) if question.wants is AnswerType.STATEMENT else None
    if said is not None:
        return Focus(_first_clauses(passage, said))
    return _thing(question, passage)


def _thing(question: Question, passage: Passage) -> Focus:
    """For “what” and “which”: around a name or complement of the noun asked for, or else a run of clauses."""
    ranked = [] if passage.foreign else rank(question, passage, named(question, passage))
    if ranked and _sure(question, ranked):
        return Focus(_clause_around(passage, ranked[0].span), ranked[0].span)
    lead = complement(question, passage)
    if lead is not None:
        return Focus(_clause_around(passage, lead), lead)
    return Focus(_best_run(passage))


def _by_date(
    question: Question, passage: Passage, moments: list[DateExpression], document_date: date | None
) -> Focus:
    """Around a date that may answer. It leads if nothing speaks for another date, which may not."""
    timely = _timely(question, moments, document_date)
    focus = _by_kind(question, passage, [moment.span for moment in timely])
    if timely != moments and focus.lead != _by_kind(question, passage, [each.span for each in moments]).lead:
        return replace(focus, lead=None)
    return replace(focus, moment=next((moment for moment in moments if moment.span == focus.lead), None))


def _timely(
    question: Question, moments: list[DateExpression], document_date: date | None
) -> list[DateExpression]:
    """The dates that a document may give for what has happened, if that is asked, or for what is to come."""
    tense = tense_of(question.text)
    if tense is None or document_date is None:
        return moments
    known = Interval(None, document_date) if tense is Tense.PAST else Interval(document_date, None)
    return [each for each in moments if not each.sure or each.interval.overlaps(known)]


def _by_kind(question: Question, passage: Passage, candidates: list[Span]) -> Focus:
    """The focus around the best candidate of a kind that can be told by its form."""
    ranked = rank(question, passage, candidates)
    if not ranked:
        return Focus(_best_run(passage))
    best, spans = ranked[0].span, [item.span for item in ranked]
    if question.wants in _OPENERS:
        return Focus(_from_marker(passage, best))
    if question.plural and question.wants in _NAMED:
        best = joined(passage.quote, spans, best)
    sure = _sure(question, ranked) and _can_lead(question, passage.quote, best)
    lead = best if sure and _is_whole(question, passage.quote, spans, best) else None
    return Focus(_clause_around(passage, best), lead)


def _is_whole(question: Question, quote: str, candidates: list[Span], span: Span) -> bool:
    """Whether a name is all that “¿quién…?” asks for, and not one of two who did it together.

    Who holds an office is told by it and not by standing near (`find_holder`); more words tell of a deed.
    """
    if question.office and len(question.terms) <= _LONGEST_OFFICE:
        return False
    one_asked = question.wants is AnswerType.PERSON and not question.plural
    return not (one_asked and has_partner(quote, candidates, span))


def _can_lead(question: Question, quote: str, span: Span) -> bool:
    """Whether the form of a candidate leaves no doubt that it is of the kind wanted.

    A place must be named, a count is no percentage, and a lone word that begins the sentence may be no name.
    """
    words = span.of(quote)
    match question.wants:
        case AnswerType.PLACE:
            return not words[0].islower()
        case AnswerType.NUMBER:
            return not (question.unit and ("%" in words or _MONEY_BEHIND.match(quote, span.end)))
        case AnswerType.PERSON:
            return " " in words or not _WEAK_BEFORE.search(quote[: span.start])
    return True


def _sure(question: Question, ranked: list[Ranked]) -> bool:
    if question.wants is AnswerType.NUMBER and question.unit and not ranked[0].counted:
        return False
    floor, margin = _SURE.get(question.wants, _SURE_ELSE)
    ahead = len(ranked) == 1 or ranked[0].score >= margin * ranked[1].score
    return ahead and ranked[0].score >= floor


def _clause_around(passage: Passage, span: Span) -> Span:
    """The clause that `span` stands in, with the one before it when it holds nothing else."""
    parts = passage.clauses
    touched = [i for i, part in enumerate(parts) if part.overlaps(span)]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    if parts[first].start >= span.start and first > 0 and parts[last].end <= span.end:
        first -= 1
    wide = Span(min(parts[first].start, span.start), max(parts[last].end, span.end))
    joint = _JOINT.match(passage.quote, wide.start, span.start)
    wide = Span(joint.end(), wide.end) if joint else wide
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


def _first_clauses(passage: Passage, span: Span) -> Span:
    """`span` cut behind its last clause that ends within _LONGEST_RUN characters; else behind its first."""
    ends = [min(part.end, span.end) for part in passage.clauses if part.end > span.start]
    within = [end for end in ends if end - span.start <= _LONGEST_RUN]
    return Span(span.start, max(within, default=ends[0] if ends else span.end))


def _from_marker(passage: Passage, marker: Span) -> Span:
    """From the word that opens a reason or purpose to the end of what it opens."""
    ends = [part.end for part in passage.clauses if part.end > marker.end]
    return trim(passage.quote, Span(marker.start, next(iter(ends), marker.end)))


def _best_run(passage: Passage) -> Span:
    """The consecutive clauses that say most about the question and add something, yet are short."""
    runs = [run for first in range(len(passage.clauses)) for run in _runs_from(passage, first)]
    best = max(runs, key=lambda run: _run_score(passage, run))
    return to_the_end(passage.quote, best, _LONGEST_FOCUS)


def _runs_from(passage: Passage, first: int) -> list[Span]:
    start = passage.clauses[first].start
    ends = [part.end for part in passage.clauses[first : first + _MOST_CLAUSES]]
    return [Span(start, end) for i, end in enumerate(ends) if i == 0 or end - start <= _LONGEST_RUN]


def _run_score(passage: Passage, run: Span) -> float:
    inside = [passage.tokens[i] for i in passage.inside(run) if passage.tokens[i].content]
    known = sum({token.term: token.weight for token in inside if token.term}.values())
    new = sum(not token.term for token in inside)
    tail = len(list(takewhile(lambda token: not token.term, reversed(inside))))
    return known + 0.2 * min(new, 6) + 0.15 * min(tail, 4) - 0.012 * (run.end - run.start)
