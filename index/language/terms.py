"""Words as full text sees them, folded, without stop words, stemmed by language, the words that deny, synonyms."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import Stemmer

from index.language.lists import table_of

_STEMMERS = {"es": "spanish", "en": "english", "pt": "portuguese", "fr": "french"}
LANGUAGES = tuple(_STEMMERS)
"""The languages whose words are known, by ISO 639-1 code."""

_WORD = re.compile(r"\w+")
# Longer runs are not words (base64, hashes): as terms they would only make the full text grow.
_LONGEST_WORD = 60


# “F-2025-044”, “43/2026”: parts that are words by themselves too. Where one begins none goes on, so that a long row of
# letters is looked at once.
_IDENTIFIER = re.compile(r"(?<!\w)\w++(?:[-/.]\w++)++")
_JOINT = re.compile(r"[-/.]")
# Full text takes it for a letter, and no text has it: “2.1” is not “21”.
_JOINED = "\ue000"

_ABBREVIATIONS = {kind: frozenset(listed.split()) for kind, listed in table_of("abbreviations").items()}
BEFORE_NAME, BEFORE_NUMBER = _ABBREVIATIONS["before_name"], _ABBREVIATIONS["before_number"]
OFTEN_LAST, STARTERS = _ABBREVIATIONS["often_last"], _ABBREVIATIONS["starters"]
"""Abbreviations by what follows them, those that also end sentences, and the words that begin one; case folded."""

_CONTRACTED = re.compile(r"n['’]t\b")


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: combining marks go, all else stays. Learns each character once."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        self[code] = kept
        return kept


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """`text` in lower case without accents. Its length may differ from the original's."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_WITHOUT_MARKS)


def words(text: str) -> list[str]:
    """The folded words of `text`, in order, stop words included."""
    return [word for word in _WORD.findall(fold(text)) if len(word) <= _LONGEST_WORD]


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


def terms(text: str, language: str) -> list[str]:
    """The stems of the content words of `text`, in order, repeats included."""
    stops = stop_words(language)
    return [stem(word, language) for word in words(text) if word not in stops]


def search_terms(text: str, language: str) -> list[str]:
    """The terms of `text`, and behind them the numbers of invoices, laws and files in one piece each."""
    return [*terms(text, language), *identifiers(text)]


def identifiers(text: str) -> list[str]:
    """What has figures and is joined by hyphens, slashes or points, as a term of its own: “F-2025-044”."""
    return [
        _JOINT.sub(_JOINED, match[0])
        for match in _IDENTIFIER.finditer(fold(text))
        if len(match[0]) <= _LONGEST_WORD and any(map(str.isdigit, match[0]))
    ]


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language; empty where there is no list."""
    path = files("index.language") / "stopwords" / f"{language}.txt"
    return frozenset(words(path.read_text("utf-8"))) if language in _STEMMERS else frozenset()


def is_stop_word(word: str) -> bool:
    """Whether a folded word is a stop word of any of the languages."""
    return word in _all_stop_words()


@cache
def _all_stop_words() -> frozenset[str]:
    return frozenset().union(*map(stop_words, LANGUAGES))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language)
    return None if name is None else Stemmer.Stemmer(name)


@cache
def negations(language: str) -> frozenset[str]:
    """The folded words that deny in a language; none where they are not known."""
    return frozenset(table_of("negations").get(language, "").split())


def words_apart(text: str) -> list[str]:
    """The folded words of a text, the “not” of “isn't” apart."""
    return words(_CONTRACTED.sub(" not", text))


@cache
def synonyms(language: str) -> dict[str, frozenset[str]]:
    """For each stem of `language` that news has other words for, their stems in every language."""
    table: dict[str, frozenset[str]] = {}
    for line in (files("index.language") / "synonyms.txt").read_text("utf-8").splitlines():
        group = fold(line).split()
        stems = frozenset(stem(word, code) for word in group for code in LANGUAGES)
        for word in group:
            key = stem(word, language)
            table[key] = table.get(key, frozenset()) | stems
    return table
