"""Which pieces of a plain text head the others, and at what level: told by numbers, capitals, or standing alone.

And a title for a document that does not carry one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from index.document import BlockKind
from index.text.lines import Line, Number, number_of
from index.text.sentences import split_sentences

_LONGEST_HEADING = 90
_LONGEST_PLAIN_HEADING = 60
_FEWEST_CAPITALS = 4
# More lines in capitals than these one below the other are no headings.
_MOST_CAPITALS = 4
# A heading without any sign of its own is one only above text that is clearly longer.
_LONGER_BY = 1.5
_TITLE, _SECTION, _NUMBERED, _UNSIGNED, _DEEPEST = 1, 2, 3, 4, 6
# “CAPÍTULO II”, “Artículo 5. Plazo”: a word and its number, in any language.
_SECTION_LINE = re.compile(r"([^\W\d_]{4,})\s+(?:\d{1,4}|[IVXLC]{1,7})(?:\.?[ºª°])?\.?[-–—:]?(?=\s|$)")
# Small letters to Python, which capitals have among them: “SENTENCIA N.º 43”.
_ORDINAL_SIGNS = str.maketrans("", "", "ºª")

TITLE_LENGTH = 90
# A first sentence shorter than this ("Versión estenográfica.") takes the next one with it.
_SHORT_SENTENCE = 40
_SAYS_NOTHING = re.compile(
    r"untitled.*|sin t[ií]tulo.*|(?:microsoft )?(?:word|powerpoint)(?: document| presentation)?"
    r"|microsoft word - .*|(?:powerpoint|presentaci[oó]n de powerpoint).*|documento? ?\d*"
    r"|\S+\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|odt|rtf|tex|dvi|html?)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that will be one block: what they are, and how they stand among the others.

    `stands` if no sentence is open before them, `alone` if no other line is next to them, `follows` if one is right
    above them, `after_rule` if a row of signs is above them.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int = 0
    number: Number | None = None
    stands: bool = True
    alone: bool = True
    follows: bool = False
    after_rule: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def length(self) -> int:
        """How many characters its words have."""
        return sum(len(line.words) for line in self.lines)

    @property
    def sign(self) -> str:
        """What the items of one list have in common."""
        return self.number.family if self.number else self.first.bullet

    @property
    def in_capitals(self) -> bool:
        """Whether its first line is in capitals, and no mere acronym."""
        letters = self.first.words.translate(_ORDINAL_SIGNS)
        return letters.isupper() and sum(map(str.isalpha, letters)) >= _FEWEST_CAPITALS

    @property
    def is_bare_section(self) -> bool:
        """Whether it is “CAPÍTULO II” and no more."""
        match = _SECTION_LINE.match(self.first.words)
        return match is not None and match.end() == len(self.first.words) and len(self.lines) == 1

    @property
    def section(self) -> str:
        """The word of “Artículo 5”, or nothing."""
        match = _SECTION_LINE.match(self.first.words)
        return match[1].casefold() if match and self.first.words[0].isupper() else ""


def titled(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those that head the others as headings with their levels."""
    sections = _section_levels(pieces)
    shouted = _shouted(pieces)
    before: Piece | None = None
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        level = piece.level or (0 if place in shouted else _level(piece, before, after, sections))
        if (
            level
            and before
            and before.kind is BlockKind.HEADING
            and before.level == level
            and not piece.level
        ):
            # “TÍTULO I” and below it what the title is about.
            level = min(level + 1, _DEEPEST)
        before = replace(piece, kind=BlockKind.HEADING, level=level) if level else piece
        yield before


def _shouted(pieces: Sequence[Piece]) -> frozenset[int]:
    """The places of pieces in capitals among so many that they are a list of commands or names."""
    capitals = groupby(range(len(pieces)), lambda place: pieces[place].first.words.isupper())
    runs = [list(run) for are_capitals, run in capitals if are_capitals]
    return frozenset(place for run in runs if len(run) > _MOST_CAPITALS for place in run)


def _section_levels(pieces: Iterable[Piece]) -> dict[str, int]:
    """The words that sections are numbered by, the widest first: titles hold chapters, chapters hold articles."""
    counts: dict[str, int] = {}
    for piece in pieces:
        if piece.section and piece.stands:
            counts[piece.section] = counts.get(piece.section, 0) + 1
    repeated = [word for word, count in counts.items() if count > 1]
    return {word: min(_SECTION + place, _DEEPEST) for place, word in enumerate(repeated)}


def _level(piece: Piece, before: Piece | None, after: Piece | None, sections: Mapping[str, int]) -> int:
    """The level of a piece that is a heading by what it looks like; 0 if it is none."""
    words = piece.first.words
    if after is None or piece.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM) or not piece.stands:
        return 0
    titled_section = piece.kind is BlockKind.PARAGRAPH and piece.section and len(piece.lines) == 2
    begins_text = piece.number is not None and after.follows and after.kind is BlockKind.PARAGRAPH
    if not (could_head(piece, stop=begins_text) or piece.is_bare_section or titled_section):
        return 0
    if piece.section in sections:
        return sections[piece.section]
    number = next(iter((piece.number,) if piece.number else number_of(words)), None)
    if number:
        return _numbered_level(piece, number, before, after)
    if piece.in_capitals:
        return _TITLE if before is None else _SECTION
    return (_TITLE if before is None else _UNSIGNED) if _is_unsigned(piece, after) else 0


def could_head(piece: Piece, *, stop: bool = False) -> bool:
    """Whether it is one short line without a stop, but for a full one if `stop`."""
    line = piece.first
    short = len(piece.lines) == 1 and len(line.words) <= _LONGEST_HEADING
    unstopped = line.words[-1] not in ".,;:!" or (
        stop and line.words[-1] == "." and ". " not in line.words[6:]
    )
    return short and not line.bullet and unstopped and not line.is_columned


def _numbered_level(piece: Piece, number: Number, before: Piece | None, after: Piece) -> int:
    """The level of “2. Requisitos” or “2.1 Software”, unless it stands among items of its own kind."""
    title = piece.first.words[number.length :]
    listed = any(other is not None and _is_fellow(other, number) for other in (before, after))
    nested = after.kind is BlockKind.ITEM and after.first.indent > piece.first.indent
    if listed or nested or not title[:1].isupper():
        return 0
    return min(_NUMBERED - 1 + number.depth, _DEEPEST)


def _is_fellow(other: Piece, number: Number) -> bool:
    """Whether `other` is the item before or after the one of that number."""
    numbers = number_of(other.first.words) if other.kind is not BlockKind.HEADING else ()
    return any(each.style == number.style and abs(each.value - number.value) == 1 for each in numbers)


def _is_unsigned(piece: Piece, after: Piece) -> bool:
    """Whether a short line that stands alone heads what is below, with no sign but that."""
    words = piece.first.words
    if not piece.alone or len(words) > _LONGEST_PLAIN_HEADING or piece.first.is_label:
        return False
    dated = "," in words and words[-1].isdigit()
    if dated or not (words[0].isupper() or words[0] == "¿") or words[-1] == "…":
        return False
    if after.kind is BlockKind.PARAGRAPH:
        return after.last.ends and after.length > len(words) * _LONGER_BY
    return after.kind in (BlockKind.ITEM, BlockKind.CODE)


def is_telling(title: str) -> bool:
    """Whether a title from a file's properties says more than what program or file it came from."""
    return bool(title) and not _SAYS_NOTHING.fullmatch(title)


def title_of(text: str, start: int = 0) -> str:
    """The first sentence of `text` from `start`, on one line, shortened at a word border."""
    beginning = text[start : start + 20 * TITLE_LENGTH].strip()
    rows = [_SPACES.sub(" ", row).strip(" #*_=-|") for row in beginning.split("\n")]
    line = next((row for row in rows if _LETTERS.search(row)), beginning)
    if len(line) <= TITLE_LENGTH:
        return line
    ends = [sentence.end for sentence in split_sentences(line)]
    return shorten(line[: next((end for end in ends if end >= _SHORT_SENTENCE), len(line))])


def shorten(text: str, limit: int = TITLE_LENGTH) -> str:
    """`text` if it has at most `limit` characters, else cut at a word border and ended with `…`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut).rstrip(" ,;:.") + "…"
