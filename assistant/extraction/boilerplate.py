"""Lines that prove nothing: what surrounds a text (credits, bylines, datelines, pointers), and planted orders."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.extraction.moments import undated_moments
from index.dates import Grain
from index.language.lists import any_phrase
from index.language.mentions import find_names
from index.language.terms import fold, words


def _any(role: str) -> str:
    return any_phrase("furniture", role)


# A bare imperative is ordinary prose: only what is said to an assistant about its orders or its answers counts.
_PLANTED = re.compile(
    rf"\b{_any('forget')}\b.{{0,40}}\b{_any('rules')}"
    rf"|\b{_any('orders')}\b.{{0,40}}\b{_any('your')} (?:{_any('coming')} )?{_any('answers')}\b"
    rf"|\b(?:{_any('you_are')} (?:{_any('a')} )?{_any('machines')}|{_any('as_a_machine')})\b|\bsystem prompt\b"
)


def speaks_to_the_writer(quote: str) -> bool:
    """Whether a quote gives orders to an assistant: “ignora las instrucciones anteriores”."""
    return _PLANTED.search(" ".join(fold(quote).split())) is not None


_LONGEST_DATELINE = 100
_LONGEST_CREDIT = 100
_LONGEST_POINTER = 200
# Of a caption, which tells something, there is more behind “Foto:”.
_MOST_CREDITED = 6
_CREDIT = re.compile(
    rf"\W*(?:{_any('beside_pictures')}\s+{_any('and')}\s+)?{_any('pictures')}(?:\s+{_any('of_the_files')})?\s*[:;/|]"
    r"(?P<credited>[^!?…]*)",
    re.IGNORECASE,
)
# “Ricardo Antúnez, adhocFOTOS”
_CREDIT_BEHIND = re.compile(
    rf"(?P<names>[^.;:!?]{{3,60}})[,/|]\s*\w{{0,20}}{_any('pictures_behind')}\W*", re.IGNORECASE
)
_BYLINE = re.compile(
    rf"[^\w¿¡]*(?:(?P<by>{_any('by')})\s+|{_any('written_by')}\b[\s:]*)(?P<names>.*)", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(rf"[\W_]*(?:{_any('between_names')}\b[\W_]*)*", re.IGNORECASE)
_POINTER = re.compile(rf"\W*(?:{_any('go_on')}\s+{_any('more')}\b|{_any('elsewhere')})", re.IGNORECASE)
# Flattened pages glue a pointer to the sentence behind it: “… protección socialDe acuerdo con …”.
_GLUED = re.compile(r"(?:[a-zß-öø-ÿ\d”»\"]|[A-ZÀ-ÖØ-Þ]{2})[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]")
# The places before a date are kept as first read: their points may also end them, in exponentially many ways.
_DATED = re.compile(
    rf"\W*(?i:{_any('published')}(?:\s+{_any('behind_published')})?\b\W*)?"
    rf"(?:[A-ZÀ-ÖØ-Þ][\w.]*(?:\s+(?:{_any('in_places')}\s+)*[A-ZÀ-ÖØ-Þ][\w.]*)*[,.]\s*)*+"
    rf"(?:{_any('before_days')}\s+)?\0[\W\0]*"
    rf"(?:(?:{_any('before_hours')}|[|–-])?\s*\d{{1,2}}[:.]\d{{2}}(?:\s*[ap]\.?\s?m\.?|\s*hr?s?)?)?\W*"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of such lines: whether a line is one, and what a question for just that holds."""

    is_one: Callable[[str], bool]
    asked_for: re.Pattern[str]


def is_boilerplate(line: str, question: str = "") -> bool:
    """Whether a line only surrounds a text, and is not what `question` asks for (“¿quién tomó la foto?”)."""
    spaced = " ".join(line.split())
    return any(kind.is_one(spaced) and not kind.asked_for.search(question) for kind in _KINDS)


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        return False
    if (behind := _CREDIT_BEHIND.fullmatch(line)) is not None:
        return _are_names(behind["names"])
    credit = _CREDIT.fullmatch(line)
    return credit is not None and len(words(credit["credited"])) <= _MOST_CREDITED


def _is_byline(line: str) -> bool:
    byline = _BYLINE.fullmatch(line)
    if byline is None:
        return False
    return _are_names(byline["names"]) and not (byline["by"] and len(words(line)) < 3)


def _are_names(text: str) -> bool:
    """Whether words are nothing but names, and what stands between them."""
    for name in reversed(find_names(text)):
        text = text[: name.start] + text[name.end :]
    return _BETWEEN_NAMES.fullmatch(text) is not None


def _is_pointer(line: str) -> bool:
    elsewhere = len(line) <= _LONGEST_POINTER and _POINTER.match(line) is not None
    return elsewhere and _GLUED.search(line) is None


def _is_dateline(line: str) -> bool:
    if len(line) > _LONGEST_DATELINE or not any(map(str.isdigit, line)):
        return False
    undated = line
    for moment in reversed(undated_moments(line)):
        if moment.grain is Grain.DAY:
            undated = f"{undated[: moment.span.start]}\0{undated[moment.span.end :]}"
    return "\0" in undated and _DATED.fullmatch(undated) is not None


def _asked(role: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(role)}", re.IGNORECASE)


_KINDS = (
    _Kind(_is_credit, _asked("asks_for_pictures")),
    _Kind(_is_byline, _asked("asks_for_writers")),
    _Kind(_is_dateline, _asked("asks_for_days")),
    _Kind(_is_pointer, re.compile(r"(?!)")),
)
