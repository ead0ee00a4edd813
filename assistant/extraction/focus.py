"""The shortest part of a quote that answers a question, and the bare name, date, place or number in it."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from assistant.extraction.candidates import FINDERS
from assistant.extraction.comparisons import compares_rows
from assistant.extraction.complements import complement, named, statement
from assistant.extraction.enumerations import has_partner, joined, to_the_end
from assistant.extraction.figures import MONEY
from assistant.extraction.holder import find_holder
from assistant.extraction.identity import find_identity
from assistant.extraction.labels import figures_that_count
from assistant.extraction.measures import measured
from assistant.extraction.moments import find_moments
from assistant.extraction.parsed_quote import ParsedQuote, parse_quote, trim
from assistant.extraction.ranking import Ranked, rank
from assistant.questions.question_words import IDENTITIES, AnswerType
from assistant.questions.tense import Tense, tense_of
from assistant.questions.understanding import Question
from index.dates import DateExpression, Interval
from index.document import Span

_LONGEST_FOCUS = 160
_MOST_CLAUSES = 5
_LONGEST_RUN = 260
# What joins a clause to the one before is not part of the answer.
_JOINT = re.compile(r"(?:que|y|e|and|that|which|et|qui)\s+", re.IGNORECASE)
# A lone capitalised word behind these is a place or a body (“en Ottawa”, “del Estado”).
_WEAK_BEFORE = re.compile(
    r"(?:^|\b(?:de|del|en|in|of|em|da|do)\s+(?:el\s+|la\s+|los\s+|las\s+)?)$", re.IGNORECASE
)
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
    focus = _focus(question, quote, document_date)
    if focus is None or not compares_rows(question, quote):
        return focus
    return replace(focus, lead=None, moment=None)


def _focus(question: Question, quote: str, document_date: date | None) -> Focus | None:
    parsed = parse_quote(question, quote)
    if question.wants in _UNFOCUSED or not parsed.tokens:
        return None
    if question.wants is AnswerType.DATE:
        return _by_date(question, parsed, find_moments(quote, document_date), document_date)
    if question.office and (holder := find_holder(question, quote)) is not None:
        return Focus(_clause_around(parsed, holder), holder)
    if question.wants in FINDERS:
        found = list(FINDERS[question.wants](quote))
        counting = question.wants is AnswerType.NUMBER
        return _by_kind(question, parsed, figures_that_count(question, quote, found) if counting else found)
    identity = find_identity(question, quote) if question.wants in IDENTITIES else None
    if identity is not None:
        return Focus(_shortened(parsed, identity.span, identity.lead), identity.lead)
    said = statement(parsed) if question.wants is AnswerType.STATEMENT else None
    if said is not None:
        return Focus(_first_clauses(parsed, said))
    return _thing(question, parsed)


def _thing(question: Question, parsed: ParsedQuote) -> Focus:
    """For “what” and “which”: around a name or complement of the noun asked for, or else a run of clauses."""
    ranked = [] if parsed.foreign else rank(question, parsed, named(question, parsed))
    if ranked and _sure(question, ranked):
        return Focus(_clause_around(parsed, ranked[0].span), ranked[0].span)
    lead = complement(question, parsed)
    if lead is not None:
        return Focus(_clause_around(parsed, lead), lead)
    return Focus(_best_run(parsed))


def _by_date(
    question: Question, parsed: ParsedQuote, moments: list[DateExpression], document_date: date | None
) -> Focus:
    """Around a date that may answer. It leads if nothing speaks for another date, which may not."""
    timely = _timely(question, moments, document_date)
    focus = _by_kind(question, parsed, [moment.span for moment in timely])
    if timely != moments and focus.lead != _by_kind(question, parsed, [each.span for each in moments]).lead:
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


def _by_kind(question: Question, parsed: ParsedQuote, candidates: list[Span]) -> Focus:
    """The focus around the best candidate of a kind that can be told by its form."""
    ranked = rank(question, parsed, candidates)
    if not ranked:
        return Focus(_best_run(parsed))
    best, spans = ranked[0].span, [item.span for item in ranked]
    if question.wants in _OPENERS:
        return Focus(_from_marker(parsed, best))
    if question.plural and question.wants in _NAMED:
        best = joined(parsed.quote, spans, best)
    sure = _sure(question, ranked) and _can_lead(question, parsed.quote, best)
    lead = best if sure and _is_whole(question, parsed.quote, spans, best) else None
    if lead is not None and question.wants is AnswerType.NUMBER:
        lead = measured(question, parsed.quote, lead)
    return Focus(_clause_around(parsed, best), lead)


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
            # “50 mil pesos” are no count of houses.
            return not (question.unit and ("%" in words or MONEY.fullmatch(words)))
        case AnswerType.PERSON:
            return " " in words or not _WEAK_BEFORE.search(quote[: span.start])
    return True


def _sure(question: Question, ranked: list[Ranked]) -> bool:
    if question.wants is AnswerType.NUMBER and question.unit and not ranked[0].counted:
        return False
    floor, margin = _SURE.get(question.wants, _SURE_ELSE)
    ahead = len(ranked) == 1 or ranked[0].score >= margin * ranked[1].score
    return ahead and ranked[0].score >= floor


def _clause_around(parsed: ParsedQuote, span: Span) -> Span:
    """The clause that `span` stands in, with the one before it when it holds nothing else."""
    parts = parsed.clauses
    touched = [i for i, part in enumerate(parts) if part.overlaps(span)]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    if parts[first].start >= span.start and first > 0 and parts[last].end <= span.end:
        first -= 1
    wide = Span(min(parts[first].start, span.start), max(parts[last].end, span.end))
    joint = _JOINT.match(parsed.quote, wide.start, span.start)
    wide = Span(joint.end(), wide.end) if joint else wide
    return _shortened(parsed, wide, span)


def _shortened(parsed: ParsedQuote, wide: Span, kept: Span) -> Span:
    """`wide` cut at word borders to about _LONGEST_FOCUS characters around `kept`."""
    if wide.end - wide.start <= _LONGEST_FOCUS:
        return wide
    spare = max(0, _LONGEST_FOCUS - (kept.end - kept.start)) // 2
    low, high = max(wide.start, kept.start - spare), min(wide.end, kept.end + spare)
    starts = [token.span.start for token in parsed.tokens if token.span.start >= low]
    ends = [token.span.end for token in parsed.tokens if token.span.end <= high]
    return Span(min([*starts[:1], kept.start]), max([*ends[-1:], kept.end]))


def _first_clauses(parsed: ParsedQuote, span: Span) -> Span:
    """`span` cut behind its last clause that ends within _LONGEST_RUN characters; else behind its first."""
    ends = [min(part.end, span.end) for part in parsed.clauses if part.end > span.start]
    within = [end for end in ends if end - span.start <= _LONGEST_RUN]
    return Span(span.start, max(within, default=ends[0] if ends else span.end))


def _from_marker(parsed: ParsedQuote, marker: Span) -> Span:
    """From the word that opens a reason or purpose to the end of what it opens."""
    ends = [part.end for part in parsed.clauses if part.end > marker.end]
    return trim(parsed.quote, Span(marker.start, next(iter(ends), marker.end)))


def _best_run(parsed: ParsedQuote) -> Span:
    """The consecutive clauses that say most about the question and add something, yet are short."""
    runs = [run for first in range(len(parsed.clauses)) for run in _runs_from(parsed, first)]
    best = max(runs, key=lambda run: _run_score(parsed, run))
    return to_the_end(parsed.quote, best, _LONGEST_FOCUS)


def _runs_from(parsed: ParsedQuote, first: int) -> list[Span]:
    start = parsed.clauses[first].start
    ends = [part.end for part in parsed.clauses[first : first + _MOST_CLAUSES]]
    return [Span(start, end) for i, end in enumerate(ends) if i == 0 or end - start <= _LONGEST_RUN]


def _run_score(parsed: ParsedQuote, run: Span) -> float:
    inside = [parsed.tokens[i] for i in parsed.inside(run) if parsed.tokens[i].content]
    known = sum({token.term: token.weight for token in inside if token.term}.values())
    new = sum(not token.term for token in inside)
    tail = len(list(takewhile(lambda token: not token.term, reversed(inside))))
    return known + 0.2 * min(new, 6) + 0.15 * min(tail, 4) - 0.012 * (run.end - run.start)
