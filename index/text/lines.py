"""What a line of plain text is: a rule, an item, a label, a row of columns, a line of code, part of a paragraph."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.document import Span
from index.text.structure import is_particle

_TAB = 4
_WRAP_WIDTH = range(40, 201)
_WRAP_SLACK = 12
# A sentence that is not over goes on below a line that is nearly as long as the others.
_FULL_LINE = 0.6

STOPS = (".", "!", "?", "…", ":", ";", ".”", ".»", '."', "”", "»")
_RULE = re.compile(r"[^\w¿¡]{3,}")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_BULLET = re.compile(r"([-•*·▪◦‣○●■□✓➢–—+])[ \t]+(?=\S)")
_NUMBER = re.compile(
    r"\(?(?:(?P<deep>\d{1,2}(?:\.\d{1,2}){1,4})[.)]?|(?P<plain>\d{1,3}|[a-z]|[A-Z]|[ivxIVX]{2,5})(?:\.?\)|[.ºª°][-–—.)]?)-?)"
    r"[ \t]+(?=\S)"
)
_LABEL = re.compile(
    r"(?:[\[(]?\d{1,2}[:.]\d{2}(?::\d{2})?[\])]?[ \t]{0,3}[-–—]?[ \t]{0,3})?"
    r"(?P<label>(?:[^\W\d_]{1,8}\.[ \t])?[^\W\d_][^\n:.;!?|\t]{0,59}):[ \t]+\S"
)
_GAP = re.compile(r"\S(?: {3,}|\t)[ \t]*+\S")
_SIGNED = re.compile(r"(?:Fdo|Firmad[oa]|Signed|Assinad[oa]|Signé)\b")
_CODE = re.compile(r"[{}<>=$\\`]|[;)\]]$|\w\(|^[-.#/@%]\S|^[\w.-]+[_/:=]\w|(?:^|\s)--?\w|^\w+:$")
_ROMAN = {"i": 1, "v": 5, "x": 10}

_HYPHENS = ("-", "\u2010", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-\u2010][^\W\d_]++){0,8}$")
# Two words that are as long, and both in the document, are two words.
_LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where its words stand, the words, and how many columns it is indented."""

    span: Span
    words: str
    indent: int

    @property
    def bullet(self) -> str:
        """The sign of an item that is not numbered, or nothing."""
        sign = _BULLET.match(self.words)
        return sign[1] if sign else ""

    @property
    def is_rule(self) -> bool:
        """Whether it holds signs and nothing else: “-----”, “* * *”."""
        return _RULE.fullmatch(self.words) is not None

    @property
    def is_quoted(self) -> bool:
        """Whether it repeats somebody's words, as mail does: “> …”."""
        return self.words.startswith(">")

    @property
    def is_label(self) -> bool:
        """Whether it says one thing about something: “Cargo: directora”."""
        return _LABEL.match(self.words) is not None

    @property
    def is_named(self) -> bool:
        """Whether it begins with what may be the name of who speaks, before a colon."""
        match = _LABEL.match(self.words)
        return match is not None and all(
            word[0].isupper() or is_particle(word) for word in match["label"].split()
        )

    @property
    def is_columned(self) -> bool:
        """Whether wide gaps, tabs or bars part it into columns."""
        return self.words.count("|") > 1 or _GAP.search(self.words) is not None

    @property
    def is_code(self) -> bool:
        """Whether it looks like a line of a program, a command or a setting."""
        return _CODE.search(self.words) is not None

    @property
    def ends(self) -> bool:
        """Whether a sentence, or the lead-in of a list, is over at its end."""
        return self.words.endswith(STOPS)


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an item or a heading: as printed, its style, its place in the row, how deep it is."""

    printed: str
    style: str
    value: int
    depth: int
    length: int

    @property
    def family(self) -> str:
        """What items of one list have in common: “2.1” and “3.1” are alike, “a)” and “1.” are not."""
        return self.style if self.depth == 1 else f"{self.depth}"


def lines_of(text: str, start: int, end: int) -> Iterator[Line | None]:
    """The lines of `text` from `start` to `end`; None for a blank one."""
    offset = start
    for row in text[start:end].split("\n"):
        words = row.strip()
        if words:
            before = row[: len(row) - len(row.lstrip())]
            left = offset + len(before)
            yield Line(Span(left, left + len(words)), words, len(before.expandtabs(_TAB)))
        else:
            yield None
        offset += len(row) + 1


def fence_of(line: Line | None) -> str:
    """The sign that fences code off, if the line is one: “```python”."""
    fence = _FENCE.match(line.words) if line else None
    return fence[1] if fence and fence[1] not in (line.words[fence.end() :] if line else "") else ""


def number_of(words: str) -> tuple[Number, ...]:
    """The ways to read the number that opens a line: “i)” is the ninth letter, or the first in Roman."""
    match = _NUMBER.match(words)
    if match is None:
        return ()
    if match["deep"]:
        parts = match["deep"].split(".")
        above = ".".join(parts[:-1])
        return (Number(match["deep"], f"{above}.", int(parts[-1]), len(parts), match.end()),)
    plain = match["plain"]
    sign = match[0].strip().replace(plain, "#", 1)
    readings = []
    if plain.isdigit():
        readings.append(("1", int(plain)))
    elif len(plain) == 1:
        readings.append(("A" if plain.isupper() else "a", ord(plain.lower()) - ord("a") + 1))
    if plain.lower().strip("ivx") == "" and (plain.islower() or plain.isupper()):
        readings.append(("I" if plain.isupper() else "i", _roman(plain.lower())))
    return tuple(Number(plain, style + sign, value, 1, match.end()) for style, value in readings)


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < max(values[place:], default=0) else value for place, value in enumerate(values)
    )


def numbered(lines: Iterable[Line]) -> dict[int, Number]:
    """The numbers that stand in a row (1, 2, 3; a, b), by the offset of their line: no others open items."""
    open_rows: dict[str, list[tuple[int, int]]] = {}
    sequence: dict[int, Number] = {}
    pending: dict[tuple[str, int], Number] = {}
    for line in lines:
        for number in number_of(line.words):
            row = open_rows.setdefault(number.style, [])
            before = next((each for each in reversed(row) if each[0] == number.value - 1), None)
            pending[number.style, line.span.start] = number
            if before is not None:
                del row[row.index(before) :]
                sequence[before[1]] = pending[number.style, before[1]]
                sequence[line.span.start] = number
            row.append((number.value, line.span.start))
            del row[:-4]
    return sequence


def wraps(line: Line, following: Line, width: int) -> bool:
    """Whether `line` broke off only because the next word did not fit into `width`."""
    if following.words.startswith(": "):
        # Below a term, what it means.
        return True
    if following.words[0].islower():
        return not (line.is_label and following.is_label)
    if _SIGNED.match(following.words) or line.is_columned or following.is_columned:
        return False
    if following.is_label and (line.is_label or (line.ends and following.is_named)):
        return False
    fits = len(line.words) + 1 + len(following.words.split(None, 1)[0]) <= width - _WRAP_SLACK
    is_over = fits and (line.ends or line.indent + len(line.words) < width * _FULL_LINE)
    return width in _WRAP_WIDTH and not is_over and not _changes_to_capitals(line, following)


def _changes_to_capitals(line: Line, following: Line) -> bool:
    """Whether a heading or a speaker's label in capitals is one of two lines, and not the other."""
    in_capitals = line.words.isupper()
    return in_capitals != following.words.isupper() and (in_capitals or line.ends)


def width_of(lines: Sequence[Line]) -> int:
    """The length of the longest line, indents included."""
    return max((line.indent + len(line.words) for line in lines), default=0)


class Hyphens:
    """Knows from all lines of a document whether a hyphen at the end of one belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._first_halves: set[str] = set()
        for line in lines:
            divided = _LAST.search(line[:-1]) if line.endswith(_HYPHENS) else None
            for word in _WORD.findall(line[: divided.start() if divided else None].casefold()):
                self._words.add(word)
                first, hyphen, _ = word.replace("\u2010", "-").partition("-")
                if hyphen:
                    self._first_halves.add(first)

    def joined(self, lines: Sequence[str]) -> str:
        """Lines as one."""
        whole = ""
        for line in lines:
            before, gap = self.link(whole, line)
            whole = before + gap + line
        return whole

    def link(self, before: str, after: str) -> tuple[str, str]:
        """A line without the hyphen that only divided its last word, and what stands between it and the next."""
        if not before or not after:
            return before, ""
        last = _LAST.search(before[:-1]) if before.endswith(_HYPHENS) else None
        if last is None:
            is_span = before.endswith(_HYPHENS) and before[-2:-1].isdigit() and after[0].isdigit()
            return before, "" if is_span else " "
        if after[0].islower() and not self._is_real(last[0].casefold(), after.casefold()):
            return before[:-1], ""
        return before, ""

    def _is_real(self, half: str, after: str) -> bool:
        match = _WORD.match(after)
        other = match[0] if match else ""
        if half + other in self._words:
            return False
        are_words = min(len(half), len(other)) >= _LEAST_LETTERS and {half, other} <= self._words
        return are_words or f"{half}-{other}" in self._words or half in self._first_halves
