"""A text cut into the tokens that the date grammar reads: folded words with their senses, numbers, marks.

Every pattern is a sequence of bounded repetitions without nesting, so cutting takes linear time.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from index.dates.lexicon import Kind, Lexicon, Senses

NO_SENSES: Senses = {}


class _Folding(dict[int, str]):
    """Maps a character to its lower-case form without accent, always one character long."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFD", character.lower())[:1]
        self[code] = folded or character
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in lower case without accents, every character in its place."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Digits:
    """A numeric date; parts that are not written are None. `first` and `second` are day and month in either
    order when `ambiguous`."""

    year: int | None
    month: int | str | None
    day: int | None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """`word` is folded; `number` is the value of a run of digits, `width` how many there are."""

    word: str
    start: int
    end: int
    senses: Senses = field(default_factory=lambda: NO_SENSES)
    number: int | None = None
    ordinal: bool = False
    date: Digits | None = None


WORD = r"[^\W\d_]++(?:['’][^\W\d_]++)?"
"""A run of letters, as in "fin" and "year's"."""

_EDGE = r"(?<![\w/])(?<!\d[-/.:,])"
_STOP = r"(?!\w|[-/:]\d|[.,]\d)"
_TOKEN = re.compile(
    rf"""
    (?P<word>{WORD}(?!\d))
    | (?P<paragraph>\n\s{{0,20}}\n)
    | (?<![\d/])(?<!\d[-.])
      (?P<ymd>(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}}|[a-z]{{3,10}})(?P=s1)(?P<d1>\d{{1,2}}))
      (?!\d|[-/.]\d|[a-su-z])
    | {_EDGE}
      (?P<dmy>(?P<d2>\d{{1,2}})(?P<s2>[-/.])(?P<m2>\d{{1,2}}|[a-z]{{3,10}})(?P=s2)(?P<y2>\d{{4}}|\d{{2}}))
      (?!\w|[/:]\d|[.,]\d)
    | {_EDGE}(?P<my>(?P<m3>\d{{1,2}})\s?[-/]\s?(?P<y3>(?:19|20)\d\d)){_STOP}
    | {_EDGE}(?P<ym>(?P<y4>(?:19|20)\d\d)(?:/(?P<m4a>\d{{1,2}})|-(?P<m4b>0[1-9]|1[0-2]))){_STOP}
    | {_EDGE}(?P<dm>(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}}|[a-z]{{3,10}})){_STOP}
    | (?P<time>\d{{1,2}}(?::\s?\d\d){{1,2}}(?!\d))
    | (?P<decimal>\d{{1,9}}(?:[.,]\d{{1,9}}){{1,6}})
    | (?P<ordinal>(?P<o>\d{{1,3}})(?:\.?[ºª°]|(?:ro|er|do|da|to|ra|st|nd|rd|th)(?!\w)))
    | (?P<mark>(?:[tq][1-4]|[1-4][tq])(?!\w))
    | (?P<decade>(?P<dec>(?:1[0-9]|20)?\d0)['’]?s(?!\w))
    | (?P<number>\d+)
    | (?P<mixed>[^\W\d_]+)
    | (?P<other>\S)
    """,
    re.VERBOSE,
)


def _month(written: str) -> int | str:
    return int(written) if written.isdecimal() else written


def _digits(match: re.Match[str]) -> Digits | None:
    """The numeric date that a match holds."""
    group = match.lastgroup
    if group == "ymd":
        return Digits(int(match["y1"]), _month(match["m1"]), int(match["d1"]))
    if group == "dmy":
        written = match["y2"]
        year = int(written) if len(written) == 4 else full_year(int(written))
        return Digits(year, _month(match["m2"]), int(match["d2"]), ambiguous=match["m2"].isdecimal())
    if group == "my":
        return Digits(int(match["y3"]), int(match["m3"]), None)
    if group == "ym":
        return Digits(int(match["y4"]), int(match["m4a"] or match["m4b"]), None)
    if group == "dm":
        return Digits(None, _month(match["m5"]), int(match["d5"]), ambiguous=match["m5"].isdecimal())
    return None


def full_year(short: int) -> int:
    """The year that two digits mean: up to 50 in this century, else in the last."""
    return short + (2000 if short <= 50 else 1900)


def _simple(match: re.Match[str]) -> Token:
    word, (start, end), group = match.group(), match.span(), match.lastgroup
    if group in {"word", "mixed", "other", "time", "decimal"}:
        return Token(word, start, end)
    if group == "number":
        return Token(word, start, end, number=int(word) if len(word) <= 9 else None)
    if group == "ordinal":
        return Token(word, start, end, number=int(match["o"]), ordinal=True)
    if group == "decade":
        return Token(word, start, end, {Kind.DECADE: int(match["dec"])})
    return Token(word, start, end, date=_digits(match))


def _phrase(words: list[re.Match[str]], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """The longest phrase of the lexicon that begins at `at`, and how many tokens it takes."""
    first = words[at].group()
    for count in range(lexicon.longest_phrase.get(first, 1), 1, -1):
        if at + count <= len(words):
            phrase = " ".join(match.group() for match in words[at : at + count])
            if phrase in lexicon.words:
                return phrase, count
    return first, 1


def tokenize(folded: str, lexicon: Lexicon) -> list[Token]:
    """Cut a folded text into tokens; phrases of the lexicon become one token."""
    matches = list(_TOKEN.finditer(folded))
    tokens: list[Token] = []
    at = 0
    while at < len(matches):
        match = matches[at]
        phrase, count = _phrase(matches, at, lexicon)
        senses = lexicon.words.get(phrase)
        if senses is None:
            tokens.append(_simple(match))
        else:
            tokens.append(Token(phrase, match.start(), matches[at + count - 1].end(), senses))
        at += count
    return tokens
