"""OpenDocument: texts (odt), sheets (ods) and presentations (odp), with their headings, lists, tables and notes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from index.document import DateSource, FileReadings, LeftOut, LeftOutKind, Reading
from index.readers.archives import attribute, local_name, member, open_zip, parse_xml
from index.readers.dating import parse_date, title_of_name
from index.readers.draft import Draft
from index.readers.office.tables import add_sheet
from index.readers.office.word_parts import figures, whole
from index.text.characters import one_line
from index.text.grid import Cell, spread
from index.text.headings import is_telling

_SPACES = {"s": " ", "tab": " ", "line-break": " "}
# Deleted words that change tracking keeps, comments, tables of contents, and what is written elsewhere.
_SILENT = frozenset({"tracked-changes", "annotation", "annotation-end", "table-of-content", "forms"})
_APART = frozenset({"note", "text-box"})
_FIGURES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_COUNTED = {"annotation": LeftOutKind.COMMENTS, "image": LeftOutKind.IMAGES, "object": LeftOutKind.EMBEDDED}
_MOST_REPEATED = 256
_TITLE_LEVEL = 1


def read(data: bytes, path: str) -> FileReadings:
    """The one document of an odt file, with the title and date of its properties."""
    file = _File.of(open_zip(data))
    writer = _Writer(file.list_styles)
    writer.write_lines(file.around_pages("header"))
    writer.write(file.content)
    writer.write_notes()
    writer.write_lines(file.around_pages("footer"))
    return FileReadings.of(file.reading(writer.draft, file.title))


def read_sheets(data: bytes, path: str) -> FileReadings:
    """The one document of an ods file: its sheets under their names, with the values as they are shown."""
    file = _File.of(open_zip(data))
    draft = Draft()
    hidden = Counter[LeftOutKind]()
    for table in file.content.iter("{*}spreadsheet"):
        for sheet in table.iterchildren("{*}table"):
            if attribute(sheet, "style-name") in file.hidden_styles:
                hidden[LeftOutKind.HIDDEN] += 1
            else:
                add_sheet(draft, attribute(sheet, "name"), _grid(_rows(sheet), hidden))
    title = file.title if is_telling(file.title) else title_of_name(path)
    return FileReadings.of(file.reading(draft, title, left_out=hidden))


def read_slides(data: bytes, path: str) -> FileReadings:
    """The one document of an odp file; its slides are its pages."""
    file = _File.of(open_zip(data))
    writer = _Writer(file.list_styles)
    for number, slide in enumerate(file.content.iter("{*}page"), 1):
        writer.draft.page(number)
        writer.write(slide)
        writer.write_notes()
    return FileReadings.of(file.reading(writer.draft, file.title))


@dataclass(frozen=True, slots=True)
class _File:
    """The parts of an OpenDocument file."""

    content: etree._Element
    styles: etree._Element
    about: etree._Element

    @classmethod
    def of(cls, container: ZipFile) -> "_File":
        """The parts in a container. Raises UnreadableDocument when one is damaged."""
        content = parse_xml(member(container, "content.xml"))
        names = container.namelist()
        styles, about = (
            parse_xml(member(container, name)) if name in names else etree.Element("none")
            for name in ("styles.xml", "meta.xml")
        )
        return cls(content, styles, about)

    @property
    def title(self) -> str:
        """The title among its properties."""
        return one_line(self._property("title"))

    @property
    def list_styles(self) -> Mapping[str, "_ListStyle"]:
        """How each kind of list numbers its items."""
        every = (style for root in (self.styles, self.content) for style in root.iter("{*}list-style"))
        return {attribute(style, "name"): _list_style(style) for style in every}

    @property
    def hidden_styles(self) -> frozenset[str]:
        """The styles of sheets that are not shown."""
        properties = self.content.iter("{*}table-properties")
        hidden = (each for each in properties if attribute(each, "display") == "false")
        return frozenset(attribute(each.getparent(), "name") for each in hidden)

    def around_pages(self, kind: str) -> Iterator[str]:
        """What stands at the head or the foot of the pages, but for what only counts them."""
        for part in self.styles.iter(f"{{*}}{kind}"):
            for line in part.iter("{*}p"):
                if next(line.iter("{*}page-number"), None) is None:
                    yield one_line(_words(line))

    def reading(
        self,
        draft: Draft,
        title: str,
        left_out: Mapping[LeftOutKind, int] | None = None,
    ) -> Reading:
        """What was written of the file, with its properties and what of it is left out."""
        published = parse_date(self._property("creation-date") or self._property("date"))
        counts = Counter(left_out or {})
        counts.update(
            _COUNTED[name] for each in self.content.iter() if (name := local_name(each)) in _COUNTED
        )
        return Reading(
            text=draft.text,
            title=title,
            date=published,
            date_source=DateSource.FILE_PROPERTIES if published else None,
            pages=draft.pages(),
            blocks=draft.blocks(),
            left_out=LeftOut.each_of(counts),
        )

    def _property(self, name: str) -> str:
        return next((element.text or "" for element in self.about.iter() if local_name(element) == name), "")


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list numbers its items; `figures` are empty for bullets."""

    figures: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown_levels: int = 1


_ListStyle = Mapping[int, _Level]


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of a text or a slide in reading order."""

    list_styles: Mapping[str, _ListStyle]
    draft: Draft = field(default_factory=Draft)
    _notes: list[etree._Element] = field(default_factory=list)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def write(self, parent: etree._Element) -> None:
        """The blocks within an element."""
        for element in parent:
            match local_name(element):
                case "h":
                    self.write_notes()
                    self.draft.heading(
                        _words(element), whole(attribute(element, "outline-level"), _TITLE_LEVEL)
                    )
                case "p":
                    self._write_paragraph(element)
                case "list":
                    self._write_list(element, attribute(element, "style-name"), 1)
                    self.write_notes()
                case "table":
                    self._write_table(element)
                case "frame" if attribute(element, "class") == "title":
                    self.draft.heading(_words_within(element), _TITLE_LEVEL)
                case name if name and name not in _SILENT:
                    self.write(element)

    def write_lines(self, lines: Iterable[str]) -> None:
        """The lines around the pages, each once."""
        for line in dict.fromkeys(lines):
            self.draft.page_line(line)

    def write_notes(self) -> None:
        """The notes that are still to be written."""
        pending, self._notes = self._notes, []
        for note in dict.fromkeys(pending):
            self.draft.paragraph(_words_within(next(note.iterchildren("{*}note-body"), note)))

    def _write_paragraph(self, element: etree._Element) -> None:
        self.draft.paragraph(_words(element))
        self._notes.extend(element.iter("{*}note"))
        self.write_notes()
        for box in element.iter("{*}text-box"):
            self.write(box)

    def _write_list(self, element: etree._Element, style: str, depth: int) -> None:
        counters = self._counters.setdefault(style, {})
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
        if depth == 1 and not goes_on:
            counters.clear()
        for deeper in [level for level in counters if level > depth]:
            del counters[deeper]
        for item in element:
            number = self._number(style, depth, counters) if local_name(item) == "list-item" else ""
            lines = [part for part in item if local_name(part) in ("p", "h")]
            self.draft.item(" ".join(map(_words, lines)), depth, number)
            self._notes.extend(note for line in lines for note in line.iter("{*}note"))
            for inner in item.iterchildren("{*}list"):
                self._write_list(inner, attribute(inner, "style-name") or style, depth + 1)

    def _number(self, style: str, depth: int, counters: dict[int, int]) -> str:
        levels = self.list_styles.get(style, {})
        level = levels.get(depth, _Level())
        counters[depth] = counters.get(depth, level.start - 1) + 1
        if not level.figures:
            return ""
        shown = range(depth - level.shown_levels + 1, depth + 1)
        numbers = (
            figures(counters.get(each, 1), _FIGURES.get(levels.get(each, level).figures, "decimal"))
            for each in shown
        )
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()

    def _write_table(self, table: etree._Element) -> None:
        rows = list(_rows(table))
        marked = sum(1 for head in table.iterchildren("{*}table-header-rows") for _ in _rows(head))
        grid = list(_grid(rows, Counter()))
        if len(grid) < 2 or max(map(len, grid)) < 2:
            for cell in (cell for row in rows for cell in row):
                self.write(cell)
            return
        self.draft.table(grid, marked if marked < len(grid) else 0)
        for row in rows:
            self._notes.extend(row.iter("{*}note"))
            for nested in (nested for cell in row for nested in cell.iterchildren("{*}table")):
                self._write_table(nested)
        self.write_notes()


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, also in groups of rows, but for those of tables within it."""
    for element in table:
        name = local_name(element)
        if name == "table-row":
            yield element
        elif name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(element)


def _grid(rows: Iterable[etree._Element], left_out: Counter[LeftOutKind]) -> Iterator[list[str]]:
    """The words of each row; hidden rows that hold some, and formulas without a value, are counted."""
    return spread(_shown(rows, left_out))


def _shown(rows: Iterable[etree._Element], left_out: Counter[LeftOutKind]) -> Iterator[list[Cell]]:
    for row in rows:
        cells = list(_cells(row, left_out))
        while cells and not cells[-1].words:
            cells.pop()
        if len(cells) == 1 and cells[0].across == 1:
            # A lone cell is one of several, unless it covers them.
            cells.append(Cell(""))
        if attribute(row, "visibility") == "collapse":
            left_out[LeftOutKind.HIDDEN] += bool(cells)
            continue
        times = min(whole(attribute(row, "number-rows-repeated"), 1), _MOST_REPEATED) if cells else 1
        yield from [cells] * times


def _cells(row: etree._Element, left_out: Counter[LeftOutKind]) -> Iterator[Cell]:
    """The cells of a row; those that another covers stand where that one is."""
    for cell in row.iterchildren("{*}table-cell"):
        words = _cell_words(cell)
        attributes = {str(key).rpartition("}")[2]: str(value) for key, value in cell.items()}
        left_out[LeftOutKind.FORMULAS] += not words and "formula" in attributes
        across = whole(attributes.get("number-columns-spanned", ""), 1)
        down = whole(attributes.get("number-rows-spanned", ""), 1)
        times = min(whole(attributes.get("number-columns-repeated", ""), 1), _MOST_REPEATED)
        yield from [Cell(words, across, down)] * times


def _cell_words(cell: etree._Element) -> str:
    blocks = (block for block in cell if local_name(block) in ("p", "h", "list"))
    return one_line(" ".join(_words(block) for block in blocks))


def _words(element: etree._Element) -> str:
    """The words of an element, but for those of notes and text boxes in it."""
    name = local_name(element)
    # A comment or an entity has no name; its content is not of the text.
    if not name or name in _SILENT or name in _APART:
        return ""
    inner = "".join(_words(child) + (child.tail or "") for child in element)
    between = " " if name in ("p", "h") else ""
    return _SPACES.get(name, "") + (element.text or "") + inner + between


def _words_within(element: etree._Element) -> str:
    """All the words of the paragraphs in an element."""
    return " ".join(_words(line) for line in element.iter("{*}p", "{*}h"))


def _list_style(style: etree._Element) -> _ListStyle:
    return {
        whole(attribute(level, "level"), 1): _Level(
            figures=attribute(level, "num-format"),
            before=attribute(level, "num-prefix"),
            after=attribute(level, "num-suffix"),
            start=whole(attribute(level, "start-value"), 1),
            shown_levels=whole(attribute(level, "display-levels"), 1),
        )
        for level in style
    }
