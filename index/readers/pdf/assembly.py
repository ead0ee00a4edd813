"""The parts of all pages put together to a document: sentences over page breaks, headings, lists, tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from index.document import Span
from index.readers.draft import Draft
from index.readers.pdf.parts import Part, PartKind, is_shouted
from index.readers.pdf.sheet import Style
from index.text.lines import STOPS, Hyphens, Line, Number, number_of, numbered

_LARGER = 1.12  # than the type of the text: a heading
_SMALLEST = 0.95
_SAME_SIZE = 0.6
_LONGEST_HEADING = 160
_MOST_HEADING_LINES = 3
_LONGEST_SHORT = 90
_LEAST_LETTERS = 4
_WORDS_OF_SENTENCE = 12
_FEWEST_WORDS = 6  # of a line that is no sentence cut short
_MOST_IN_A_ROW = 4
_SAME_PLACE = 12.0  # points
_INDENT = 4.0  # points
_LEADERS = re.compile(r"(?:\s?\.){4,}|…{2,}")


@dataclass(slots=True)
class Entry:
    """Parts that are one to the reader: a paragraph, perhaps over some pages, with the notes that it refers to."""

    parts: list[Part]
    text: str
    notes: list[Part] = field(default_factory=list)
    level: int = 0
    number: Number | None = None
    depth: int = 1

    @property
    def kind(self) -> PartKind:
        return self.parts[0].kind

    @property
    def style(self) -> Style:
        return self.parts[0].style


def assembled(parts: Sequence[Part]) -> Draft:
    """A draft of the document that the parts make, in order."""
    hyphens = Hyphens(line for part in parts for line in (*part.lines, *_cell_lines(part)))
    entries = _entries(parts, hyphens)
    _number(entries)
    _head(entries)
    _nest(entries)
    draft = Draft()
    for entry in entries:
        _write(draft, entry, hyphens)
    return draft


def _cell_lines(part: Part) -> Iterator[str]:
    return (line for row in part.rows for cell in row for line in cell.split("\n"))


def _entries(parts: Sequence[Part], hyphens: Hyphens) -> list[Entry]:
    """The parts as entries: what goes on in the next column or on the next page is one, notes go with their mark."""
    entries: list[Entry] = []
    last = -1
    for part in parts:
        if part.kind is PartKind.NOTE and (entry := _referring(entries, part)) is not None:
            entry.notes.append(part)
            continue
        is_next = all(entry.kind is PartKind.NOTE for entry in entries[last + 1 :])
        if last >= 0 and _goes_on(entries[last].parts[-1], part, is_next=is_next):
            entries[last].parts.append(part)
            continue
        entries.append(Entry([part], _LEADERS.sub(" ", hyphens.joined(part.lines))))
        if part.kind in (PartKind.PROSE, PartKind.ITEM) or (part.kind is PartKind.TABLE and is_next):
            last = len(entries) - 1
    return entries


def _referring(entries: Sequence[Entry], note: Part) -> Entry | None:
    """The last entry on the note's page that has its mark."""
    for entry in reversed(entries):
        if entry.parts[-1].page < note.page:
            return None
        if any(part.page == note.page and note.marks[0] in part.marks for part in entry.parts):
            return entry
    return None


def _goes_on(before: Part, part: Part, *, is_next: bool) -> bool:
    """Whether a part at the top of a column or page goes on from one at the bottom of the last."""
    if part.page > before.page + 1 or not (part.opens or (is_next and _is_cut_short(before, part))):
        return False
    if before.kind is PartKind.TABLE:
        return part.kind is PartKind.TABLE and is_next and _is_same_table(before, part)
    if part.kind is not PartKind.PROSE or abs(before.style.size - part.style.size) > _SAME_SIZE:
        return False
    end, start = before.lines[-1], part.lines[0]
    if number_of(start) or (end.endswith(STOPS) and not before.full):
        return False
    if start[0].islower():
        return True
    if not is_next or end.endswith(STOPS) or before.style.bold != part.style.bold:
        return False
    is_cut = end.endswith((",", "-")) or (before.full and len(before.lines) > 1)
    is_sentence = before.kind is PartKind.PROSE and len(" ".join(before.lines).split()) >= _FEWEST_WORDS
    return (is_cut or is_sentence) and end.isupper() == start.isupper()


def _is_cut_short(before: Part, part: Part) -> bool:
    """Whether a long paragraph ends without a stop, and the next one has it."""
    is_long = len(before.lines) > 1 and len(" ".join(before.lines).split()) >= _WORDS_OF_SENTENCE
    return before.kind is PartKind.PROSE and is_long and bool(part.lines) and part.lines[-1].endswith(STOPS)


def _is_same_table(before: Part, part: Part) -> bool:
    """Whether a table is the rest of the one before it: as wide, at the same place, with no names of its own."""
    is_wide = len(before.rows[-1]) == len(part.rows[-1]) and abs(before.left - part.left) < _SAME_PLACE
    return is_wide and (not part.heads or part.rows[0] == before.rows[0])


def _number(entries: Sequence[Entry]) -> None:
    """Tell which entries are numbered in a row: 1, 2, 3 or a, b."""
    prose = {
        place: entry for place, entry in enumerate(entries) if entry.kind is PartKind.PROSE and entry.text
    }
    numbers = numbered(Line(Span(place, place), entry.text, 0) for place, entry in prose.items())
    for place, number in numbers.items():
        prose[place].number = number


def _head(entries: Sequence[Entry]) -> None:
    """Tell which entries are headings, and of which level, by how they are set."""
    sizes: Counter[Style] = Counter()
    for entry in entries:
        if entry.kind in (PartKind.PROSE, PartKind.ITEM):
            sizes[entry.style] += len(entry.text)
    body = max(sizes, key=lambda style: sizes[style], default=Style(0.0))
    keys: dict[int, tuple[float, ...]] = {}
    crowd = 0
    for place, (entry, after) in enumerate(zip_longest(entries, entries[1:])):
        key = _rank(entry, after, body) if after is not None else None
        crowd = crowd + 1 if key is not None else 0
        if key is not None:
            keys[place] = key
        if crowd > _MOST_IN_A_ROW and entry.style.size < _LARGER * body.size:
            for other in range(place - crowd + 1, place + 1):
                keys.pop(other, None)
    ranks = sorted(set(keys.values()))
    for place, key in keys.items():
        entries[place].level = ranks.index(key) + 1


def _rank(entry: Entry, after: Entry, body: Style) -> tuple[float, ...] | None:
    """What orders headings from the outermost in: size, depth of the number, weight, capitals; None for no heading."""
    text, style = entry.text, entry.style
    letters = sum(map(str.isalpha, text))
    is_short = (
        len(text) <= _LONGEST_HEADING and sum(len(part.lines) for part in entry.parts) <= _MOST_HEADING_LINES
    )
    if entry.kind is not PartKind.PROSE or not is_short or letters < _LEAST_LETTERS or text[-1] in ".,;:…":
        return None
    is_large = style.size >= _LARGER * body.size
    is_bold = style.bold and not body.bold and style.size >= _SMALLEST * body.size and ": " not in text
    is_loud = is_shouted(text) and style.size >= _SMALLEST * body.size
    if not (is_large or is_bold or is_loud or _is_numbered_heading(entry, after)):
        return None
    depth = max((number.depth for number in number_of(text)), default=1)
    return (-round(style.size), depth, 0 if style.bold else 2 - is_loud)


def _is_numbered_heading(entry: Entry, after: Entry) -> bool:
    """Whether a short numbered line heads the prose below it, and is no item among others."""
    number = entry.number
    if number is None or len(entry.text) > _LONGEST_SHORT or not entry.text[number.length :][:1].isupper():
        return False
    return after.kind is PartKind.PROSE and after.number is None and len(after.text) > len(entry.text)


def _write(draft: Draft, entry: Entry, hyphens: Hyphens) -> None:
    """Add an entry to the draft, and then its notes."""
    draft.page(entry.parts[0].page)
    if entry.kind is PartKind.TABLE:
        _write_table(draft, entry.parts, hyphens)
    elif entry.kind is PartKind.CODE:
        draft.code("\n".join(entry.parts[0].lines))
    else:
        _write_prose(draft, entry, hyphens)
    for note in entry.notes:
        draft.page(note.page)
        draft.paragraph(hyphens.joined(note.lines))


def _write_prose(draft: Draft, entry: Entry, hyphens: Hyphens) -> None:
    text, more = entry.text, [hyphens.joined(part.lines) for part in entry.parts[1:]]
    links = [hyphens.link(before, after) for before, after in pairwise([text, *more])]
    texts = [*(before for before, _ in links), [text, *more][-1]]
    if entry.level:
        draft.heading(texts[0], entry.level)
    elif entry.number is not None:
        draft.item(texts[0][entry.number.length :], entry.depth, entry.number.printed)
    elif entry.kind is PartKind.ITEM:
        draft.item(texts[0], entry.depth)
    else:
        draft.paragraph(texts[0])
    for part, (_, gap), words in zip(entry.parts[1:], links, texts[1:], strict=True):
        draft.page(part.page)
        draft.go_on(words, gap)


def _write_table(draft: Draft, parts: Sequence[Part], hyphens: Hyphens) -> None:
    names: tuple[str, ...] = ()
    for part in parts:
        rows = [[hyphens.joined(cell.split("\n")) for cell in row] for row in part.rows]
        draft.page(part.page)
        if names:
            draft.table([names, *rows], marked=1)
        else:
            names = draft.table(rows, marked=part.heads)


def _nest(entries: Sequence[Entry]) -> None:
    """Tell how deep items stand in each other, by where they begin."""
    lefts: list[float] = []
    for entry in entries:
        if entry.level or (entry.kind is not PartKind.ITEM and entry.number is None):
            lefts = []
            continue
        left = entry.parts[0].left
        while lefts and lefts[-1] > left + _INDENT:
            lefts.pop()
        if not lefts or left > lefts[-1] + _INDENT:
            lefts.append(left)
        entry.depth = len(lefts)
