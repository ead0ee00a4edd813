"""Figures and proper names in texts: “un millón 613 mil”, “1.450”, “38.115,00 €”, “US$ 5m”; “Ana Ruiz de la Vega”."""

import re

from index.document import Span
from index.language.lists import any_of, any_phrase
from index.language.terms import STARTERS, fold, is_stop_word

_NUMBERS, _SCALES = any_phrase("figures", "numbers"), any_phrase("figures", "scales")
_TIME_UNITS, _ONES = any_phrase("figures", "time_units"), any_phrase("figures", "ones")
_BETWEEN, _OF = any_phrase("figures", "between"), any_phrase("figures", "of")
_ABOUT, _PER_CENT = any_phrase("figures", "about"), any_phrase("figures", "per_cent")
_CURRENCY_SIGNS = any_of(r"US\s?\$, U\$S, R\$, \$, €, £")
_CURRENCY_CODES = any_of("EUR, USD, GBP, CHF, JPY, MXN, ARS, BRL, CLP, COP, PEN, UYU")
# They stand for thousands and millions only beside a currency: “5 m” alone are metres.
_SHORT_SCALES = any_of(r"k, m, mm, mn, bn, mill\.?")
# Repeated a few times only, or a long row of figures would be read to its end from each of them.
_DIGITS = r"(?:\d+\s?[-–]\s?)?\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d)){0,6}(?:[.,]\d+)?"
_WORDS = rf"{_NUMBERS}(?:\s+(?:y\s+)?{_NUMBERS}){{0,9}}"
_PLAIN = rf"(?:{_DIGITS}|{_WORDS})(?:\s+{_SCALES})?"
# “un millón 613 mil”, “6 mil 400”
_CHAIN = rf"(?:{_DIGITS}|{_WORDS})\s+{_SCALES}(?:\s+{_PLAIN}){{1,6}}"
# Atomic: a row of figures falls into links in exponentially many ways, all of which end at the same place.
_WHOLE = rf"(?:{_CHAIN}|{_PLAIN})(?!\w)"
_APART = r"(?<![\w.,\-])"
FIGURE = rf"(?:{_APART}(?>{_WHOLE}))"
"""A pattern, for any case, of a figure of one or several parts."""

# “5m” and “1.840EUR” are one word.
_AMOUNT = rf"(?>{_DIGITS}(?=[a-z])|{_WHOLE})(?:\s?{_SHORT_SCALES}(?!\w))?"
_SIGN, _CODE, _CURRENCY = _CURRENCY_SIGNS, rf"(?-i:{_CURRENCY_CODES})", any_phrase("figures", "currencies")
# In a row of a table, “11.900,00 € 23.800,00 €”, a sign between two figures is of the one before.
CURRENCY_BEHIND = rf"(?:\s+{_OF})?(?:\s?{_SIGN}(?!\d)|(?<=\d){_SIGN}|\s?{_CODE}\b|\s+{_CURRENCY}\b)"
"""A pattern, for any case, of the currency behind an amount."""

CURRENCY_BEFORE = rf"(?<!\d)(?:{_SIGN}(?!\s)|(?<!\d\s)(?:{_SIGN}|\b{_CODE})\s?)"
"""A pattern, for any case, of the currency before an amount."""

_AHEAD, _BEHIND = rf"{CURRENCY_BEFORE}{_AMOUNT}(?:{CURRENCY_BEHIND})?", rf"{_APART}{_AMOUNT}{CURRENCY_BEHIND}"
MONEY = re.compile(rf"(?:\b{_ABOUT}\s+)?(?:{_BEHIND}|{_AHEAD})", re.IGNORECASE)
"""An amount with its currency, on whichever side it stands."""

_SCALED = re.compile(rf"{_SCALES}\Z", re.IGNORECASE)
_ONE = re.compile(rf"{_ONES}\b", re.IGNORECASE)
_UNIT = rf"(?:\s?(?:[kcm]?m[²³23]?|km/h|ha|k?g|tn?|[mc]?l|[kMGT]Wh?|[KMGT]B|%|‰|°C?|º|{_PER_CENT})(?![\w²³]))"
_PLAIN_FIGURE = re.compile(
    rf"(?:\b{_ABOUT}\s+)?{FIGURE}(?:{_UNIT}|(?:\s+{_BETWEEN}\s+{FIGURE})?\s+{_TIME_UNITS}\b)?",
    re.IGNORECASE,
)


def figures_in(text: str) -> list[Span]:
    """The figures of a text whole, with what is said of their size (“más de”), their currency, unit or span of time."""
    amounts = [Span(*match.span()) for match in MONEY.finditer(text)]
    plain = (Span(*match.span()) for match in _PLAIN_FIGURE.finditer(text))
    counts = [
        span for span in plain if not any(map(span.overlaps, amounts)) and not _ONE.fullmatch(span.of(text))
    ]
    return _joined(text, sorted([*amounts, *counts]))


def _joined(text: str, figures: list[Span]) -> list[Span]:
    """The figures, one behind “mil” or “millones” as one with it: “mil 397”."""
    joined: list[Span] = []
    for span in figures:
        before = joined[-1] if joined else None
        if (
            before
            and not text[before.end : span.start].strip()
            and _SCALED.search(text, before.start, before.end)
        ):
            joined[-1] = Span(before.start, span.end)
        else:
            joined.append(span)
    return joined


_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:{_CAPITAL}[\w’'\-]*\w|{_CAPITAL}\.(?=\s?{_CAPITAL})|{_CAPITAL}\b)"
_PARTICLE = any_phrase("names", "particles")
_NUMERAL = r"(?:\d{1,4}[A-Z]?(?!\w|[.,]\d))"
_PROPER_NAME = re.compile(
    rf"(?<!\w){_WORD}(?:\s+(?:{_WORD}|{_NUMERAL})|\s+{_PARTICLE}\s+{_WORD}|\s+{_PARTICLE}\s+{_PARTICLE}\s+{_WORD})*"
    rf"(?:,\s(?:D\.\s?C\.|D\.\s?F\.|Jr\.))?"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“«¿¡—(\n]\s*)$")
_FIRST = re.compile(rf"([\w’'\-]+)\.?\s*(?:{_PARTICLE}\s+)*")


def find_names(text: str, *, first_counts: bool = True) -> list[Span]:
    """The proper names in `text`, in order.

    A lone capitalised word that begins a sentence is left out when it is a common function word, and in any
    case when `first_counts` is false.
    """
    names = []
    for match in _PROPER_NAME.finditer(text):
        start = _without_function_words(text, match.start(), match.end(), first_counts=first_counts)
        if start < match.end():
            names.append(Span(start, match.end()))
    return names


def _without_function_words(text: str, start: int, end: int, *, first_counts: bool) -> int:
    """Where the name starts once the word that merely begins the sentence (“El”, “Según”) is taken off."""
    if _SENTENCE_START.search(text, max(0, start - 12), start) is None:
        return start
    first = _FIRST.match(text, start, end)
    if first is None or (first[1].isupper() and len(first[1]) > 1):
        return start
    word = fold(first[1])
    common = word in STARTERS or is_stop_word(word)
    lone = not first_counts and first.end() == end
    return first.end() if common or lone else start
