"""Plain text: articles, also in the archive's own form (` date YYYY-MM-DD ` first), chats, logs and settings."""

import re
from collections.abc import Iterator
from datetime import date

from index.document import Block, BlockKind, DateSource, FileReadings, Reading, Span
from index.readers.chats import read_whatsapp
from index.readers.dating import parse_date
from index.text.characters import decode
from index.text.lines import Hyphens, Line, lines_of
from index.text.structure import structured

_HEADER = re.compile(r"\s*date[ \t]+(\d{4}-\d{2}-\d{2})(?:\s+|$)")
_SECTION = re.compile(r"\[([^\[\]\n]+)\]")
# As a hyphen, as the sign that is only that, and as the one that is to be seen only there.
_HYPHENS = frozenset("-\u2010\u00ad")
_LONGEST_PRINTED = 200
# Fewer words than these are divided by chance, or end in a hyphen.
_FEWEST_DIVIDED = 3
# Long groups of settings are parted where they allow it.
_MOST_LINES = 12


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a text file; a date header is part of its text but not of its body. A chat has several."""
    text = decode(data)
    if days := read_whatsapp(text, path):
        return FileReadings.of(*days)
    text = _undivided(text)
    published, body = _header(text)
    return FileReadings.of(
        Reading(text=text, date=published, date_source=DateSource.HEADER if published else None, body=body)
    )


def read_log(data: bytes, path: str) -> FileReadings:
    """The one document of a log: each entry, with the indented lines below it, is a block."""
    text = decode(data)
    entries: list[list[Line]] = []
    for line in filter(None, lines_of(text, 0, len(text))):
        if entries and line.indent:
            entries[-1].append(line)
        else:
            entries.append([line])
    blocks = [Block(BlockKind.CODE, _span(entry)) for entry in entries]
    return FileReadings.of(Reading(text=text, blocks=structured(text, blocks)))


def read_settings(data: bytes, path: str) -> FileReadings:
    """The one document of a file of settings: its sections are headings, what stands together in them is a block."""
    text = decode(data)
    return FileReadings.of(Reading(text=text, blocks=structured(text, _settings(text))))


def _settings(text: str) -> Iterator[Block]:
    group: list[Line] = []
    for line in lines_of(text, 0, len(text)):
        section = _SECTION.fullmatch(line.words) if line else None
        is_full = len(group) >= _MOST_LINES and line is not None and not line.indent
        if group and (line is None or section or is_full):
            yield Block(BlockKind.CODE, _span(group))
            group = []
        if section and line:
            yield Block(BlockKind.HEADING, Span(line.span.start + 1, line.span.end - 1), level=1)
        elif line:
            group.append(line)
    if group:
        yield Block(BlockKind.CODE, _span(group))


def _span(lines: list[Line]) -> Span:
    return Span(lines[0].span.start, lines[-1].span.end)


def _header(text: str) -> tuple[date | None, int]:
    header = _HEADER.match(text)
    published = parse_date(header[1]) if header else None
    return (published, header.end()) if header and published else (None, 0)


def _undivided(text: str) -> str:
    """A text that was made of a printed one, with the words whole that were divided at the ends of its lines."""
    lines = text.split("\n")
    divided = [place for place in range(len(lines) - 1) if _is_divided(lines[place], lines[place + 1])]
    if len(divided) < (1 if "\f" in text else _FEWEST_DIVIDED):
        return text
    hyphens = Hyphens(line.strip() for line in lines if len(line) <= _LONGEST_PRINTED)
    moved_up: set[int] = set()
    for place in reversed(divided):
        half, _, rest = lines[place + 1].lstrip().partition(" ")
        before, gap = hyphens.link(lines[place].rstrip(), half)
        lines[place], lines[place + 1] = before + gap + half, rest
        if not rest.strip():
            moved_up.add(place + 1)
    return "\n".join(line for place, line in enumerate(lines) if place not in moved_up)


def _is_divided(line: str, following: str) -> bool:
    before, after = line[-_LONGEST_PRINTED:].rstrip(), following[:_LONGEST_PRINTED].strip()
    if len(line) > _LONGEST_PRINTED or before[-1:] not in _HYPHENS or not before[-2:-1].isalpha():
        return False
    # A line of one half word more would be taken up by the one above, and that one by the next.
    return after[:1].islower() and (" " in after or after[-1] not in _HYPHENS)
