"""A document under construction: a reader adds what it meets, in reading order, and text and blocks come of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.document import Block, BlockKind, Page, Span
from index.text.characters import PARAGRAPH_BREAK, clean, one_line
from index.text.grid import named_rows
from index.text.structure import structured


class Draft:
    """Blocks one below the other, an empty line between them. What holds no words adds nothing."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._number: int | None = None
        self._pages: list[Page] = []
        self._around_pages: set[int] = set()

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    @property
    def length(self) -> int:
        """The number of characters so far; what is added next begins behind an empty line, if there are any."""
        return self._length

    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far, with the headings and lead-ins that they stand under."""
        blocks = structured(self.text, self._blocks)
        return tuple(
            replace(block, headings=()) if place in self._around_pages else block
            for place, block in enumerate(blocks)
        )

    def pages(self) -> tuple[Page, ...]:
        """The pages that were named and have words, in the order of the text; one may come back later."""
        return tuple(self._pages)

    def page(self, number: int) -> None:
        """What is added from here on stands on the page of that number."""
        self._number = number

    def heading(self, words: str, level: int) -> None:
        """A heading of level 1 to 6."""
        self._add(BlockKind.HEADING, one_line(words), level=min(max(level, 1), 6))

    def paragraph(self, words: str) -> None:
        """A paragraph of prose, put on one line."""
        self._add(BlockKind.PARAGRAPH, one_line(words))

    def go_on(self, words: str, gap: str = " ") -> None:
        """More words of the last block, behind `gap`, as where a page ends within a sentence."""
        more = gap + one_line(words)
        self._pieces.append(more)
        self._length += len(more)
        last = self._blocks[-1]
        self._blocks[-1] = replace(last, span=Span(last.span.start, self._length))
        self._note_page(self._length - len(more) + len(gap))

    def page_line(self, words: str) -> None:
        """What stands at the head or the foot of pages: a paragraph under no heading."""
        self._around_pages.add(len(self._blocks))
        self.paragraph(words)

    def quote(self, words: str) -> None:
        """A paragraph that repeats somebody's words, set apart from the rest."""
        self._add(BlockKind.QUOTE, one_line(words))

    def item(self, words: str, level: int = 1, number: str = "") -> None:
        """An item of a list; its number, if it has one, is printed before it: 3 as “3.”, a) as it is."""
        line = one_line(words)
        if line:
            mark = f"{number}." if number[-1:].isalnum() else number or "-"
            self._add(BlockKind.ITEM, f"{mark} {line}", level=level, number=number.strip("(.) "))

    def row(self, cells: Sequence[str], columns: Sequence[str] = ()) -> None:
        """A row of a table, each filled cell behind the name of its column, so that it can be read alone."""
        pieces: list[str] = []
        spans: list[Span] = []
        length = 0
        for place, words in enumerate(map(one_line, cells)):
            name = one_line(columns[place]) if place < len(columns) else ""
            before = ("; " if length and words else "") + (f"{name}: " if name and words else "")
            spans.append(Span(length + len(before), length + len(before) + len(words)))
            pieces.append(before + words)
            length += len(before) + len(words)
        self._add(BlockKind.ROW, "".join(pieces), columns=tuple(map(one_line, columns)), cells=tuple(spans))

    def table(self, rows: Iterable[Sequence[str]], marked: int = 0) -> tuple[str, ...]:
        """A table: a row each, named as `named_rows` tells; a title or a note in it is a paragraph.

        Gives the names of the columns of its last row that has such.
        """
        names: tuple[str, ...] = ()
        for row in named_rows(rows, marked):
            if len(row.cells) == 1 and not row.columns:
                self.paragraph(row.cells[0])
            else:
                self.row(row.cells, row.columns)
                names = row.columns or names
        return names

    def code(self, source: str) -> None:
        """Source code or a listing; its line breaks and indents are kept."""
        self._add(BlockKind.CODE, clean(source).strip("\n").rstrip())

    def turn(self, words: str, speaker: str, time: str = "") -> None:
        """What somebody says in a conversation; its line breaks are kept, the label printed before it is no block."""
        said = "\n".join(line for row in clean(words).splitlines() if (line := one_line(row)))
        if said:
            name = one_line(speaker)
            label = f"{name} ({time}): " if time else f"{name}: "
            self._add(BlockKind.TURN, said, label=label, speaker=name, time=time)

    def _add(
        self,
        kind: BlockKind,
        words: str,
        *,
        level: int = 0,
        number: str = "",
        columns: tuple[str, ...] = (),
        cells: tuple[Span, ...] = (),
        label: str = "",
        speaker: str = "",
        time: str = "",
    ) -> None:
        if not words.strip():
            return
        if self._pieces:
            self._pieces.append(PARAGRAPH_BREAK)
            self._length += len(PARAGRAPH_BREAK)
        start = self._length + len(label)
        self._pieces.append(label + words)
        self._length = start + len(words)
        self._note_page(start - len(label))
        self._blocks.append(
            Block(
                kind,
                Span(start, self._length),
                level=level,
                number=number,
                columns=columns,
                cells=tuple(Span(start + cell.start, start + cell.end) for cell in cells),
                speaker=speaker,
                time=time,
            )
        )

    def _note_page(self, start: int) -> None:
        """What stands from `start` on is on the page that was named last."""
        if self._number is None:
            return
        if self._pages and self._pages[-1].number == self._number:
            start = self._pages.pop().span.start
        self._pages.append(Page(self._number, Span(start, self._length)))
