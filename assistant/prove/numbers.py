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
from index.language.lists import any_phrase, listed_words, role_of
from index.language.mentions import CURRENCY_BEFORE, CURRENCY_BEHIND
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


def _table(entries: str) -> dict[str, Decimal]:
    pairs = (entry.split(":") for entry in entries.split())
    return {word: Decimal(value) for word, value in pairs}


@cache
def _values_of_words(role: str, language: str) -> dict[str, Decimal]:
    """The values of a language's number words of one role; none where they are not known."""
    return _table(role_of("numbers", role).get(language, ""))


# “US$ 5m”, “3,2 M€”: scales only beside a currency.
_SHORT_SCALES = _table("k:1000 m:1000000 mm:1000000 mn:1000000 mill:1000000 bn:1000000000")
_BEFORE = re.compile(rf"{CURRENCY_BEFORE}$", re.IGNORECASE)
_BEHIND = re.compile(rf"\.?{CURRENCY_BEHIND}", re.IGNORECASE)
_SIGN_REACH = 5  # characters before an amount in which its currency stands
# Every figure such as “1.500” doubles the readings of its number, and no real number has many of them.
_MOST_READINGS = 16

# “23 pesos con 60 centavos”, “5 dollars and 20 cents”
_AND_CENTS = re.compile(rf"\s(?:[^\W\d_]{{3,12}}\s)?{any_phrase('numbers', 'and_cents')}\s", re.IGNORECASE)
_CENTS = re.compile(rf"\s{any_phrase('numbers', 'cents')}\b", re.IGNORECASE)


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
    proving = _values_of_words("proving", language)
    said = set(words(text))
    singular = {word.removesuffix("s") for word in said} | {word.removesuffix("es") for word in said}
    return (
        values
        | {proving[word] for word in singular & proving.keys()}
        | ({Decimal(1)} if listed_words("numbers", "ones") & said else set())
    )


def _are_cents(text: str, amount: Span, cents: Span) -> bool:
    return _AND_CENTS.fullmatch(text, amount.end, cents.start) is not None and bool(
        _CENTS.match(text, cents.end)
    )


def _with_cents(amount: Number, cents: Number) -> Number:
    hundredths = _times(cents.readings, Decimal("0.01"))
    return Number(_plus(amount.readings, hundredths), Span(amount.span.start, cents.span.end))


def _groups(text: str, language: str) -> Iterator[Number]:
    numbers, scales = _values_of_words("stating", language), _values_of_words("scales", language)
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
        elif group is not None and word not in listed_words("numbers", "joins"):
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


_UNITS = ("time", "months", "length", "mass", "bytes")
_UNIT_BEHIND = re.compile(r"[\s-]?([^\W\d_]{1,12})\b")
# “the two”, “las tres”, “ambos”: what is spoken of is known already, and only counted.
_COUNTED = re.compile(rf"\b{any_phrase('numbers', 'counted')}\s$", re.IGNORECASE)
_SEPARATOR = re.compile(rf"[,;]|\b{any_phrase('numbers', 'enumerating')}\b")
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
        for kind in _UNITS
        for listed in role_of("numbers", f"units_of_{kind}").values()
        for factor, _, words in (entry.partition(":") for entry in listed.split())
        for word in words.split(",")
    }
