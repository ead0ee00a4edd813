"""A tokenized text with the questions that grammar rules ask of it, and the numbers that it holds."""

from dataclasses import dataclass, field
from typing import cast

from index.dates.calendar import Unit
from index.dates.lexicon import Kind, Lexicon
from index.dates.shapes import Shape
from index.dates.tokens import Token, full_year

Match = tuple[Shape, int]

_BEYOND = Token("", 0, 0)
_ARTICLES = {"un", "una", "a", "an", "um", "uma"}
_JOINERS = {"y", "e", "and", "-"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is the original, `folded` its folded form of equal length. Indexes beyond the ends are safe.

    `singles` remembers what single dates begin where, as several rules ask for the same.
    """

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    singles: dict[int, Match | None] = field(default_factory=dict)

    def at(self, i: int) -> Token:
        """The token at `i`, or an empty one."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else _BEYOND

    def has(self, i: int, *kinds: Kind) -> bool:
        """Whether the token at `i` can play one of the parts."""
        senses = self.at(i).senses
        if senses:
            for kind in kinds:
                if kind in senses:
                    return True
        return False

    def number(self, i: int, kind: Kind) -> int | None:
        """The value of the token at `i` as a number of that kind: a month, a weekday, days of distance."""
        return cast("int | None", self.at(i).senses.get(kind))

    def unit(self, i: int) -> Unit | None:
        """The unit of time at `i`."""
        return cast("Unit | None", self.at(i).senses.get(Kind.UNIT))

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


_OPENERS = {".", "!", "?", "¡", "¿", '"', "“", "«", "(", ":", "—", "…"}


def cardinal(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The number at `i`, in digits or words ("dos mil dieciocho"), and the index after it."""
    token = sentence.at(i)
    if token.number is not None and not token.ordinal:
        return token.number, i + 1
    value = sentence.number(i, Kind.NUMBER)
    if value is None:
        return None
    total, group, i = 0, 0, i
    while value is not None:
        if value == 1000:
            total, group = (total + max(group, 1)) * 1000, 0
        elif value == 100 and 1 <= group < 10:
            group *= 100
        elif group and value >= _place(group):
            break
        else:
            group += value
        i += 1
        value = _next_word_value(sentence, i, total + group)
        if value is not None and sentence.word(i) in _JOINERS:
            i += 1
    return total + group, i


def _place(group: int) -> int:
    """Below what a following number word must stay: after "veinte" below 10, after "cien" below 100."""
    return 100 if group % 100 == 0 else 10 if group % 10 == 0 and group % 100 >= 20 else 0


def _next_word_value(sentence: Sentence, i: int, so_far: int) -> int | None:
    """The value of the number word that continues a number at `i`, past a joiner, or None."""
    joined = sentence.word(i) in _JOINERS
    value = sentence.number(i + 1 if joined else i, Kind.NUMBER)
    if value is None or (joined and (value >= 1000 or value >= _place(so_far % 1000) > 0)):
        return None
    if value < 100 and so_far % 1000 > 0 and value >= _place(so_far % 1000):
        return None
    return value


def ordinal(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """The ordinal at `i` ("tercera", "3ª", "último" is -1), and the index after it."""
    token = sentence.at(i)
    if token.ordinal and token.number:
        return token.number, i + 1
    value = sentence.number(i, Kind.ORDINAL)
    return (value, i + 1) if value is not None else None


def day_number(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A day of a month at `i`, in digits, words or as an ordinal; "un" is an article, not the first."""
    token = sentence.at(i)
    if token.word in _ARTICLES:
        return None
    if token.number is not None and len(token.word) > 2 and not token.ordinal:
        return None
    found = ordinal(sentence, i) or cardinal(sentence, i)
    return found if found and 1 <= found[0] <= 31 else None


def counts_things(sentence: Sentence, i: int) -> bool:
    """Whether the word at `i` says that the number before it counts something: "casos", "%", "por ciento"."""
    word = sentence.word(i)
    if word in {"%", "‰", "€", "$", "km", "kg", "mil", "por", "per", "percent", "people"}:
        return word != "por" or sentence.word(i + 1) in {"ciento", "cento", "mil"}
    if Kind.UNIT in sentence.at(i).senses:
        return True
    return len(word) > 3 and word.endswith("s") and word.isalpha() and not sentence.at(i).senses


def written_year(sentence: Sentence, i: int) -> tuple[int, int] | None:
    """A year at `i` in four digits or words; "'87" counts too."""
    token = sentence.at(i)
    if token.number is not None and len(token.word) == 4:
        good = 1000 <= token.number < 2200 and not counts_things(sentence, i + 1)
        return (token.number, i + 1) if good else None
    short = sentence.at(i + 1)
    if token.word in {"'", "’"} and short.number is not None and len(short.word) == 2:
        return full_year(short.number), i + 2
    found = cardinal(sentence, i) if token.number is None else None
    if found and 1000 < found[0] < 2200 and not counts_things(sentence, found[1]):
        return found
    return None
