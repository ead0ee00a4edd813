"""The two things that a question wants compared, which may be days: what was said of one topic then, and what later."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.questions.question_dates import names_which, published_days
from assistant.questions.question_parts import spoken
from assistant.questions.subject import names_nothing
from index.dates import DateExpression, Grain, Interval, find_dates, format_date, month_names
from index.dates.choose import Partial, complete
from index.document import Span
from index.language.lists import any_of, any_phrase, role_of
from index.language.mentions import find_names
from index.language.terms import fold


def _comparing(role: str) -> str:
    return any_phrase("comparing", role)


_ASKED = re.compile(rf"[¿¡\s]*(?:{_comparing('please')}\s+)?{_comparing('comparing')}\s+", re.IGNORECASE)
_AGAINST = re.compile(rf"(?<!\s)\s++{_comparing('against')}\s+", re.IGNORECASE)
_AND = re.compile(rf"(?<!\s)\s++{_comparing('and')}\s+", re.IGNORECASE)
_DIFFER = re.compile(rf"(?<!\s)\s++{_comparing('differ')}\b", re.IGNORECASE)
_TAIL = re.compile(rf"(?<!\s)\s++(?={_comparing('tails')}\s)", re.IGNORECASE)
# "the plan of the one and that of the other"
_ELLIPSIS = re.compile(rf"(?P<article>{spoken('articles')})\s+(?={spoken('of')}\s)", re.IGNORECASE)
_NOUN = re.compile(rf"{spoken('articles')}\s+\w+(?=\s+{spoken('of')}\s)", re.IGNORECASE)
# "what Rubio demands" is looked for as the question that it answers.
_CLAUSES = tuple(
    (
        re.compile(rf"{any_of(opening)}\b\s*(?=\w)", re.IGNORECASE),
        role_of("comparing", "clause_questions")[language],
    )
    for language, opening in role_of("comparing", "clauses").items()
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: as it is called, and what to look for.

    `named` is false for a clause (“lo que exige Rubio”), which what tells of it need not repeat. What tells of
    a side says `subject`, its label if that is empty. A side with `days` is looked for in what was published
    then; its topic is empty if it is all of that.
    """

    label: str
    topic: str
    named: bool = True
    subject: str = ""
    days: Interval | None = None


def sides_of(question: str) -> tuple[Side, ...]:
    """The two sides of a question that asks to compare; none of any other question."""
    body = compared(question)
    if body is None:
        return ()
    joint = _AGAINST.search(body) or _middle(body)
    if joint is None:
        return ()
    one, other = body[: joint.start()].strip(" ,"), body[joint.end() :].strip(" ,")
    other, tail = _without_tail(one, other)
    one, head = _without_head(one, other)
    if ellipsis := _ELLIPSIS.match(other):
        other = f"{_noun_of(one) or ellipsis['article']} {other[ellipsis.end() :]}"
    return tuple(looked_for(label, head, tail) for label in (one, other))


def compared(question: str) -> str | None:
    """What a question asks to compare, without the words that ask it; None of any other question."""
    asked = _ASKED.match(question)
    return None if asked is None else _DIFFER.sub("", question[asked.end() :].strip(" ?.!"))


def looked_for(label: str, head: str, tail: str) -> Side:
    """A side called `label`, between the words that are said of both sides."""
    for opening, asked in _CLAUSES:
        if clause := opening.match(label):
            topic = asked.format(f"{label[clause.end() :]} {tail}".strip())
            return Side(label, topic, named=False)
    return Side(label, f"{head} {label} {tail}".strip())


def _middle(body: str) -> re.Match[str] | None:
    """The “and” that parts a body most evenly: a name may hold one too."""
    joints = [joint for joint in _AND.finditer(body) if not _is_within_a_name(body, joint)]
    return min(joints, key=lambda joint: abs(2 * joint.start() - len(body)), default=None)


def _is_within_a_name(body: str, joint: re.Match[str]) -> bool:
    return any(name.start < joint.start() and joint.end() < name.end for name in find_names(body))


def _without_tail(one: str, other: str) -> tuple[str, str]:
    """The other side apart from what is said of both, as in “Canadá y México en seguridad”."""
    tail = None if _TAIL.search(one) else _TAIL.search(other)
    return (other, "") if tail is None else (other[: tail.start()], other[tail.end() :])


def _without_head(one: str, other: str) -> tuple[str, str]:
    """The first side apart from what is said of both, as in “la economía de Brasil y Argentina”."""
    names = find_names(one)
    if not names or names[-1].end != len(one) or not _is_name(other):
        return one, ""
    return one[names[-1].start :], one[: names[-1].start].strip()


def _is_name(text: str) -> bool:
    return any(name.start == 0 and name.end == len(text) for name in find_names(text))


def _noun_of(side: str) -> str:
    """The noun that a side begins with, with its article; empty if it begins otherwise."""
    noun = _NOUN.match(side)
    return noun[0] if noun else ""


_NUMBER = rf"(?<![\w.,:/-])(?:0?[1-9]|[12]\d|3[01]){_comparing('ordinals')}?(?![\w%/:-]|[.,]\d)"
# A number by itself is a day only where no noun follows that it counts.
_ALONE = rf"(?=\W*$|\s*,|\s+{_comparing('behind_days')}\b)"
_BETWEEN = re.compile(rf"\b{_comparing('between')}\b", re.IGNORECASE)
_CHANGED = re.compile(rf"(?:^|,)[¿¡\s]*{_comparing('changed')}\s+", re.IGNORECASE)
_CHANGE = re.compile(rf"(?<!\s)\s++{_comparing('change')}\b", re.IGNORECASE)
_JOINT = re.compile(
    rf"\W*(?:{_comparing('and')}|{_comparing('against')}|{_comparing('to')})\b", re.IGNORECASE
)
_DANGLING = re.compile(rf"(?:(?:^|(?<!\s)\s++){_comparing('before_days')}){{1,9}}\s*+$", re.IGNORECASE)
_SAID = re.compile(rf"^{_comparing('said')}\b\s*", re.IGNORECASE)
_ON = re.compile(rf"^(?:{_comparing('about')}|{_comparing('on')})\s+", re.IGNORECASE)
_MATTER = re.compile(rf"^.*?\s{_comparing('about')}\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Words of a question that name days, by where they stand, and the days."""

    span: Span
    interval: Interval
    grain: Grain


@dataclass(frozen=True, slots=True)
class _Written:
    """A date written as a number and a month, as far as its words say it."""

    span: Span
    partial: Partial


def paired_dates(
    text: str, language: str, as_of: date, newest: date | None = None
) -> tuple[NamedDays, NamedDays] | None:
    """The two dates of a text in order, as seen from `as_of`; None if it has fewer or more, or one to come.

    Each lends the other its month and year. Dates without year are next to each other, one of them the last that
    is not after `newest`, the day of the newest document, if that is known, nor in the future.
    """
    named = _named_days(text, language, as_of, min(as_of, newest or as_of))
    if len(named) != 2 or any(each.interval.start is None or each.interval.start > as_of for each in named):
        return None
    one, other = sorted(named, key=lambda each: each.span.start)
    return one, other


def _named_days(text: str, language: str, as_of: date, newest: date) -> list[NamedDays]:
    """All dates of a text: those of numbers and months, and what else the grammar of dates finds."""
    unbound = _BETWEEN.sub(lambda between: " " * len(between[0]), text)
    found = find_dates(unbound, as_of, language)
    read = _written(unbound, language)
    # What is found over two dates is a range, and says nothing of either.
    apart = [e for e in found if sum(e.span.overlaps(date_.span) for date_ in read) == 1]
    kept = [date_ for date_ in read if not any(_says_more(other, date_) for other in apart)]
    rest = [e for e in found if not any(e.span.overlaps(date_.span) for date_ in kept)]
    written = _completed([_with_its_words(date_, apart) for date_ in kept], as_of, newest)
    return [*written, *(_named(expression, as_of) for expression in rest)]


def _written(text: str, language: str) -> list[_Written]:
    """The dates of numbers and months; none if no month is named."""
    months = month_names(language)
    if not months:
        return []
    # Python's patterns take “ſ” for an s and “ı” for an i where case is ignored, and those spell no month.
    matches = (m for m in _pattern(months).finditer(text) if (m["month"] or months[0]).lower() in months)
    written = [_read(match, months) for match in matches]
    return written if any(date_.partial.month for date_ in written) else []


@cache
def _pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    month = rf"\b(?P<month>{'|'.join(months)})\b"
    year = rf"(?:,?\s+(?:{spoken('of')}\s+)?(?P<year>(?:19|20)\d\d)\b)?"
    dated = rf"(?:(?P<before>{_NUMBER})\s+(?:{_comparing('of_month')}\s*)?)?{month}(?:\s+(?P<after>{_NUMBER}))?{year}"
    return re.compile(rf"{dated}|(?P<alone>{_NUMBER}){_ALONE}", re.IGNORECASE)


def _read(match: re.Match[str], months: tuple[str, ...]) -> _Written:
    day = match["before"] or match["after"] or match["alone"]
    partial = Partial(
        year=int(match["year"]) if match["year"] else None,
        month=months.index(match["month"].lower()) + 1 if match["month"] else None,
        day=int(re.sub(r"\D", "", day)) if day else None,
    )
    return _Written(Span(match.start(), match.end()), partial)


def _with_its_words(written: _Written, found: list[DateExpression]) -> _Written:
    """With the weekday and the article before it, which the grammar of dates reads as one with it."""
    same = [e for e in found if e.span.overlaps(written.span) and e.grain is _grain(written.partial)]
    starts = [written.span.start, *(expression.span.start for expression in same)]
    return replace(written, span=Span(min(starts), written.span.end))


def _says_more(expression: DateExpression, written: _Written) -> bool:
    """Whether the words are of another period: “la primera semana de enero”."""
    return expression.span.holds(written.span) and expression.grain is not _grain(written.partial)


def _grain(partial: Partial) -> Grain:
    return Grain.MONTH if partial.day is None else Grain.DAY


def _completed(written: list[_Written], as_of: date, newest: date) -> list[NamedDays]:
    """The dates with what each lends the other, and their years."""
    partials = [date_.partial for date_ in written]
    if len(partials) == 2:
        one, other = partials
        partials = _near_each_other([_lent(one, other), _lent(other, one)], as_of, newest)
    said = [_last(partial, newest) for partial in partials]
    named = zip(written, said, strict=True)
    return [NamedDays(w.span, days, _grain(p)) for w, p in named if (days := complete(p)) is not None]


def _lent(borrower: Partial, lender: Partial) -> Partial:
    return replace(
        borrower,
        month=lender.month if borrower.month is None else borrower.month,
        year=lender.year if borrower.year is None else borrower.year,
    )


def _near_each_other(partials: list[Partial], as_of: date, newest: date) -> list[Partial]:
    """The dates in years that put them next to each other: “diciembre y enero” are of two years."""
    latest = max((_last(partial, newest) for partial in partials), key=_place)
    return [partial if partial.year else _near(partial, latest, as_of) for partial in partials]


def _near(partial: Partial, other: Partial, as_of: date) -> Partial:
    """The date in the year nearest to the other, and not in the future unless it is of the same month."""
    if partial.month == other.month:
        return replace(partial, year=other.year)
    of_years = [replace(partial, year=(other.year or as_of.year) + shift) for shift in (-1, 0, 1)]
    past = [each for each in of_years if _place(each) <= (as_of.year, as_of.month, as_of.day)]
    return min(past, key=lambda each: abs(_months(each) - _months(other)))


def _last(partial: Partial, newest: date) -> Partial:
    """The date, of the last year that it was in if it says none."""
    if partial.year is not None:
        return partial
    past = (partial.month or 1, partial.day or 1) <= (newest.month, newest.day)
    return replace(partial, year=newest.year if past else newest.year - 1)


def _place(partial: Partial) -> tuple[int, int, int]:
    return partial.year or 0, partial.month or 1, partial.day or 1


def _months(partial: Partial) -> int:
    year, month, _ = _place(partial)
    return year * 12 + month


def _named(expression: DateExpression, as_of: date) -> NamedDays:
    return NamedDays(expression.span, published_days(expression, as_of), expression.grain)


def day_sides_of(question: str, language: str, as_of: date, newest: date | None = None) -> tuple[Side, ...]:
    """The two sides of a question that compares days, as seen from `as_of`; none of any other question.

    `newest` is the day of the newest document, if that is known: days without year are not after it. What the
    question asks about stands before the dates or behind them, and counts for both.
    """
    body = _asked(question)
    pair = paired_dates(body, language, as_of, newest)
    if pair is None:
        return ()
    before = body[: pair[0].span.start]
    between = body[pair[0].span.end : pair[1].span.start]
    after = body[pair[1].span.end :].strip(" ,")
    if not _joins(between, before):
        return ()
    head = _without_dangling(before)
    if names_which(before, pair[0].grain):
        named = (looked_for(f"{before}{_said(days, language)}", "", after) for days in pair)
        return tuple(replace(side, subject=head) for side in named)
    return tuple(_side(days, head, after, language) for days in pair)


def _asked(question: str) -> str:
    """What a question asks to compare; empty if it asks something else."""
    if body := compared(question):
        return body
    changed = _CHANGED.search(question)
    if changed is None:
        return ""
    return _CHANGE.sub("", f"{question[: changed.start()]} {question[changed.end() :]}".strip(" ¿?.!"))


def _joins(between: str, before: str) -> bool:
    """Whether the words between two dates only join them, or say again what stands before the first."""
    joint = _JOINT.match(between)
    if joint is None:
        return False
    again = _without_dangling(between[joint.end() :])
    return not again or fold(again) == fold(_without_dangling(before))


def _side(days: NamedDays, head: str, tail: str, language: str) -> Side:
    subject = _ON.sub("", f"{_SAID.sub('', head)} {tail}".strip())
    if names_nothing(subject, language):
        subject = ""
    clause, matter = looked_for(head, "", tail), _MATTER.sub("", subject)
    is_clause = bool(subject) and not clause.named and not _SAID.match(head)
    topic = clause.topic if is_clause else subject
    return Side(_said(days, language), topic, not is_clause or matter != subject, matter, days.interval)


def _said(days: NamedDays, language: str) -> str:
    return format_date(days.interval, days.grain, language)


def _without_dangling(words: str) -> str:
    return _DANGLING.sub("", words.strip(" ,")).strip(" ,")
