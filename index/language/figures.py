"""Figures as texts write them: “un millón 613 mil”, “1.450”, and with a currency “38.115,00 €”, “US$ 5m”."""

import re

from index.document import Span


def any_of(phrases: str) -> str:
    """A pattern for any of the comma-separated `phrases`, longest first, any space between words."""
    parts = sorted((part.strip() for part in phrases.split(",") if part.strip()), key=len, reverse=True)
    return "(?:" + "|".join(re.sub(r"\\?\s+", r"\\s+", part) for part in parts) + ")"


NUMBER_WORDS = r"""
    un, uno, una, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece,
    catorce, quince, dieci\w+, veint\w+, treinta, cuarenta, cincuenta, sesenta, setenta, ochenta,
    noventa, cien, ciento, \w+cientos, \w+cientas, quinientos, quinientas, mil, cientos, miles,
    millones, ninguno, ninguna, ambos, la mitad, mitad, tercio, one, two, three, four, five, six, seven,
    eight, nine, ten, eleven, twelve, \w+teen, twenty, thirty, forty, fifty, sixty, seventy,
    eighty, ninety, hundreds, thousands, both, half, dois, duas, três, quatro, sete, oito, nove,
    dez, deux, trois, quatre, cinq, sept, huit, neuf, dix
"""
SCALES = r"""
    mil, mil millones, millón, millones, millón y medio, billón, billones, y media, y medio,
    million, billion, trillion, thousand, hundred, milhão, milhões, bilhões, mille, millions,
    milliards
"""
CURRENCIES = r"""
    pesos, pesos mexicanos, pesos argentinos, pesos uruguayos, pesos chilenos, pesos colombianos,
    dólares, euros, soles, reales, dollars, pounds, libras, yuanes, yenes, reais, dólar, dollar, euro
"""
CURRENCY_SIGNS = r"US\s?\$, U\$S, R\$, \$, €, £"
CURRENCY_CODES = "EUR, USD, GBP, CHF, JPY, MXN, ARS, BRL, CLP, COP, PEN, UYU"
# They stand for thousands and millions only beside a currency: “5 m” alone are metres.
SHORT_SCALES = r"k, m, mm, mn, bn, mill\.?"
TIME_UNITS = r"""
    segundo, segundos, minuto, minutos, hora, horas, día, días, semana, semanas, mes, meses, año,
    años, década, décadas, siglo, siglos, second, seconds, minute, minutes, hour, hours, day,
    days, week, weeks, month, months, year, years, decades, centuries, dia, dias, mês, ano, anos,
    jour, jours, semaines, mois, ans
"""
TITLES = r"""
    secretario, secretaria, ministro, ministra, presidente, presidenta, expresidente,
    vicepresidente, canciller, gobernador, gobernadora, alcalde, alcaldesa, senador, senadora,
    diputado, diputada, director, directora, general, rey, reina, papa, doctor, doctora,
    intendente, intendenta, jefe, jefa, embajador, embajadora, secretary, president, minister,
    senator, governor, mayor, king, queen, pope, sr, sra, dr, dra, lic, ing, mr, mrs, ms, prof
"""
ABOUT = """
    más de, menos de, cerca de, alrededor de, casi, unos, unas, hasta, al menos, aproximadamente,
    about, over, more than, less than, up to, nearly, almost, at least, mais de, plus de, moins
    de, environ
"""
PER_CENT = "por ciento, percent, per cent, por cento, pour cent"


# Repeated a few times only, or a long row of figures would be read to its end from each of them.
_DIGITS = r"(?:\d+\s?[-–]\s?)?\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d)){0,6}(?:[.,]\d+)?"
_WORDS = rf"{any_of(NUMBER_WORDS)}(?:\s+(?:y\s+)?{any_of(NUMBER_WORDS)}){{0,9}}"
_PLAIN = rf"(?:{_DIGITS}|{_WORDS})(?:\s+{any_of(SCALES)})?"
# “un millón 613 mil”, “6 mil 400”
_CHAIN = rf"(?:{_DIGITS}|{_WORDS})\s+{any_of(SCALES)}(?:\s+{_PLAIN}){{1,6}}"
# Atomic: a row of figures falls into links in exponentially many ways, all of which end at the same place.
_WHOLE = rf"(?:{_CHAIN}|{_PLAIN})(?!\w)"
_APART = r"(?<![\w.,\-])"
FIGURE = rf"(?:{_APART}(?>{_WHOLE}))"
"""A pattern, for any case, of a figure of one or several parts."""

# “5m” and “1.840EUR” are one word.
_AMOUNT = rf"(?>{_DIGITS}(?=[a-z])|{_WHOLE})(?:\s?{any_of(SHORT_SCALES)}(?!\w))?"
_SIGN, _CODE, _NAME = any_of(CURRENCY_SIGNS), rf"(?-i:{any_of(CURRENCY_CODES)})", any_of(CURRENCIES)
# In a row of a table, “11.900,00 € 23.800,00 €”, a sign between two figures is of the one before.
CURRENCY_BEHIND = rf"(?:\s+de)?(?:\s?{_SIGN}(?!\d)|(?<=\d){_SIGN}|\s?{_CODE}\b|\s+{_NAME}\b)"
"""A pattern, for any case, of the currency behind an amount."""

CURRENCY_BEFORE = rf"(?<!\d)(?:{_SIGN}(?!\s)|(?<!\d\s)(?:{_SIGN}|\b{_CODE})\s?)"
"""A pattern, for any case, of the currency before an amount."""

_AHEAD, _BEHIND = rf"{CURRENCY_BEFORE}{_AMOUNT}(?:{CURRENCY_BEHIND})?", rf"{_APART}{_AMOUNT}{CURRENCY_BEHIND}"
MONEY = re.compile(rf"(?:\b{any_of(ABOUT)}\s+)?(?:{_BEHIND}|{_AHEAD})", re.IGNORECASE)
"""An amount with its currency, on whichever side it stands."""

_SCALED = re.compile(rf"{any_of(SCALES)}\Z", re.IGNORECASE)
_ONE = re.compile(r"(?:un|uno|una|one|um|uma|une|medio)\b", re.IGNORECASE)
_UNIT = rf"(?:\s?(?:[kcm]?m[²³23]?|km/h|ha|k?g|tn?|[mc]?l|[kMGT]Wh?|[KMGT]B|%|‰|°C?|º|{any_of(PER_CENT)})(?![\w²³]))"
_PLAIN_FIGURE = re.compile(
    rf"(?:\b{any_of(ABOUT)}\s+)?{FIGURE}(?:{_UNIT}|(?:\s+(?:a|o|y|to|or)\s+{FIGURE})?\s+{any_of(TIME_UNITS)}\b)?",
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
