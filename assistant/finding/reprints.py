"""The same said by several documents, as where five papers print one wire story."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import chain, pairwise, permutations, product

from assistant.answer import Evidence
from assistant.prove.names import missing_names
from assistant.prove.numbers import find_numbers
from assistant.prove.proof import Proof, proof_of
from assistant.prove.strict import contradicts
from index.dates import Interval
from index.document import Document, Span
from index.event_dates import dates_within
from index.language.lists import listed_words, role_of
from index.language.mentions import find_names
from index.language.terms import stem, synonyms, terms, words

# The letters at their ends that two words share at least, if they differ in nothing but a prefix.
_SHARED_END = 4
# Papers print a wire story within days; what is alike over a longer time is a series, such as daily figures.
_MOST_DAYS = 3
# Of the content words of both sentences, those they share.
_SHARED_WORDS = 0.65
# Of the neighbouring pairs of words around the one with the shorter surroundings, those the other has too.
_SHARED_SURROUNDINGS = 0.25
_SURROUNDINGS = 600
# Fewer words may be the same by chance.
_FEWEST_WORDS = 5
# The longer one may add so much: a dateline, "según informó EFE".
_SHARED = 0.75


def opposed(some: Iterable[str], others: Iterable[str], language: str) -> bool:
    """Whether a folded word of one text is the opposite of one of the other."""
    table = _table(language)
    return any(
        stem(b, language) in table.get(stem(a, language), ()) or _differ_in_prefix(a, b)
        for a, b in product(set(some), set(others))
    )


def _differ_in_prefix(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        shared += 1
    heads = {one[: len(one) - shared], other[: len(other) - shared]}
    return shared >= _SHARED_END and len(heads) == 2 and heads <= listed_words("opposites", "prefixes") | {""}


@cache
def _table(language: str) -> dict[str, frozenset[str]]:
    """For each stem of a side, the stems of the sides against it."""
    sides = [side for pair in _lines() for side in (pair, pair[::-1])]
    table: dict[str, frozenset[str]] = {}
    for here, there in sides:
        against = frozenset(stem(word, language) for word in there)
        for word in here:
            key = stem(word, language)
            table[key] = table.get(key, frozenset()) | against
    return table


def _lines() -> list[tuple[list[str], list[str]]]:
    halves = (line.split("|") for line in _lines_of("opposites"))
    rivals = (permutations(words(line), 2) for line in _lines_of("rivals"))
    return [
        *((words(here), words(there)) for here, there in halves),
        *(([one], [other]) for one, other in chain.from_iterable(rivals)),
    ]


def _lines_of(role: str) -> list[str]:
    """The lines of a role, of all languages together."""
    return [line for text in role_of("opposites", role).values() for line in text.strip().splitlines()]


def is_reworded(item: Evidence, other: Evidence) -> bool:
    """Whether two papers tell the same in partly other words, within a few days, in stories that are alike.

    All figures must be the same, in their order, and count the same things; no name may stand for another or
    change places with it, no word stand for its opposite, and nothing may be denied by one of them. Dates are
    for the caller to compare.
    """
    language = item.document.language
    if language != other.document.language or _days_apart(item, other) > _MOST_DAYS:
        return False
    some, others = _content(item.quote, language), _content(other.quote, language)
    if _alike(some, others) < _SHARED_WORDS or not _in_like_stories(item, other):
        return False
    return _same_facts(item.quote, other.quote, language)


def _days_apart(item: Evidence, other: Evidence) -> int:
    one, two = item.document.published, other.document.published
    return 0 if one is None or two is None else abs((one - two).days)


def _alike(some: Sequence[str], others: Sequence[str]) -> float:
    shared = (Counter(some) & Counter(others)).total()
    return 2 * shared / max(1, len(some) + len(others))


def _in_like_stories(item: Evidence, other: Evidence) -> bool:
    one, two = _surroundings(item), _surroundings(other)
    return len(one & two) >= _SHARED_SURROUNDINGS * min(len(one), len(two))


def _surroundings(item: Evidence) -> frozenset[tuple[str, str]]:
    around = Span(max(item.document.body, item.span.start - _SURROUNDINGS), item.span.end + _SURROUNDINGS)
    return frozenset(pairwise(_content(around.of(item.document.text), item.document.language)))


def _same_facts(some: str, others: str, language: str) -> bool:
    one, two = Proof(some, language), Proof(others, language)
    # A name that only one of them gives is more said, not something else said.
    if missing_names(some, language, [two]) and missing_names(others, language, [one]):
        return False
    if contradicts(some, language, [two]) or contradicts(others, language, [one]):
        return False
    if not _same_figures(some, others, language) or not _same_order(some, others):
        return False
    return not _differ_in_words(some, others, language)


def _differ_in_words(some: str, others: str, language: str) -> bool:
    """Whether a word stands for its opposite, or a name for another that the text may also hold elsewhere."""
    one, two = words(some), words(others)
    if opposed(set(one) - set(two), set(two) - set(one), language):
        return True
    names, other_names = set(_named(some)), set(_named(others))
    for kind, start, end, other_start, other_end in SequenceMatcher(None, one, two, False).get_opcodes():
        here, there = set(one[start:end]), set(two[other_start:other_end])
        if kind == "replace" and ((here & names and there & other_names) or opposed(here, there, language)):
            return True
    return False


def _same_figures(some: str, others: str, language: str) -> bool:
    """Whether all figures are the same, and none counts one thing here and another there."""
    one, two = _figures(some, language), _figures(others, language)
    if [value for value, _ in one] != [value for value, _ in two]:
        return False
    here, there = {"", *_content(some, language)}, {"", *_content(others, language)}
    counted = ((thing, other) for (_, thing), (_, other) in zip(one, two, strict=True))
    return all(thing in there or other in here for thing, other in counted)


def _figures(text: str, language: str) -> list[tuple[Decimal, str]]:
    """The numbers of a text, each with the content word after it, which is what it counts if it counts.

    A point or comma before three digits is taken for thousands, as it nearly always is in news.
    """
    found = find_numbers(text, language)
    after = (_content(text[number.span.end :], language) for number in found)
    return [
        (max(number.readings), next(iter(following), ""))
        for number, following in zip(found, after, strict=True)
    ]


def _same_order(some: str, others: str) -> bool:
    """Whether the names that both give come in the same order: who won, and against whom."""
    one, two = _named(some), _named(others)
    return [word for word in one if word in two] == [word for word in two if word in one]


def _named(text: str) -> list[str]:
    """The words of the names in a text, each where it stands first; a lone one that begins it may be none."""
    return list(
        dict.fromkeys(word for span in find_names(text, first_counts=False) for word in words(span.of(text)))
    )


@lru_cache(maxsize=512)
def _content(text: str, language: str) -> tuple[str, ...]:
    """The stems of the content words of a text; synonyms count as one word."""
    same = synonyms(language)
    return tuple(min(same.get(each, (each,))) for each in terms(text, language))


def is_reprint(item: Evidence, other: Evidence) -> bool:
    """Whether two documents say the same: in the same words, or in like stories in partly other words.

    The same days are meant: "ayer" in papers of two days is not the same.
    """
    if item.document.id == other.document.id:
        return False
    return (_is_copied(item, other) or is_reworded(item, other)) and _days(item) == _days(other)


def _is_copied(item: Evidence, other: Evidence) -> bool:
    """Whether one's words stand in the other, in their order, with little added.

    What is added holds no figure and denies nothing.
    """
    shorter, longer = sorted((item, other), key=lambda each: len(_words(each.quote)))
    few, many = _words(shorter.quote), _words(longer.quote)
    if len(few) < _FEWEST_WORDS or len(few) < _SHARED * len(many) or not _stands_within(few, many):
        return False
    added = set(many) - set(few)
    if any(word[0].isdigit() for word in added):
        return False
    return not contradicts(longer.quote, longer.document.language, [proof_of(shorter)])


def merged(item: Evidence, other: Evidence) -> Evidence:
    """One place for both: the fuller one is quoted, of equals the newer; the rest is named in `also`."""
    shown = max((item, other), key=_fullness)
    documents = {document.id: document for document in (*_documents(item), *_documents(other))}
    also = tuple(document for id_, document in documents.items() if id_ != shown.document.id)
    return replace(item, document=shown.document, span=shown.span, also=also)


# Each sentence is compared with every other that is chosen.
@lru_cache(maxsize=512)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


def _documents(item: Evidence) -> tuple[Document, ...]:
    return (item.document, *item.also)


def _fullness(item: Evidence) -> tuple[int, date]:
    return len(_words(item.quote)), item.document.published or date.min


def _stands_within(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(word in rest for word in few)


def _days(item: Evidence) -> list[Interval]:
    return [expression.interval for expression in dates_within(item.document, item.span)]
