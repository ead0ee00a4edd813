"""Numbers of a text, whatever way they are written: 1.000, mil, 25 %, twenty-five; and whether evidence gives them.

It gives them as they stand, rounded, in another unit, or reckoned.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import combinations, product

from assistant.prove.dates import distances, without_dates
from assistant.prove.proof import Proof
from index.document import Span
from index.language.figures import CURRENCY_BEFORE, CURRENCY_BEHIND
from index.language.terms import fold, words

Readings = frozenset[Decimal]

# “1 200 €”: groups of three digits with a space that does not break, or with a plain one before a currency.
_SPACED = (
    r"\d{1,3}(?:(?:[\u00a0\u202f]\d{3}){1,6}(?:[.,]\d+)?(?!\d)"
    rf"|(?:[ ]\d{{3}}){{1,6}}(?:[.,]\d+)?(?={CURRENCY_BEHIND}))"
)
_TOKEN = re.compile(
    rf"(?P<percent>\bp[eo]r\s+c(?:iento|ento|ent)\b)|(?P<digits>{_SPACED}|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+)|(?P<stop>[^\s\-‑])",
    re.IGNORECASE,
)
_NUMBER_WORDS = {
    "es": """
        dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 diez:10 once:11 doce:12 trece:13
        catorce:14 quince:15 dieciseis:16 diecisiete:17 dieciocho:18 diecinueve:19 veinte:20 veintiun:21
        veintiuno:21 veintiuna:21 veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 veintiseis:26
        veintisiete:27 veintiocho:28 veintinueve:29 treinta:30 cuarenta:40 cincuenta:50 sesenta:60
        setenta:70 ochenta:80 noventa:90 cien:100 ciento:100 doscientos:200 doscientas:200 trescientos:300
        trescientas:300 cuatrocientos:400 cuatrocientas:400 quinientos:500 quinientas:500 seiscientos:600
        seiscientas:600 setecientos:700 setecientas:700 ochocientos:800 ochocientas:800 novecientos:900
        novecientas:900""",
    "en": """
        two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
        fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40
        fifty:50 sixty:60 seventy:70 eighty:80 ninety:90""",
}
# Ordinals order the sentences of a text ("en primer lugar"), and count seconds; other words have a number within
# them. They may prove, and state nothing.
_PROVING_WORDS = {
    "es": """
        primer:1 primero:1 primera:1 segundo:2 segunda:2 tercer:3 tercero:3 tercera:3 cuarto:4 cuarta:4 quinto:5
        quinta:5 sexto:6 sexta:6 septimo:7 septima:7 octavo:8 octava:8 noveno:9 novena:9 decimo:10 decima:10
        ambos:2 ambas:2 par:2 doble:2 triple:3 docena:12 quincena:15 quincenal:15 bimestre:2 bimestral:2 trimestre:3
        trimestral:3 cuatrimestre:4 semestre:6 semestral:6 bienio:2 bienal:2 trienio:3 quinquenio:5 sexenio:6
        decada:10 siglo:100 semana:7 semanal:7 medio:0.5 media:0.5 mitad:0.5""",
    "en": """
        first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10
        both:2 couple:2 pair:2 twice:2 double:2 triple:3 dozen:12 fortnight:2 quarter:3 biannual:2 decade:10
        century:100 week:7 weekly:7 half:0.5""",
}
_SCALE_WORDS = {
    "es": "mil:1000 millon:1000000 millones:1000000 billon:1000000000000 billones:1000000000000",
    "en": "hundred:100 thousand:1000 million:1000000 billion:1000000000 trillion:1000000000000",
    "pt": "mil:1000 milhao:1000000 milhoes:1000000",
    "fr": "mille:1000 million:1000000 millions:1000000 milliard:1000000000 milliards:1000000000",
}


def _table(entries: str) -> dict[str, Decimal]:
    pairs = (entry.split(":") for entry in entries.split())
    return {word: Decimal(value) for word, value in pairs}


# “US$ 5m”, “3,2 M€”: scales only beside a currency.
_SHORT_SCALES = _table("k:1000 m:1000000 mm:1000000 mn:1000000 mill:1000000 bn:1000000000")
_BEFORE = re.compile(rf"{CURRENCY_BEFORE}$", re.IGNORECASE)
_BEHIND = re.compile(rf"\.?{CURRENCY_BEHIND}", re.IGNORECASE)
_SIGN_REACH = 5  # characters before an amount in which its currency stands
# Words that say one, but far oftener are articles or pronouns: they may prove a number, not state one.
_ONE = frozenset({"un", "una", "uno", "one"})
_JOINS = frozenset({"y", "and", "e", "et", "de"})
# Every figure such as “1.500” doubles the readings of its number, and no real number has many of them.
_MOST_READINGS = 16

_NUMBERS = {language: _table(entries) for language, entries in _NUMBER_WORDS.items()}
_SCALES = {language: _table(entries) for language, entries in _SCALE_WORDS.items()}
_PROVING = {language: _table(entries) for language, entries in _PROVING_WORDS.items()}
# “23 pesos con 60 centavos”, “5 dollars and 20 cents”
_AND_CENTS = re.compile(r"\s(?:[^\W\d_]{3,12}\s)?(?:con|y|and|e|et|with)\s", re.IGNORECASE)
_CENTS = re.compile(r"\s(?:centavos?|c[ée]ntimos?|cents?|centimes?|pence)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: every value that it may stand for ("1.500" is 1500 or 1.5), and where it is."""

    readings: Readings
    span: Span


@dataclass(slots=True)
class _Group:
    """The words of one number as they are read: `closed` holds what a scale word has multiplied."""

    start: int
    end: int
    closed: Readings = frozenset({Decimal(0)})
    open: Readings | None = None

    def scale(self, factor: Decimal) -> None:
        within = self.open or frozenset({Decimal(0 if any(self.closed) else 1)})
        if factor > 1000:
            self.closed = _times(_plus(self.closed, within), factor)
        else:
            self.closed = _plus(self.closed, _times(within, factor))
        self.open = None

    def takes(self, readings: Readings) -> bool:
        """Whether a further part continues this number ("treinta y" five) rather than beginning another."""
        if self.open is None:
            few = len(self.closed) * len(readings) <= _MOST_READINGS
            return few and any(part < min(self.closed) for part in readings)
        value, part = min(self.open), min(readings)
        return (value in range(20, 100, 10) and part < 10) or (value in range(100, 1000, 100) and part < 100)

    def add(self, readings: Readings) -> None:
        self.open = readings if self.open is None else _plus(self.open, readings)

    def number(self) -> Number:
        readings = self.closed if self.open is None else _plus(self.closed, self.open)
        return Number(readings, Span(self.start, self.end))


def find_numbers(text: str, language: str) -> list[Number]:
    """Every number in `text`, in order; an amount and its cents are one."""
    numbers: list[Number] = []
    for number in _groups(text, language):
        if numbers and _are_cents(text, numbers[-1].span, number.span):
            numbers.append(_with_cents(numbers.pop(), number))
        else:
            numbers.append(number)
    return numbers


def values_of(text: str, language: str) -> set[Decimal]:
    """Every value that a text may prove: its numbers, those within words, and one for "a", "one"."""
    values = {value for number in find_numbers(text, language) for value in number.readings}
    proving = _PROVING.get(language, {})
    said = set(words(text))
    singular = {word.removesuffix("s") for word in said} | {word.removesuffix("es") for word in said}
    return (
        values
        | {proving[word] for word in singular & proving.keys()}
        | ({Decimal(1)} if _ONE & said else set())
    )


def _are_cents(text: str, amount: Span, cents: Span) -> bool:
    return _AND_CENTS.fullmatch(text, amount.end, cents.start) is not None and bool(
        _CENTS.match(text, cents.end)
    )


def _with_cents(amount: Number, cents: Number) -> Number:
    hundredths = _times(cents.readings, Decimal("0.01"))
    return Number(_plus(amount.readings, hundredths), Span(amount.span.start, cents.span.end))


def _groups(text: str, language: str) -> Iterator[Number]:
    numbers, scales = _NUMBERS.get(language, {}), _SCALES.get(language, {})
    group: _Group | None = None
    for token in _TOKEN.finditer(text):
        word = fold(token.group())
        if word in scales:
            group = group or _Group(token.start(), token.end())
            group.scale(scales[word])
            group.end = token.end()
        elif group is not None and word in _SHORT_SCALES and _is_money(text, Span(group.start, token.end())):
            group.scale(_SHORT_SCALES[word])
            group.end = token.end()
        elif readings := _readings(token, numbers):
            if group is not None and not (group.takes(readings) and _may_join(token, group)):
                yield group.number()
                group = None
            group = group or _Group(token.start(), token.end())
            group.add(readings)
            group.end = token.end()
        elif group is not None and word not in _JOINS:
            yield group.number()
            group = None
    if group is not None:
        yield group.number()


def _is_money(text: str, amount: Span) -> bool:
    """Whether a currency stands right before or right behind an amount."""
    before = text[max(0, amount.start - _SIGN_REACH) : amount.start]
    return _BEFORE.search(before) is not None or _BEHIND.match(text, amount.end) is not None


def _may_join(token: re.Match[str], group: _Group) -> bool:
    """Figures follow only a scale word ("2 mil 500"); words also follow tens and hundreds."""
    return token["word"] is not None or group.open is None


def _readings(token: re.Match[str], numbers: dict[str, Decimal]) -> Readings:
    if token["digits"] is not None:
        return _figure_readings("".join(token["digits"].split()))
    value = numbers.get(fold(token.group()))
    return frozenset() if value is None else frozenset({value})


def _figure_readings(figures: str) -> Readings:
    """The values of digits with points and commas. One mark before three digits may be either kind."""
    whole, mark, last = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", figures).groups()  # type: ignore[union-attr]
    plain = Decimal(re.sub(r"\D", "", figures))
    if mark is None:
        return frozenset({plain})
    decimal = Decimal(f"{re.sub(r'[.,]', '', whole)}.{last}").normalize()
    if len(last) != 3:
        return frozenset({decimal})
    return frozenset({plain}) if mark in whole else frozenset({plain, decimal})


def _plus(left: Readings, right: Readings) -> Readings:
    return frozenset(a + b for a, b in product(left, right))


def _times(values: Readings, factor: Decimal) -> Readings:
    return frozenset(value * factor for value in values)


_UNITS = {
    "time": """
        1:segundo,second,seconde,sec 60:minuto,minute,min 3600:hora,hour,heure,h 86400:dia,day,jour
        604800:semana,week,semaine""",
    "span": "1:mes,month,mois 3:trimestre,quarter 6:semestre 12:ano,year,annee,an",
    "length": "1:milimetro,millimeter,millimetre,mm 10:centimetro,centimeter,cm 1000:metro,meter,metre,m "
    "1000000:kilometro,kilometer,kilometre,km",
    "mass": "1:gramo,gram,gramme,g 1000:kilo,kilogramo,kilogram,kg 1000000:tonelada,tonne,ton,t",
    "bytes": "1:byte,b 1000:kb 1000000:mb 1000000000:gb 1000000000000:tb",
}
_UNIT_BEHIND = re.compile(r"[\s-]?([^\W\d_]{1,12})\b")
# “the two”, “las tres”, “ambos”: what is spoken of is known already, and only counted.
_COUNTED = re.compile(
    r"\b(?:the|these|those|all|both|other|las?|los|est[oa]s|es[oa]s|sus|otr[oa]s|l?os|as|les|ces|their|its)\s$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;]|\b(?:y|e|o|and|or|ou|et)\b")
_LARGEST_COUNT = 12
_LARGEST_KNOWN = 5  # “the seven hospitals” is a number to prove
# Of more numbers than these sums and differences would prove almost anything.
_MOST_RECKONED = 10


def missing_numbers(claim: str, language: str, proofs: Sequence[Proof]) -> list[str]:
    """The numbers of `claim`, as written there and dates aside, that the proofs do not give.

    They give what stands there, in any unit of its kind, rounded, and what sums and differences of two numbers or
    days come to. How many things are spoken of may be counted.
    """
    undated = without_dates(claim, language)
    known = {value for proof in proofs for value in _values(proof)}
    stated = [number for number in find_numbers(undated, language) if not number.readings & known]
    unknown = [number for number in stated if not _is_count(number, undated, len(proofs))]
    if not unknown:
        return []
    derived = known | set(_reckoned(proofs))
    amounts = {amount for proof in proofs for amount in _amounts(proof.whole, proof.language)}
    return [
        number.span.of(claim)
        for number in unknown
        if not number.readings & derived
        and not any(_rounds(value, other) for value in number.readings for other in known)
        and amounts.isdisjoint(_measures(undated, number))
    ]


@lru_cache(maxsize=1024)
def _values(proof: Proof) -> frozenset[Decimal]:
    return frozenset(values_of(proof.whole, proof.language))


def _is_count(number: Number, claim: str, cited: int) -> bool:
    """Whether a small number only counts what is known, what the claim enumerates or leads in, or what it cites."""
    count = min(number.readings)
    if not 2 <= count <= _LARGEST_COUNT or count != int(count):
        return False
    if claim.rstrip().endswith(":"):
        return True
    if count <= _LARGEST_KNOWN and _COUNTED.search(claim, max(0, number.span.start - 8), number.span.start):
        return True
    behind = claim[number.span.end :]
    return count == cited or (len(_SEPARATOR.findall(behind)) >= count - 1 > 0 and ":" in behind)


def _reckoned(proofs: Sequence[Proof]) -> Iterator[Decimal]:
    """Sums and differences of the proofs' numbers, and what lies between their days."""
    values = [
        max(number.readings)
        for proof in proofs
        for number in find_numbers(without_dates(proof.whole, proof.language), proof.language)
    ]
    if len(values) <= _MOST_RECKONED:
        yield sum(values, Decimal(0))
        for one, other in combinations(values, 2):
            yield from (one + other, abs(one - other))
    yield from map(Decimal, distances(proofs))


def _rounds(value: Decimal, exact: Decimal) -> bool:
    """Whether `value`, of two figures at least, is `exact` rounded to as many."""
    plain = value.normalize()
    if len(plain.as_tuple().digits) < 2 or not exact:
        return False
    places = -int(plain.as_tuple().exponent)
    scaled = exact.scaleb(places)
    return any(
        scaled.to_integral_value(rounding) == plain.scaleb(places) for rounding in (ROUND_DOWN, ROUND_HALF_UP)
    )


def _amounts(text: str, language: str) -> set[tuple[str, Decimal]]:
    return {amount for number in find_numbers(text, language) for amount in _measures(text, number)}


def _measures(text: str, number: Number) -> set[tuple[str, Decimal]]:
    """The kinds of unit that stand behind a number, with how many of the smallest it comes to."""
    behind = _UNIT_BEHIND.match(text, number.span.end)
    if behind is None:
        return set()
    word = fold(behind[1])
    units = _units()
    unit = units.get(word) or units.get(word.removesuffix("s")) or units.get(word.removesuffix("es"))
    return set() if unit is None else {(unit[0], value * unit[1]) for value in number.readings}


@cache
def _units() -> dict[str, tuple[str, Decimal]]:
    return {
        word: (kind, Decimal(factor))
        for kind, listed in _UNITS.items()
        for factor, _, words in (entry.partition(":") for entry in listed.split())
        for word in words.split(",")
    }
