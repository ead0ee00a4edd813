"""Answers that are lists: “Montevideo, Canelones y Salto”."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.document import Span

_BETWEEN = re.compile(
    r"\s*(?:,|;|,?\s(?:y|e|o|u|and|or|et)(?:\s(?:por|de|con|en|a))?)\s+"
    r"(?:(?:el|la|los|las|un|una|the)\s+)?(?:[a-zß-öø-ÿ]+\s+){0,5}"
)
_AND = re.compile(r"\s+(?:y|e|and|et)\s+(?:(?:el|la|los|las|the|o|a|le)\s+)?(?:[a-zß-öø-ÿ]+\s+){0,3}")
_ITEM = r"[^,;:()«»“”\n]{1,70}?"
_REST = re.compile(rf"(?:,\s{_ITEM}){{0,20}}(?<=[^\s]),?\s(?:y|e|o|u|and|or|et)\s{_ITEM}(?=[,;:.()\n]|$)")


def joined(quote: str, spans: Sequence[Span], chosen: Span) -> Span:
    """`chosen` with the other `spans` that stand in one enumeration with it."""
    ordered = sorted(spans)
    at = ordered.index(chosen)
    first = last = at
    while first > 0 and _BETWEEN.fullmatch(quote, ordered[first - 1].end, ordered[first].start):
        first -= 1
    while last + 1 < len(ordered) and _BETWEEN.fullmatch(quote, ordered[last].end, ordered[last + 1].start):
        last += 1
    return Span(ordered[first].start, ordered[last].end)


def has_partner(quote: str, spans: Sequence[Span], chosen: Span) -> bool:
    """Whether another of the `spans` shares what is said of `chosen`: “Vega y el director Sanz”."""
    ordered = sorted({*spans, chosen})
    at = ordered.index(chosen)
    return any(
        _AND.fullmatch(quote, one.end, other.start) is not None
        for one, other in pairwise(ordered[max(0, at - 1) : at + 2])
    )


def to_the_end(quote: str, span: Span, limit: int) -> Span:
    """`span` to the end of the enumeration that goes on behind it, if that ends within `limit` characters."""
    rest = _REST.match(quote, span.end, span.end + limit)
    return Span(span.start, rest.end()) if rest else span
