"""The lexicon for a text: the one of its language, with the dates that the other languages write in full."""

import re
from functools import cache

from index.dates.lexicon import Kind, Lexicon, Senses, load_lexicon

_WORD = re.compile(r"[a-z]+")
_TELLING = {
    "es": "el los las del y en que con por una se al es su hoy ayer hace enero febrero viernes",
    "en": "the of and to in that is was for on with at by from this last next ago it what",
    "pt": "o os as do da dos e em que com por uma se ao nao na no hoje ontem ha foi sao janeiro",
}
_SAMPLE = 2000


def lexicon_for(folded: str, language: str) -> Lexicon:
    """The lexicon of `language`; when it is not known, of the one whose common words the text has most."""
    known = language[:2].lower()
    return _extended(known if known in _TELLING else _guess(folded))


def _guess(folded: str) -> str:
    words = _WORD.findall(folded[:_SAMPLE])
    counts = {code: sum(word in telling for word in words) for code, telling in _telling().items()}
    return max(counts, key=lambda code: counts[code])


@cache
def _telling() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _TELLING.items()}


@cache
def _lexicon(language: str) -> Lexicon:
    return load_lexicon(language)


@cache
def _extended(language: str) -> Lexicon:
    """The lexicon of a language with the month names of the others."""
    own = _lexicon(language)
    words: dict[str, Senses] = dict(own.words)
    for other in map(_lexicon, _TELLING):
        for word, senses in other.words.items():
            if Kind.MONTH in senses and word not in words and len(word) > 3:
                words[word] = {Kind.FOREIGN_MONTH: senses[Kind.MONTH]}
    return Lexicon(own.language, words, own.month_first, own.capitalised)
