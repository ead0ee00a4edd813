"""Who somebody is and what something is, as sentences say it: appositions, “X es …”, “Full Name (ABC)”."""

import re
from dataclasses import dataclass

from assistant.extraction.candidates import find_persons
from assistant.extraction.markers import ROLES, TITLES, any_of
from assistant.extraction.names import find_names
from assistant.questions.question_words import AnswerType
from assistant.questions.understanding import Question
from index.document import Span
from index.terms import words

_ARTICLE = any_of("el, la, los, las, un, una, unos, unas, the, a, an, o, os, as, um, uma, le, les, une, l’")
_COPULA = any_of(
    "es, son, era, eran, fue, fueron, será, is, are, was, were, é, são, foi, est, sont, significa, means"
)
_ROLE = rf"(?:(?:{_ARTICLE}|al|del|su)\s+)?(?:ex[\s-]?)?(?:{any_of(TITLES)}|{any_of(ROLES)})"
# The nearest role before a name, with nothing but its complement in between.
_ROLE_BEFORE = re.compile(
    rf"(?<!\w)(?P<role>{_ROLE}\b(?:(?!{_ROLE}\b)[^.;:“”«»]){{0,110}}?)(?<!\sdel)(?<!\sde)(?<!\sla)(?<!\sy),?\s+$",
    re.IGNORECASE,
)
_NOUNS_BEFORE = re.compile(
    r"(?<!\w)(?P<role>(?:[Ee]l|[Ll]a|[Tt]he)(?:\s+[a-zß-öø-ÿ]+){1,5})(?<!\sdel)(?<!\sde)(?<!\sof),?\s+$"
)
_PARTICIPLE = rf"(?!{any_of(ROLES)}\b|{any_of(TITLES)}\b)\w+(?:[ai]d[oa]s?|to|ta)\b"
_ROLE_AFTER = re.compile(
    r"(?<!\s)\s*+[,(–—]\s?(?P<role>(?!(?:que|quien|quienes|y|en|con|se|no|de|por|para|cuando|donde|como|según|pues|pero|cuy[oa]s?|ahí|ya|a|al|sin|sobre|tras|desde|who|which|and|in|dijo|"
    r"señaló|aseguró|afirmó|sostuvo|explicó|said)\b|\w+(?:ó|aron|ieron)\b)(?!"
    + _PARTICIPLE
    + r")[a-zß-öø-ÿ][^,;:.()“”«»–—]{4,120})"
)
_IS = re.compile(
    rf"(?<!\s)(?:\s*+\([^()]{{1,40}}\))?\s++{_COPULA}\s+(?P<role>(?!{_PARTICIPLE}|quien|que\b)[^;.]{{4,200}})",
    re.IGNORECASE,
)
# A thing is told by what it is, “…, un programa de …”; other words behind a comma go on with the story.
_KIND_AFTER = re.compile(rf"(?<!\s)\s*+[,(–—]\s?(?P<role>{_ARTICLE}\s+[a-zß-öø-ÿ][^,;:.()“”«»–—]{{4,120}})")
_IN_BRACKETS = re.compile(r"\s\(([^()]{2,15})\)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a quote says its subject is: `lead`, within `span`, which holds the subject as well."""

    span: Span
    lead: Span


def find_identity(question: Question, quote: str) -> Identity | None:
    """What `quote` says of the person or thing that `question` asks about; None where it does not say."""
    for subject in _subjects(question, quote):
        found = _before(question, subject, quote) or _after(question, subject, quote)
        if found is not None:
            return found
    return _spelled_out(question, quote) if question.wants is AnswerType.DEFINITION else None


def _subjects(question: Question, quote: str) -> list[Span]:
    """Where the quote names what is asked about: by its whole name, or for things by the same words."""
    if question.wants is AnswerType.ROLE:
        wanted = set(words(question.names[-1])) if question.names else set()
        return [name for name in find_persons(quote) if wanted and wanted <= set(words(name.of(quote)))]
    return [Span(*match.span()) for match in re.finditer(_thing(question), quote, re.IGNORECASE)]


def _thing(question: Question) -> str:
    """A pattern for the words of “¿qué es …?” without the question's own."""
    tail = re.sub(rf"^.*?\b{_COPULA}\s+(?:{_ARTICLE}\s+)?", "", question.text.strip(" ?¿.!"), count=1)
    return rf"(?<!\w){re.escape(tail)}(?!\w)" if 1 < len(tail) <= 80 else r"(?!)"


def _after(question: Question, subject: Span, quote: str) -> Identity | None:
    for pattern in (_IS, _ROLE_AFTER if question.wants is AnswerType.ROLE else _KIND_AFTER):
        match = pattern.match(quote, subject.end)
        if match is not None:
            end = match.end("role") - (len(match["role"]) - len(match["role"].rstrip(" ,")))
            return Identity(Span(subject.start, end), Span(match.start("role"), end))
    return None


def _before(question: Question, subject: Span, quote: str) -> Identity | None:
    if question.wants is not AnswerType.ROLE:
        return None
    for pattern in (_ROLE_BEFORE, _NOUNS_BEFORE):
        match = pattern.search(quote, max(0, subject.start - 140), subject.start)
        if match is not None:
            return Identity(Span(match.start("role"), subject.end), Span(*match.span("role")))
    return None


def _spelled_out(question: Question, quote: str) -> Identity | None:
    """The full name before an acronym in brackets."""
    for match in _IN_BRACKETS.finditer(quote):
        if set(words(match[1])) <= set(words(question.text)):
            names = [name for name in find_names(quote) if name.end == match.start()]
            return next((Identity(Span(name.start, match.end()), name) for name in names), None)
    return None
