"""Names of a sentence that stand nowhere in its evidence; countries and acronyms by what they mean in any language."""

import re
import tomllib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from babel import Locale

from assistant.prove.proof import Proof, Similarity, is_foreign
from index.document import Span
from index.embed.e5.tokenizer import is_written_small
from index.language.lists import any_of, any_phrase, role_of
from index.language.mentions import find_names
from index.language.terms import LANGUAGES, fold, stem, words

# “EE. UU.”, “U.S.”, and any other word
_WORD = re.compile(r"(?:[A-Z]{2}\.[ ]?){2}|(?:[^\W\d_]\.[ ]?){1,4}(?:[^\W\d_](?!\w))?|\w+")
_DOTS = re.compile(r"[\s.]")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Entity:
    """What a stretch of a text stands for: a country's code, or the first acronym of its line."""

    sign: str
    span: Span


def find_entities(text: str) -> Iterator[Entity]:
    """The countries and acronyms named in a text, the longest name at each place."""
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        acronym = _acronyms().get(_DOTS.sub("", words[place][0]))
        if acronym is not None:
            yield Entity(acronym, Span(*words[place].span()))
        taken = 0 if acronym else _country_words(words[place : place + _longest_country()])
        if taken:
            span = Span(words[place].start(), words[place + taken - 1].end())
            yield Entity(_countries()[_joined(words[place : place + taken])], span)
        place += max(1, taken)


def without_entities(text: str, signs: Container[str]) -> str:
    """`text` with the countries and acronyms of these signs blanked out."""
    for entity in list(find_entities(text)):
        if entity.sign in signs:
            span = entity.span
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _country_words(words: list[re.Match[str]]) -> int:
    """How many of the words, from the first on, are a country's name."""
    if not words or not words[0][0][0].isupper():
        return 0
    return next((n for n in range(len(words), 0, -1) if _joined(words[:n]) in _countries()), 0)


def _joined(words: list[re.Match[str]]) -> str:
    return " ".join(fold(word[0]) for word in words)


@cache
def _acronyms() -> dict[str, str]:
    listed = tomllib.loads((files("assistant.prove") / "acronyms.toml").read_text("utf-8"))["same"]
    return {acronym: same[0] for same in listed for acronym in same}


@cache
def _countries() -> dict[str, str]:
    """The codes of countries by their folded names in the languages of the product."""
    return {
        " ".join(re.findall(r"\w+", fold(name))): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if _COUNTRY.fullmatch(code)
    }


@cache
def _longest_country() -> int:
    return max(len(name.split()) for name in _countries())


_CAPITALISED = re.compile(r"(?:[^\W\d_a-z]\.\s?)+|[^\W\d_][\w’'-]*")
_DEMONYM = re.compile(r"(?:an|ian|ean|ese|ish)s?$")
_OPENING = re.compile(r"(?:^|[.!?…:;]\s|[\"“«¿¡—(\n–-]\s?)$")
# A label before what it is of: "Próximos pasos: …", and no verb's object.
_LABEL = re.compile(r"\s*[\w’'/&-]+(?: [\w’'/&-]+){0,6}:\s")
# What follows a verb, or a noun, and not a name, that begins a sentence: "Demandan que", "Replicas of".
_COMPLEMENT = re.compile(rf"\s+{any_phrase('names', 'complements')}\b")
# “3 MB”, “25 °C”: what is counted in is no name.
_UNIT = re.compile(r"(?<=\d)\s?(?:[A-Z]{1,3}|[kmMGT]?[A-Z][a-z]?)\b")
_SAME_ROOT = 5
_COGNATE = 0.75
# One letter more or less in ten; "Fernando" and "Fernanda" differ by more.
_LONG, _SLIP = 8, 0.92
# Cosine by multilingual-e5-small of a name and its translation: .91 and more for 13 of 15 pairs read, and at
# most .90 for 18 pairs of different names of one kind.
_TRANSLATION = 0.91


@dataclass(frozen=True, slots=True)
class MissingName:
    """A name that no proof holds. It is not certain where it may be a translation, or a word with a capital."""

    text: str
    is_certain: bool


def missing_names(
    claim: str, language: str, proofs: Sequence[Proof], similarity: Similarity | None = None
) -> list[MissingName]:
    """The names of `claim` with a word that stands in no proof, nor over or before one.

    A name may be translated where the proof is in another language: countries and acronyms are known, of others
    `similarity` tells.
    """
    known = _known(language, proofs)
    is_translated = is_foreign(proofs, language)
    return [
        MissingName(name.text, name.is_certain and not is_translated)
        for name in _names_of(claim, language, known, is_translated)
        if not _stands(name.text, known, similarity)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """The folded words of the proofs, the initials of their names, and what they mean by countries and acronyms;
    the words and names of proofs in other languages apart."""

    words: frozenset[str]
    stems: frozenset[str]
    initials: frozenset[str]
    signs: frozenset[str]
    foreign_words: frozenset[str]
    foreign_names: tuple[str, ...]


def _known(language: str, proofs: Sequence[Proof]) -> _Known:
    texts = [(proof, f"{proof.context}\n{proof.whole}") for proof in proofs]
    names = [(proof, span.of(text)) for proof, text in texts for span in find_names(text)]
    spoken = frozenset(word for _, text in texts for word in words(text))
    return _Known(
        spoken,
        frozenset(stem(word, language) for word in spoken),
        frozenset(_initials(name) for _, name in names if len(_capitalised(name)) > 1),
        frozenset(entity.sign for _, text in texts for entity in find_entities(text)),
        frozenset(word for proof, text in texts if proof.language != language for word in words(text)),
        tuple(dict.fromkeys(name for proof, name in names if proof.language != language)),
    )


def _names_of(claim: str, language: str, known: _Known, is_translated: bool) -> Iterator[MissingName]:
    """What may be names in a claim, its label and what merely begins a sentence left out."""
    claim = _UNIT.sub(lambda unit: unit[0].lower(), without_entities(claim, known.signs))
    label = _LABEL.match(claim)
    for span in find_names(claim):
        if label is not None and span.start < label.end():
            continue
        name = span.of(claim)
        if _OPENING.search(claim, max(0, span.start - 3), span.start) is None:
            yield MissingName(name, is_certain=True)
            continue
        first, _, rest = name.partition(" ")
        opener = Span(span.start, span.start + len(first))
        if is_translated or rest.isupper() or _may_be_common(claim, opener, language, known):
            yield from [MissingName(rest, is_certain=True)] if rest else []
        else:
            yield MissingName(name, is_certain=bool(rest) and not _stands(rest, known))


def _may_be_common(text: str, span: Span, language: str, known: _Known) -> bool:
    """Whether the word that begins a sentence looks like one that is no name."""
    word, behind = span.of(text), text[span.end : span.end + 1]
    endings = _endings(language)
    if endings is None or endings[0].search(word) or behind in (",", ":", ";"):
        return True
    if is_written_small(word):
        return True
    if stem(fold(word), language) in known.stems:
        return True
    governs = _COMPLEMENT.match(text, span.end) is not None
    return governs and endings[1].search(word) is not None


@cache
def _endings(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """How words end that are no names, always and before a complement; None where it is not known."""
    always, governed = (
        role_of("names", role).get(language)
        for role in ("common_endings", "common_endings_before_complements")
    )
    if always is None or governed is None:
        return None
    return re.compile(f"{any_of(always)}$"), re.compile(f"{any_of(governed)}$")


def _stands(name: str, known: _Known, similarity: Similarity | None = None) -> bool:
    """Whether a name, its initials, its translation or each of its words is known."""
    initials = _initials(name)
    if fold(name) in known.initials or (len(initials) > 1 and initials in known.words):
        return True
    if all(_is_known(word, known) for word in _capitalised(name)):
        return True
    return similarity is not None and any(
        similarity(name, other) >= _TRANSLATION for other in known.foreign_names
    )


def _capitalised(name: str) -> list[str]:
    """The words of a name that tell: without particles, and without the calendar's."""
    spoken = (re.sub(r"['’]s?$", "", word) for word in _CAPITALISED.findall(name))
    return [word for word in spoken if word and word[0].isupper() and fold(word) not in _calendar()]


def _is_known(word: str, known: _Known) -> bool:
    if all(part in known.words for part in words(word)):
        return True
    word = fold(word)
    candidates = known.words if _DEMONYM.search(word) else known.foreign_words
    return any(_are_cognate(word, other) for other in candidates) or any(
        _is_slip(word, other) for other in known.words
    )


def _are_cognate(word: str, other: str) -> bool:
    """Whether two words look like one name: Mexican and México."""
    if word[:_SAME_ROOT] == other[:_SAME_ROOT] and len(word) >= _SAME_ROOT:
        return True
    return word[:1] == other[:1] and SequenceMatcher(None, word, other).ratio() >= _COGNATE


def _is_slip(word: str, other: str) -> bool:
    """Whether a long word is another but for a letter: news has misprints, and models mend them."""
    if min(len(word), len(other)) < _LONG or word[0] != other[0]:
        return False
    return SequenceMatcher(None, word, other).ratio() >= _SLIP


def _initials(name: str) -> str:
    return "".join(word[0] for word in _capitalised(name)).casefold()


@cache
def _calendar() -> frozenset[str]:
    """Months and days, which some languages write with a capital; they are dates, not names."""
    named = (Locale(language) for language in LANGUAGES)
    return frozenset(
        fold(name)
        for locale in named
        for cycle in (locale.months, locale.days)
        for name in cycle["format"]["wide"].values()
    )
