"""A comparison whose two sides are days: what was said of one topic then, and what later."""

import re
from dataclasses import replace
from datetime import date

from assistant.questions.paired_dates import NamedDays, paired_dates
from assistant.questions.question_dates import names_which
from assistant.questions.sides import Side, compared, looked_for
from assistant.questions.whole import names_nothing
from index.dates import format_date
from index.language.terms import fold

_CHANGED = re.compile(
    r"(?:^|,)[¿¡\s]*(?:(?:en\s+)?qu[eé]\s+(?:(?:ha\s+)?cambi(?:[oó]|ado)|(?:cambios?|diferencias?)\s+(?:hubo|hay|ha\s+habido))"
    r"|c[oó]mo\s+(?:ha\s+)?cambi(?:[oó]|ado)"
    r"|what(?:\s+has)?\s+changed|what\s+(?:changes|differences)\s+(?:were|are)\s+there|how\s+(?:did|has)(?=\s.+\schanged?\b)"
    r"|(?:o\s+que|como)\s+mudou|qu[’']est-ce\s+qui\s+a\s+changé)\s+",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"(?<!\s)\s++changed?\b", re.IGNORECASE)
_JOINT = re.compile(
    r"^\W*(?:y|e|and|et|a|al|con|frente\s+al?|contra|versus|vs\.?|with|to|against|com|avec|de|from)\b",
    re.IGNORECASE,
)
_ARTICLE = r"(?:el|la|los|las|lo|le|les|o|os|as|the|that|those|celui|celle)"
_DANGLING = re.compile(
    rf"(?:(?:^|(?<!\s)\s++)(?:{_ARTICLE}|en|del?|desde|entre|d[ií]as?|on|of|in|from|between|days?|em|no|na|do|da|du|au))"
    r"{1,9}\s*+$",
    re.IGNORECASE,
)
# “Lo dicho sobre el puente” is about the bridge.
_SAID = re.compile(
    r"^(?:al?\s+)?(?:lo\s+(?:que\s+se\s+)?(?:dicho|dijo|dec[ií]a|publicado|public[oó])"
    r"|what\s+was\s+(?:said|published)|o\s+que\s+(?:foi\s+dito|se\s+disse)|ce\s+qui\s+a\s+été\s+dit)\b\s*",
    re.IGNORECASE,
)
_ABOUT = (
    r"sobre|respecto\s+(?:al?|del?)|acerca\s+del?|en\s+cuanto\s+al?|en\s+materia\s+de"
    r"|about|regarding|concerning|sur"
)
_ON = re.compile(rf"^(?:{_ABOUT}|en|on|in|over|em|dans)\s+", re.IGNORECASE)
_MATTER = re.compile(rf"^.*?\s(?:{_ABOUT})\s+", re.IGNORECASE)


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
    spoken = bool(subject) and not clause.named and not _SAID.match(head)
    topic = clause.topic if spoken else subject
    return Side(_said(days, language), topic, not spoken or matter != subject, matter, days.interval)


def _said(days: NamedDays, language: str) -> str:
    return format_date(days.interval, days.grain, language)


def _without_dangling(words: str) -> str:
    return _DANGLING.sub("", words.strip(" ,")).strip(" ,")
