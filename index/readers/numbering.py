"""The numbers that Word prints before headings and items, from the numbering of a docx file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST_ROMAN = 4999
_UNPRINTED = frozenset({"bullet", "none"})


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
    _restarts: dict[str, Mapping[int, int]]
    _counters: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * _LEVELS))

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
            lists[name] = _value(each, "w:abstractNumId")
            restarts[name] = {
                _number(override.get(qn("w:ilvl"))): _number(_value(override, "w:startOverride"))
                for override in each.iterchildren(qn("w:lvlOverride"))
                if _value(override, "w:startOverride")
            }
        return cls(levels, lists, restarts)

    def next(self, name: str, level: int) -> str:
        """The number of the next item of the list `name` at a level from 0, as printed; empty for a bullet."""
        abstract = self._lists.get(name, "")
        levels = self._levels.get(abstract, {})
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters[abstract]
        for place, start in self._restarts.pop(name, {}).items():
            counters[min(place, _LEVELS - 1)] = start - 1
        for place in range(level):
            counters[place] = counters[place] or levels.get(place, _Level()).start
        here = levels.get(level, _Level(figures="bullet"))
        counters[level] = counters[level] + 1 if counters[level] else max(here.start, 1)
        counters[level + 1 :] = [0] * (_LEVELS - level - 1)
        return "" if here.figures in _UNPRINTED else _printed(here, levels, counters)


def _level(element: etree._Element) -> tuple[int, _Level]:
    level = _Level(
        start=_number(_value(element, "w:start") or "1"),
        figures=_value(element, "w:numFmt") or "decimal",
        template=_value(element, "w:lvlText"),
    )
    return _number(element.get(qn("w:ilvl"))), level


def _value(parent: etree._Element, name: str) -> str:
    child = parent.find(qn(name))
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdigit() else 0


def _printed(here: _Level, levels: Mapping[int, _Level], counters: list[int]) -> str:
    words = here.template
    for place in range(_LEVELS):
        if f"%{place + 1}" in words:
            figures = levels.get(place, _Level()).figures
            words = words.replace(f"%{place + 1}", _figures(counters[place], figures))
    return words.strip()


def _figures(number: int, figures: str) -> str:
    match figures:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, _LEVELS)
            return letters.upper() if figures == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman.upper() if figures == "upperRoman" else roman
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
