"""The lexicon for a text: the one of its language, with the dates that the other languages write in full."""

import re
from functools import cache

from index.dates.lexicon import Kind, Lexicon, Senses
from index.dates.lexicon_en import ENGLISH
from index.dates.lexicon_es import SPANISH
from index.dates.lexicon_pt import PORTUGUESE

_LEXICONS = {lexicon.language: lexicon for lexicon in (SPANISH, ENGLISH, PORTUGUESE)}
_WORD = re.compile(r"[a-z]+")
_TELLING = {
    "es": frozenset(
        [
            "el",
            "los",
            "las",
            "del",
            "y",
            "en",
            "que",
            "con",
            "por",
            "una",
            "se",
            "al",
            "es",
            "su",
            "hoy",
            "ayer",
            "hace",
            "enero",
            "febrero",
            "viernes",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "in",
            "that",
            "is",
            "was",
            "for",
            "on",
            "with",
            "at",
            "by",
            "from",
            "this",
            "last",
            "next",
            "ago",
            "it",
            "what",
        ]
    ),
    "pt": frozenset(
        [
            "o",
            "os",
            "as",
            "do",
            "da",
            "dos",
            "e",
            "em",
            "que",
            "com",
            "por",
            "uma",
            "se",
            "ao",
            "nao",
            "na",
            "no",
            "hoje",
            "ontem",
            "ha",
            "foi",
            "sao",
            "janeiro",
        ]
    ),
}
_SAMPLE = 2000


def lexicon_for(folded: str, language: str) -> Lexicon:
    """The lexicon of `language`; of the language whose common words are most in the text when it is not known."""
    known = language[:2].lower()
    return _extended(known if known in _LEXICONS else _guess(folded))


def _guess(folded: str) -> str:
    words = _WORD.findall(folded[:_SAMPLE])
    counts = {code: sum(word in telling for word in words) for code, telling in _TELLING.items()}
    return max(counts, key=lambda code: counts[code])


@cache
def _extended(language: str) -> Lexicon:
    """The lexicon of a language with the month names of the others, read only beside a day or a year."""
    own = _LEXICONS[language]
    words: dict[str, Senses] = dict(own.words)
    for other in _LEXICONS.values():
        for word, senses in other.words.items():
            if Kind.MONTH in senses and word not in words and len(word) > 3:
                words[word] = {Kind.MONTH_ABBREVIATION: senses[Kind.MONTH]}
    return Lexicon(own.language, words, own.month_first, own.capitalised)
