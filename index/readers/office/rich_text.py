"""Rich Text Format, by striprtf: the structure that it drops is marked in the source before it reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from striprtf.striprtf import rtf_to_text

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.errors import UnreadableDocument
from index.readers.dating import valid_day
from index.readers.draft import Draft
from index.reasons import SkipReason
from index.text.characters import one_line
from index.text.headings import title_of

_MADE = re.compile(r"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_TITLE = re.compile(r"\{\\title ([^{}]*)\}")
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")
# Signs for private use: no text has them, and striprtf lets them through.
_HEADING, _ITEM, _LEVEL, _CELL, _ROW, _TABLE, _NOTE = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_MARKS = re.compile(f"{_HEADING}\\d|{_LEVEL}\\d|[{_HEADING}-{_NOTE}]")
_LISTED = re.compile(f"[{_HEADING}-{_NOTE}0-9 ]*?{_ITEM}([^\t{_ITEM}]{{0,40}})\t")
_MARKED = (
    (re.compile(r"\\outlinelevel(\d)(?!\d) ?"), rf"{_HEADING}\1"),
    (re.compile(r"\\(?:listtext|pntext)(?![a-z]) ?"), _ITEM),
    (re.compile(r"\\ilvl(\d)(?!\d) ?"), rf"{_LEVEL}\1"),
    (re.compile(r"\\(?:nest)?cell(?![a-z]) ?"), _CELL),
    (re.compile(r"\\(?:nest)?row(?![a-z]) ?"), _ROW),
    (re.compile(r"\\trowd(?![a-z]) ?"), _TABLE),
    # A group that is not to be read.
    (re.compile(r"\\deleted(?![a-z0-9]) ?"), r"\\*"),
)
_GROUPS = re.compile(r"\\[{}\\]|[{}]|\\(footnote|header|footer)[lrf]?(?![a-z])")
_COUNTED = {
    LeftOutKind.IMAGES: re.compile(r"\{\\pict(?![a-z])"),
    LeftOutKind.COMMENTS: re.compile(r"\{\\\*\\annotation(?![a-z])"),
    LeftOutKind.EMBEDDED: re.compile(r"\{\\object(?![a-z])"),
}
# Word repeats each picture for older programs.
_REPEATED_PICTURE = re.compile(r"\{\\nonshppict(?![a-z])")
_BODY_LEVEL = 9
_PAGE_WORDS = 2


def read(data: bytes, path: str) -> FileReadings:
    """The one document of an rtf file, with the title and date of its properties."""
    # RTF is ASCII with escapes; what stands there in eight bits is in its Windows code page.
    source = data.decode("cp1252", "replace")
    if not source.lstrip().startswith("{\\rtf"):
        raise UnreadableDocument(SkipReason("not_rich_text"))
    title, made = _TITLE.search(source), _made(source)
    writer = _Writer.of(_MARKS.sub("", source))
    return FileReadings.of(
        Reading(
            text=writer.draft.text,
            title=one_line(_plain(f"{{\\rtf1 {title[1]}}}"))
            if title
            else title_of(writer.draft.text, writer.start),
            date=made,
            date_source=DateSource.FILE_PROPERTIES if made else None,
            blocks=writer.draft.blocks(),
            left_out=_left_out(source),
        )
    )


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of a document in reading order. `start` is where its own text begins."""

    notes: list[str]
    draft: Draft = field(default_factory=Draft)
    start: int = 0
    _rows: list[list[str]] = field(default_factory=list)
    _notes_of_rows: int = 0

    @classmethod
    def of(cls, source: str) -> "_Writer":
        """The blocks of a document with the heads and feet of its pages, each once."""
        body, groups = _taken_apart(source)
        page = _CODE_PAGE.search(source)
        head = f"{{\\rtf1\\ansi{page[0] if page else ''} "
        parts = [(kind, one_line(_plain(f"{head}{group}}}"))) for kind, group in groups]
        writer = cls([words for kind, words in parts if kind == "footnote"][::-1])
        writer._write_once(words for kind, words in parts if kind == "header")
        writer.start = writer.draft.length
        for pattern, mark in _MARKED:
            body = pattern.sub(mark, body)
        writer._write(_plain(body))
        writer._write_once(words for kind, words in parts if kind == "footer")
        return writer

    def _write(self, text: str) -> None:
        *rows, rest = text.split(_ROW)
        for row in rows:
            before, _, cells = row.partition(_TABLE)
            self._write_lines(before)
            self._notes_of_rows += cells.count(_NOTE)
            # Word says again behind its cells what a row is.
            self._rows.append([one_line(_MARKS.sub("", cell)) for cell in cells.split(_CELL)[:-1]])
        self._write_lines(rest.replace(_CELL, " "))
        self._write_table()

    def _write_once(self, lines: Iterator[str]) -> None:
        """Lines around the pages, but for those that hardly say more than their number."""
        for line in dict.fromkeys(lines):
            if sum(map(str.isalpha, line.split())) > _PAGE_WORDS:
                self.draft.page_line(line)

    def _write_lines(self, text: str) -> None:
        for line in text.split("\n"):
            words = _MARKS.sub("", line)
            if words.strip():
                self._write_table()
                self._write_line(line, words)
                self._write_notes(line.count(_NOTE))

    def _write_line(self, line: str, words: str) -> None:
        level = _figure_after(line, _HEADING)
        if level is not None and level < _BODY_LEVEL:
            self.draft.heading(words, level + 1)
        elif (item := _LISTED.match(line)) is not None:
            label = _MARKS.sub("", item[1]).strip()
            number = label if any(map(str.isalnum, label)) else ""
            self.draft.item(
                _MARKS.sub("", line[item.end() :]), (_figure_after(line, _LEVEL) or 0) + 1, number
            )
        else:
            self.draft.paragraph(words)

    def _write_notes(self, count: int) -> None:
        for _ in range(min(count, len(self.notes))):
            self.draft.paragraph(self.notes.pop())

    def _write_table(self) -> None:
        rows, self._rows = self._rows, []
        if max(map(len, rows), default=0) > 1:
            self.draft.table(rows)
        else:
            for row in rows:
                self.draft.paragraph(" ".join(row))
        self._write_notes(self._notes_of_rows)
        self._notes_of_rows = 0


def _taken_apart(source: str) -> tuple[str, list[tuple[str, str]]]:
    """The source with a mark in place of each footnote, and what was taken out: notes, heads and feet of pages."""
    kept, groups, starts = [], [], []
    kind, depth, word_end, last = "", 0, 0, 0
    for match in _GROUPS.finditer(source):
        if match[0] == "{":
            starts.append(match.start())
        elif match[0] == "}" and starts:
            start = starts.pop()
            if kind and len(starts) < depth:
                groups.append((kind, f"{{{source[word_end : match.end()]}"))
                kept += [source[last:start], _NOTE if kind == "footnote" else ""]
                kind, last = "", match.end()
        elif match[1] and starts and not kind:
            kind, depth, word_end = match[1], len(starts), match.end()
    return "".join([*kept, source[last:]]), groups


def _figure_after(line: str, mark: str) -> int | None:
    """The figure that stands behind the last mark of that kind."""
    figure = line.rpartition(mark)[2][:1] if mark in line else ""
    return int(figure) if figure.isascii() and figure.isdigit() else None


def _left_out(source: str) -> tuple[LeftOut, ...]:
    counts = {kind: len(pattern.findall(source)) for kind, pattern in _COUNTED.items()}
    counts[LeftOutKind.IMAGES] -= len(_REPEATED_PICTURE.findall(source))
    return LeftOut.each_of(counts)


def _plain(source: str) -> str:
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    return text


def _made(source: str) -> date | None:
    found = _MADE.search(source)
    return valid_day(int(found[1]), int(found[2]), int(found[3])) if found else None
