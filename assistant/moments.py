"""Dates in a quote, as candidates for an answer."""

import re
from collections.abc import Iterator

from index.documents import Span

_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|janeiro|fevereiro|março|maio|junho|julho|"
    r"setembro|outubro|novembro|dezembro|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|décembre)"
)
_DAY = (
    r"(?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_DATE = re.compile(
    rf"\b(?:(?:{_DAY},?\s+)?\d{{1,2}}º?\s+(?:de\s+)?{_MONTH}(?:\s+(?:de|del)?\s*\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?|"
    rf"(?:(?:fines|finales|mediados|comienzos|principios|inicios)\s+de\s+)?{_MONTH}(?:\s+(?:de|del)?\s*\d{{4}})?|"
    rf"(?:este|el\s+próximo|el\s+pasado|el|los)\s+{_DAY}(?:\s+(?:pasado|próximo|\d{{1,2}}))?|{_DAY}(?:\s+\d{{1,2}})?|"
    rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|(?:siglo|century)\s+[IVXLC]+|(?:1[0-9]|20)\d{{2}}(?:\s?[-–]\s?\d{{2,4}})?|"
    rf"ayer|anteayer|hoy|mañana|anoche|yesterday|today|tomorrow|ontem|hoje|amanhã)\b",
    re.IGNORECASE,
)


def find_moments(quote: str) -> Iterator[Span]:
    """Where dates stand in `quote`."""
    return (Span(*match.span()) for match in _DATE.finditer(quote))
