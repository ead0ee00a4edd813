"""The parts of a docx file that its text refers to: styles, notes, and the numbers before headings and items."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from index.document import LeftOut, LeftOutKind
from index.readers.archives import parse_xml

Default = TypeVar("Default", int, int | None)

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST_ROMAN = 4999
_OFF = frozenset({"0", "false", "off"})
_LONGEST_CHAIN = 50
_LONGEST_NUMBER = 9
_UNPRINTED = frozenset({"bullet", "none"})
NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
# Deleted words, and those of a text box that are repeated here for older programs.
SILENT = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of a level are numbered: from which number, in which figures, and what stands around them."""

    start: int = 1
    figures: str = "decimal"
    template: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts the items of a document in reading order."""

    _levels: Mapping[str, Mapping[int, _Level]]
    _lists: Mapping[str, str]
    _restarts: dict[str, dict[int, int]]
    _counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, numbering: etree._Element | None) -> "Numbering":
        """The numbering that stands in `numbering.xml`; None if the file has no such part."""
        if numbering is None:
            return cls({}, {}, {})
        levels = {
            abstract.get(qn("w:abstractNumId"), ""): dict(map(_level, abstract.iterchildren(qn("w:lvl"))))
            for abstract in numbering.iterchildren(qn("w:abstractNum"))
        }
        lists, restarts = {}, {}
        for each in numbering.iterchildren(qn("w:num")):
            name = each.get(qn("w:numId"), "")
            lists[name] = value_of(each, "w:abstractNumId")
            restarts[name] = {
                whole(override.get(qn("w:ilvl"), ""), 0): whole(value_of(override, "w:startOverride"), 1)
                for override in each.iterchildren(qn("w:lvlOverride"))
                if value_of(override, "w:startOverride")
            }
        return cls(levels, lists, restarts)

    def next(self, name: str, level: int) -> str:
        """The number of the next item of the list `name` at a level from 0, as printed; empty for a bullet."""
        abstract = self._lists.get(name, "")
        levels = self._levels.get(abstract, {})
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters[abstract]
        for place, start in self._restarts.pop(name, {}).items():
            counters[place] = start - 1
        for place in range(level):
            counters.setdefault(place, levels.get(place, _Level()).start)
        here = levels.get(level, _Level(figures="bullet"))
        counters[level] = counters.get(level, here.start - 1) + 1
        for deeper in [place for place in counters if place > level]:
            del counters[deeper]
        return "" if here.figures in _UNPRINTED else _printed(here, levels, counters)


def _level(element: etree._Element) -> tuple[int, _Level]:
    level = _Level(
        start=whole(value_of(element, "w:start"), 1),
        figures=value_of(element, "w:numFmt") or "decimal",
        template=value_of(element, "w:lvlText"),
    )
    return whole(element.get(qn("w:ilvl"), ""), 0), level


def _printed(here: _Level, levels: Mapping[int, _Level], counters: Mapping[int, int]) -> str:
    words = here.template
    for place in range(_LEVELS):
        if f"%{place + 1}" in words:
            number = figures(counters.get(place, 0), levels.get(place, _Level()).figures)
            words = words.replace(f"%{place + 1}", number)
    return words.strip()


def figures(number: int, kind: str) -> str:
    """A number in the figures that Word calls `kind`, such as lowerLetter; empty for a bullet."""
    match kind:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, _LEVELS)
            return letters.upper() if kind == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman.upper() if kind == "upperRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}.º"
        case "bullet" | "none":
            return ""
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    signs = []
    for size, sign in _ROMAN + _ROMAN_ONES:
        signs.append(sign * (number // size))
        number %= size
    return "".join(signs)


@dataclass(frozen=True, slots=True)
class Style:
    """What the paragraphs of a style are: how deep a heading, whether bold, of which list."""

    name: str = ""
    outline: int | None = None
    bold: bool = False
    numbering: tuple[str, int] | None = None
    names_columns: bool = False


class Styles:
    """The styles of a document, each with what it has of the one that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.iterchildren(qn("w:style"))
        self._elements = {style.get(qn("w:styleId"), ""): style for style in styles}
        self._known: dict[str, Style] = {}

    def style(self, name: str, depth: int = 0) -> Style:
        """The style by its id."""
        if name not in self._known:
            self._known[name] = self._read(name, depth)
        return self._known[name]

    def _read(self, name: str, depth: int) -> Style:
        element = self._elements.get(name)
        if element is None or depth > _LONGEST_CHAIN:
            return Style()
        base = self.style(value_of(element, "w:basedOn"), depth + 1)
        properties = element.find(qn("w:pPr"))
        outline = value_of(properties, "w:outlineLvl")
        runs = element.find(qn("w:rPr"))
        return Style(
            name=value_of(element, "w:name").lower(),
            outline=whole(outline, base.outline),
            bold=base.bold if find(runs, "w:b") is None else is_on(runs, "w:b"),
            numbering=numbering_of(properties, base.numbering),
            names_columns=base.names_columns
            or any(part.get(qn("w:type")) == "firstRow" for part in element.iterchildren(qn("w:tblStylePr"))),
        )


def numbering_of(
    properties: etree._Element | None, inherited: tuple[str, int] | None
) -> tuple[str, int] | None:
    """The list of a paragraph, and its level from 0; the list 0 is none."""
    own = find(properties, "w:numPr")
    if own is None:
        return inherited
    name = value_of(own, "w:numId") or (inherited[0] if inherited else "0")
    return None if name == "0" else (name, whole(value_of(own, "w:ilvl"), 0))


def find(parent: etree._Element | None, name: str) -> etree._Element | None:
    """The child of that name, such as `w:pPr`."""
    return None if parent is None else parent.find(qn(name))


def value_of(parent: etree._Element | None, name: str) -> str:
    """The value of the child of that name; empty if there is none."""
    child = find(parent, name)
    return "" if child is None else str(child.get(qn("w:val"), ""))


def whole(written: str, otherwise: Default) -> int | Default:
    """The number that is written in the markup, unless it is none, or absurd."""
    is_number = written.isascii() and written.isdigit() and len(written) <= _LONGEST_NUMBER
    return int(written) if is_number else otherwise


def is_on(parent: etree._Element | None, name: str) -> bool:
    """Whether the child of that name turns something on, as `w:b` does."""
    child = find(parent, name)
    return child is not None and child.get(qn("w:val"), "1") not in _OFF


def says_something(words: str) -> bool:
    """Whether there is a letter in it."""
    return any(map(str.isalpha, words))


@dataclass(frozen=True, slots=True)
class File:
    """The parts of a docx file: each kind with its roots."""

    body: etree._Element
    parts: Mapping[str, Sequence[etree._Element]]
    notes: Mapping[tuple[str, str], etree._Element]

    @classmethod
    def of(cls, document: Document) -> "File":
        """The parts that the document refers to. Raises UnreadableDocument when one is damaged."""
        parts: dict[str, list[etree._Element]] = {}
        for relation in document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if not relation.is_external and relation.target_part.content_type.endswith("xml"):
                parts.setdefault(kind, []).append(parse_xml(relation.target_part.blob))
        notes = {
            (kind, note.get(qn("w:id"), "")): note
            for kind in NOTES.values()
            for root in parts.get(kind, ())
            for note in root
        }
        return cls(document.element.body, parts, notes)

    def part(self, kind: str) -> etree._Element | None:
        """The root of the one part of that kind."""
        return next(iter(self.parts.get(kind, ())), None)

    def left_out(self) -> tuple[LeftOut, ...]:
        """The comments, pictures and embedded objects."""
        comments = self.part("comments")
        counts = {
            LeftOutKind.COMMENTS: 0 if comments is None else len(comments),
            LeftOutKind.IMAGES: sum(1 for picture in self.body.iter(_PICTURE) if not is_silent(picture)),
            LeftOutKind.EMBEDDED: sum(1 for _ in self.body.iter(qn("w:object"))),
        }
        return LeftOut.each_of(counts)


def is_silent(element: etree._Element) -> bool:
    """Whether an element stands in what is not shown."""
    return any(above.tag in SILENT for above in element.iterancestors())
