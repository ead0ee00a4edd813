"""A text cut into the tokens that the date grammar reads, and the numbers that they make.

Every pattern is a sequence of bounded repetitions without nesting, so cutting takes linear time.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from index.dates.calendar import Unit
from index.dates.lexicon import NO_SENSES, Kind, Lexicon, Senses

_APOSTROPHES = "’‘´`ʼ"
_OPENERS = {".", "!", "?", "¡", "¿", '"', "“", "«", "(", ":", "—", "…"}
_ARTICLES = {Kind.THE, Kind.OF_THE, Kind.TO_THE}
# Digits that can be a date without any word of one: a year, a day with its month, a decade, a quarter.
_DATING_DIGITS = re.compile(
    r"\d(?:\d{3}|\s?[-/.–—]|(?<='\d)|(?<!\w\d)0(?!\w)|'?s(?!\w)|(?<=[tqhs]\d)(?!\w)|[tqhs](?!\w))"
)
_DIGIT = re.compile(r"\d")
_FEW_WORDS = 16
_SIGNS = {"$", "€", "£"}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_POINTED_YEAR = re.compile(r"[12][.,]\d{3}")


class _Folding(dict[int, str]):
    """Maps a character to its lower-case form without accent, always one character long."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = unicodedata.normalize("NFD", character.lower())[:1]
        self[code] = "'" if character in _APOSTROPHES else folded or character
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in lower case without accents, every character in its place."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Digits:
    """A numeric date; parts that are not written are None, and a month may be a name. Day and month may stand in
    either order when `ambiguous`."""

    year: int | None
    month: int | str | None
    day: int | None
    ambiguous: bool = False


class Token(NamedTuple):
    """A folded word, phrase, number or mark, where it stands, and the parts that it can play.

    A text has thousands, and a tuple is made in a third of the time of a frozen dataclass.
    """

    word: str
    start: int
    end: int
    senses: Senses = NO_SENSES


_BEYOND = Token("", 0, 0)


def _word(elided: bool) -> str:
    """A run of letters, as in "fin" and "year's"; in French “l'” is one by itself."""
    return r"[^\W\d_]++'?" if elided else r"[^\W\d_]++(?:'[^\W\d_]++)?"


_EDGE = r"(?<![\w/])(?<!\d[-/.:,])"
_STOP = r"(?!\w|[-/:]\d|[.,]\d)"
_DAY_AND_MONTH = r"\d{1,2}/(?:0?[1-9]|1[0-2])"


@cache
def _token_pattern(
    ordinal_endings: tuple[str, ...], roman_endings: tuple[str, ...], elided: bool
) -> re.Pattern[str]:
    roman = rf"(?<!\w)[ivx]{{1,5}}(?:{'|'.join(roman_endings)})?(?!\w|'\w)"
    return re.compile(
        rf"""
        (?P<word>(?!{roman}){_word(elided)}(?!\d|[-/.]\d))
        | (?<!\w)(?P<mdy>(?P<m0>[a-z]{{3,10}}+)(?P<s0>[-/.])(?P<d0>\d{{1,2}})(?P=s0)(?P<y0>(?:19|20)\d\d))(?!\w|[-/.]\d)
        | (?P<roman>{roman})
        | (?P<short>(?<!\w)'\d\d(?!\w))
        | (?P<paragraph>\n\s{{0,20}}\n)
        | {_EDGE}(?P<range>(?P<from>{_DAY_AND_MONTH})\s?[-–—]\s?(?P<to>{_DAY_AND_MONTH}(?:/(?:19|20)?\d\d)?)){_STOP}
        | (?<![\d/])(?<!\d[-.])
          (?P<ymd>(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}}|[a-z]{{3,10}})(?P=s1)(?P<d1>\d{{1,2}}))
          (?!\d|[-/.]\d|[a-su-z])
        | (?<![\d/])(?<!\d[-.])
          (?P<ydm>(?P<y6>(?:19|20)\d\d)(?P<s6>[-/.])(?P<d6>\d{{1,2}})(?P=s6)(?P<m6>[a-z]{{3,10}})){_STOP}
        | {_EDGE}
          (?P<dmy>(?P<d2>\d{{1,2}})(?P<s2>[-/.])(?P<m2>\d{{1,2}}|[a-z]{{3,10}})(?P=s2)(?P<y2>\d{{4}}|(?<!\.)\d{{2}}))
          (?!\w|[/:]\d|[.,]\d)
        | {_EDGE}(?P<my>(?P<m3>\d{{1,2}})\s?[-/]\s?(?P<y3>(?:19|20)\d\d)){_STOP}
        | {_EDGE}(?P<ym>(?P<y4>(?:19|20)\d\d)(?:/(?P<m4a>\d{{1,2}})|-(?P<m4b>0[1-9]|1[0-2]))){_STOP}
        | {_EDGE}(?P<dm>(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}}|[a-z]{{3,10}}))(?:{_STOP}|(?=,(?:19|20)\d\d(?!\d)))
        | (?P<time>\d{{1,2}}(?::\s?\d\d){{1,2}}(?!\d))
        | (?P<decimal>\d{{1,9}}(?:[.,]\d{{1,9}}){{1,6}})
        | (?P<ordinal>(?P<o>\d{{1,3}})(?:\.?[ºª°]|(?:{"|".join(ordinal_endings)})(?!\w)))
        | (?P<mark>(?:[tq][1-4]|[1-4][tq]|[hs][12]|[12][hs])(?!\w))
        | (?P<decade>'?(?P<dec>(?:1[0-9]|20)?\d0)'?s(?!\w))
        | (?P<number>(?<![^\W_])\d++)
        | (?P<mixed>[^\W\d_]+)
        | (?P<other>\S)
        """,
        re.VERBOSE,
    )


def _month(written: str) -> int | str:
    return int(written) if written.isdecimal() else written


def _digits(match: re.Match[str]) -> Digits | None:
    """The numeric date that a match holds."""
    match match.lastgroup:
        case "mdy":
            return Digits(int(match["y0"]), match["m0"], int(match["d0"]))
        case "ymd":
            return Digits(int(match["y1"]), _month(match["m1"]), int(match["d1"]))
        case "ydm":
            return Digits(int(match["y6"]), match["m6"], int(match["d6"]))
        case "dmy":
            written = match["y2"]
            year = int(written) if len(written) == 4 else full_year(int(written))
            return Digits(year, _month(match["m2"]), int(match["d2"]), ambiguous=match["m2"].isdecimal())
        case "my":
            return Digits(int(match["y3"]), int(match["m3"]), None)
        case "ym":
            return Digits(int(match["y4"]), int(match["m4a"] or match["m4b"]), None)
        case "dm":
            return Digits(None, _month(match["m5"]), int(match["d5"]), ambiguous=match["m5"].isdecimal())
    return None


def full_year(short: int) -> int:
    """The year that two digits mean: up to 50 in this century, else in the last."""
    return short + (2000 if short <= 50 else 1900)


def _roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written if letter in _ROMAN]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _senses(match: re.Match[str]) -> Senses:
    """What a number or a numeric date can be; nothing for what is neither."""
    written = match.group()
    match match.lastgroup:
        case "number":
            return {Kind.DIGITS: int(written)} if len(written) <= 9 else NO_SENSES
        case "roman":
            return {Kind.ROMAN: _roman(written)}
        case "short":
            return {Kind.SHORT_YEAR: full_year(int(written[1:]))}
        case "ordinal":
            return {Kind.ORDINAL: int(match["o"])}
        case "decade":
            decade = int(match["dec"])
            return {Kind.DECADE: full_year(decade) if written.startswith("'") and decade < 100 else decade}
    digits = _digits(match)
    return {Kind.DATE: digits} if digits else NO_SENSES


def _two_dates(match: re.Match[str], lexicon: Lexicon) -> list[Token]:
    """The dates of "28/2-1/3" and the mark between them."""
    start, stop = match.start(), match.end()
    first, last = match.end("from"), match.start("to")
    inner = [(start, first), (first, last), (last, stop)]
    whole = match.string
    tokens = []
    for begin, end in inner:
        token = tokenize(whole[begin:end], lexicon)[0]
        tokens.append(Token(token.word, begin, end, token.senses))
    return tokens


def _phrase(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[str, int]:
    """The longest phrase of the lexicon that begins at `at`, and how many tokens it takes."""
    longest = lexicon.longest_phrase.get(" ".join(words[at : at + 2]), 1)
    for count in range(min(longest, len(words) - at), 1, -1):
        phrase = " ".join(words[at : at + count])
        if phrase in lexicon.words:
            return phrase, count
    return words[at], 1


def tokenize(folded: str, lexicon: Lexicon) -> list[Token]:
    """Cut a folded text into tokens; phrases of the lexicon become one token."""
    pattern = _token_pattern(lexicon.ordinal_endings, lexicon.roman_endings, lexicon.elided)
    matches = list(pattern.finditer(folded))
    words = [match.group() for match in matches]
    first_words = lexicon.first_words
    tokens: list[Token] = []
    at = 0
    while at < len(matches):
        match = matches[at]
        # Nearly all words are none of the lexicon's, nor the first of a phrase.
        if words[at] not in first_words and match.lastgroup == "word":
            tokens.append(Token(words[at], *match.span()))
            at += 1
            continue
        if match.lastgroup == "range":
            tokens += _two_dates(match, lexicon)
            at += 1
            continue
        phrase, count = _phrase(words, at, lexicon)
        senses = lexicon.words.get(phrase)
        end = matches[at + count - 1].end()
        tokens.append(Token(phrase, match.start(), end, _senses(match) if senses is None else senses))
        at += count
    return tokens


@cache
def _word_pattern(elided: bool) -> re.Pattern[str]:
    return re.compile(_word(elided))


def may_hold_date(folded: str, lexicon: Lexicon) -> bool:
    """False only for a folded text in which the grammar would find nothing: most texts are spared it."""
    if _DATING_DIGITS.search(folded):
        return True
    words = _word_pattern(lexicon.elided).findall(folded)
    is_short = len(words) < _FEW_WORDS and _DIGIT.search(folded) is not None
    return is_short or not lexicon.core_words.isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenized text with what the grammar asks of it. Indexes beyond the ends are safe.

    `text` is the original. `memory` keeps what was read where, as many compositions ask for the same.
    """

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    memory: dict[tuple[str, int], Any] = field(default_factory=dict)

    def at(self, i: int) -> Token:
        """The token at `i`, or an empty one."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else _BEYOND

    def has(self, i: int, *kinds: Kind) -> bool:
        """Whether the token at `i` can play one of the parts."""
        # Without a call of `at`: this is asked most of all.
        senses = self.tokens[i].senses if 0 <= i < len(self.tokens) else NO_SENSES
        return bool(senses) and not senses.keys().isdisjoint(kinds)

    def value(self, i: int, kind: Kind) -> Any:
        """What the token at `i` carries in that part (a month, a weekday, a unit), or None."""
        return self.tokens[i].senses.get(kind) if 0 <= i < len(self.tokens) else None

    def skip(self, i: int, *kinds: Kind) -> int:
        """The index after the token at `i` if it is of one of the kinds, else `i`."""
        return i + 1 if self.has(i, *kinds) else i

    def word(self, i: int) -> str:
        """The folded word at `i`."""
        return self.at(i).word

    def capitalised(self, i: int) -> bool:
        """Whether the token at `i` begins with a capital in the original."""
        return self.text[self.at(i).start : self.at(i).start + 1].isupper()

    def begins(self, i: int) -> bool:
        """Whether the token at `i` begins a sentence."""
        return i <= 0 or self.word(i - 1) in _OPENERS or self.word(i - 1).startswith("\n")

    def is_definite(self, i: int) -> bool:
        """Whether the token at `i` is an article, or ends with one: "del", "a partir del"."""
        senses = self.lexicon.words.get(self.word(i).rsplit(" ", 1)[-1], NO_SENSES)
        return not _ARTICLES.isdisjoint(senses)

    def touches(self, i: int) -> bool:
        """Whether no space stands before the token at `i`."""
        return i > 0 and self.at(i - 1).end == self.at(i).start


def cardinal(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The number at `i`, in digits or words ("dos mil dieciocho"), and the index after it."""
    digits = sentence.value(i, Kind.DIGITS)
    if digits is not None:
        return digits, i + 1
    value = sentence.value(i, Kind.NUMBER)
    if value is None:
        return None
    total, group = 0, 0
    while value is not None:
        if value == 1000:
            total, group = (total + max(group, 1)) * 1000, 0
        elif value == 100 and 1 <= group < 100:
            group *= 100
        elif group and value >= _place(group):
            break
        else:
            group += value
        i += 1
        value = _continued(sentence, i, total + group)
        if value is not None and sentence.has(i, Kind.AND, Kind.DASH):
            i += 1
    return total + group, i


def _place(group: int) -> int:
    """Below what a following number word must stay: after "veinte" below 10, after "cien" below 100."""
    return 100 if group % 100 == 0 else 10 if group % 10 == 0 and group % 100 >= 20 else 0


def _continued(sentence: Sentence, i: int, so_far: int) -> int | None:
    """The value of the number word that continues a number at `i`, past a joiner, or None."""
    joined = sentence.has(i, Kind.AND, Kind.DASH)
    value: int | None = sentence.value(i + 1 if joined else i, Kind.NUMBER)
    if value is None or (joined and (value >= 1000 or value >= _place(so_far % 1000) > 0)):
        return None
    if value < 100 and so_far % 1000 > 0 and value >= _place(so_far % 1000):
        return None
    return value


def ordinal(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The ordinal at `i` ("tercera", "3ª", "trigésimo primer", "último" is -1), and the index after it."""
    value: int | None = sentence.value(i, Kind.ORDINAL)
    if value is None:
        return None
    ones = sentence.value(i + 1, Kind.ORDINAL)
    if value in {20, 30} and ones and 0 < ones < 10:
        return value + ones, i + 2
    return value, i + 1


def day_number(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A day of a month at `i`, in digits, words or as an ordinal; "un" is an article, not the first."""
    if sentence.has(i, Kind.ARTICLE) or (sentence.has(i, Kind.DIGITS) and len(sentence.word(i)) > 2):
        return None
    number = ordinal(sentence, i) or cardinal(sentence, i)
    return number if number and 1 <= number[0] <= 31 else None


def counts_things(sentence: Sentence, i: int, may_be_noun: bool = True) -> bool:
    """Whether the word at `i` says that the number before it counts something: "%", "por ciento", "casos" if it
    `may_be_noun`."""
    word = sentence.word(i)
    # “March 31, 2018 $177,935”: a sign right before a figure is that figure's.
    if word in _SIGNS and sentence.touches(i + 1) and sentence.word(i + 1)[:1].isdigit():
        return False
    if sentence.has(i, Kind.COUNTED, Kind.UNIT):
        return True
    return may_be_noun and not sentence.at(i).senses and sentence.lexicon.plural.fullmatch(word) is not None


def written_year(sentence: Sentence, i: int, may_count: bool = True) -> tuple[int, int] | None:
    """A year at `i` in four digits or words; "'87" counts too. A number that `may_count` is none before a plural."""
    digits = sentence.value(i, Kind.DIGITS)
    if digits is not None:
        counts = counts_things(sentence, i + 1, may_count)
        good = len(sentence.word(i)) == 4 and 1000 <= digits < 2200 and not counts
        return (digits, i + 1) if good else None
    short = sentence.value(i, Kind.SHORT_YEAR)
    if short is not None:
        return short, i + 1
    number = _year_in_words(sentence, i)
    return number if number and 1000 < number[0] < 2200 and not counts_things(sentence, number[1]) else None


def _year_in_words(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A year in words, also by its hundreds: "dos mil veinte", "nineteen ninety-nine"."""
    first = cardinal(sentence, i)
    if first is None or not 10 < first[0] < 22:
        return first
    rest = cardinal(sentence, first[1])
    return (first[0] * 100 + rest[0], rest[1]) if rest and 9 < rest[0] < 100 else first


def pointed_year(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A year that is pointed as figures are and years should not be: "17 de enero de 2.025"."""
    word = sentence.word(i)
    if not _POINTED_YEAR.fullmatch(word) or counts_things(sentence, i + 1):
        return None
    return int(word[0] + word[2:]), i + 1


def unit_at(sentence: Sentence, i: int) -> Unit | None:
    """The unit of days or more at `i`; hours pass within a day: “later this hour” names none."""
    unit: Unit | None = sentence.value(i, Kind.UNIT)
    return None if unit is Unit.HOUR else unit
