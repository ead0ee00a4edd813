"""Numbers of a sentence that its evidence gives, whatever way: as they stand, rounded, in another unit, reckoned."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import combinations

from assistant.prove.dates import distances, without_dates
from assistant.prove.numbers import Number, find_numbers, values_of
from assistant.prove.proof import Proof
from index.language.terms import fold

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
