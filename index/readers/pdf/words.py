"""The words on a page, as PDFium finds them or tesseract sees them on a scan, each with its place and type."""

import ctypes
import io
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import pypdfium2
from pypdfium2 import raw

from index.readers import ocr
from index.readers.pdf.sheet import Box, Style, Word
from index.text.characters import clean

# A page of more signs is no page that anybody reads.
MOST_SIGNS = 100_000
_PLAIN_SIZE, _PITCH = 10.0, 12.0
_ASCENT, _DESCENT = 0.8, 0.22
_LEAST_SIZE = 1.0
_LONGEST_NAME = 128
_BOLD = re.compile("bold|black|heavy|demi", re.IGNORECASE)
_MONO = re.compile("mono|courier|consol|typewriter|menlo|cmtt", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FIXED_PITCH = 1
# PDFium writes these where a word was divided at the end of a line.
_DIVIDED = str.maketrans(dict.fromkeys("\ufffe\uffff\x02", "-"))
_WORD = re.compile(r"[^\s\ufffe\uffff\x02]+[\ufffe\uffff\x02]?")
# A mark behind a word that PDFium takes for its end.
_ENDS_IN_MARK = re.compile(r"(?<=[^\W\d]|[.,;:!?»”\")])(?:\d{1,3}|[*†‡§]{1,3})$")
_SMALL = 0.9
_PALE, _LEAST_ALPHA, _CONTRAST = 245, 13, 24
_WIDEST_LOOK = 2_000  # pixels
_OBLIQUE = math.radians(5)

Point = tuple[float, float]
Turn = Callable[[float, float], Point]

_DPI = 200
_POINTS = 72
# A scan of a poster must not become a picture of gigabytes.
_MOST_PIXELS = 5_000
_BASE = 0.2  # of a line's height, from its lower edge
_ALIKE = 0.3  # how far from the middle the heights of lines in one type may be
_TYPE = 0.9  # of a line's height


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page: those upright, groups turned another way, and how many nobody can see.

    `turn` takes a place in the page's own units to points from the upper left corner, as an upright reader sees
    it; `far` is the lower right corner there.
    """

    upright: tuple[Word, ...]
    aside: tuple[tuple[Word, ...], ...]
    hidden: int
    turn: Turn
    far: Point


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where and how the sign at a place of the text layer is set, in the page's own units."""

    origin: Point
    angle: float
    style: Style
    is_faint: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A word as the text layer has it: its letters, how its first is set, and the corners of its last."""

    text: str
    setting: _Setting
    ends: tuple[Point, Point]


def lines_of(page: pypdfium2.PdfPage) -> PageWords:
    """The lines of a page as PDFium has them, each as one word below the last, for a page not worth more time.

    Raises PdfiumError for a damaged one.
    """
    lines = clean(page.get_textpage().get_text_range(errors="replace").translate(_DIVIDED)).split("\n")
    words = [
        Word(
            line,
            Box(0.0, (place - _ASCENT) * _PITCH, 1.0, place * _PITCH),
            place * _PITCH,
            Style(_PLAIN_SIZE),
        )
        for place, line in enumerate(map(str.strip, lines), 1)
        if line
    ]
    turn, far = _frames(page.get_cropbox())[0]
    return PageWords(tuple(words), (), 0, turn, far)


def words_of(page: pypdfium2.PdfPage) -> PageWords:
    """The words of a page; its lines where it has too many. Raises PdfiumError for a damaged one."""
    layer = _Layer(page.get_textpage())
    if layer.count > MOST_SIGNS:
        return lines_of(page)
    stretches = list(_stretches(layer))
    faint = [stretch for stretch in stretches if stretch.setting.is_faint]
    unseen = _unseen(page, faint) if faint else frozenset()
    frames = _frames(page.get_cropbox())
    groups: defaultdict[int | None, list[Word]] = defaultdict(list)
    hidden = 0
    for stretch in stretches:
        quarters = _quarters(stretch.setting.angle)
        turn, far = frames[quarters or 0]
        word = _word(stretch, turn)
        if id(stretch) in unseen or _is_off(word, far):
            hidden += 1
        else:
            groups[quarters].append(word)
    upright = max(groups.keys() - {None}, key=lambda quarters: len(groups[quarters]), default=0)
    words = tuple(groups.pop(upright, ()))
    turn, far = frames[upright or 0]
    return PageWords(words, tuple(map(tuple, groups.values())), hidden, turn, far)


class _Layer:
    """A page's text layer; PDFium writes into the same few places for every sign."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._owner = text  # which would take the layer with it
        self._text = text.raw
        self.count = text.count_chars()
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._matrix, self._box = raw.FS_MATRIX(), raw.FS_RECTF()
        self._font = ctypes.create_string_buffer(_LONGEST_NAME)
        self._shades = [ctypes.c_uint() for _ in range(4)]
        self._drawn: int | None = None
        self._manner = (0.0, Style(0.0), False)

    def signs(self) -> str:
        """One letter for each sign, so that their places are PDFium's, which leaves some out of its own text."""
        text = self._owner.get_text_range(errors="replace") if self.count else ""
        if len(text) == self.count:
            return str(text)
        codes = [raw.FPDFText_GetUnicode(self._text, place) for place in range(self.count)]
        return "".join(chr(code) if code <= sys.maxunicode else " " for code in codes)

    def setting(self, place: int) -> _Setting:
        """How the sign at a place is set."""
        raw.FPDFText_GetCharOrigin(self._text, place, self._x, self._y)
        drawn = raw.FPDFText_GetTextObject(self._text, place)
        address = ctypes.cast(drawn, ctypes.c_void_p).value
        if address is None or address != self._drawn:
            self._drawn, self._manner = address, self._look(place, drawn)
        return _Setting((self._x.value, self._y.value), *self._manner)

    def _look(self, place: int, drawn: raw.FPDF_PAGEOBJECT) -> tuple[float, Style, bool]:
        """The angle, the style and the faintness of a sign, which all signs drawn with it have."""
        raw.FPDFText_GetMatrix(self._text, place, self._matrix)
        a, b, c, d = self._matrix.a, self._matrix.b, self._matrix.c, self._matrix.d
        size = round(raw.FPDFText_GetFontSize(self._text, place) * math.hypot(c, d), 1)
        raw.FPDFText_GetFontInfo(self._text, place, self._font, _LONGEST_NAME, self._flags)
        bold, mono = _kind(self._font.value, self._flags.value)
        is_heavy = bold or raw.FPDFText_GetFontWeight(self._text, place) >= _BOLD_WEIGHT
        return math.atan2(b, a), Style(size, is_heavy, mono), self._is_faint(place, drawn)

    def corners(self, place: int) -> tuple[Point, Point]:
        """The lower left and the upper right corner of a sign with the room that its font gives it."""
        raw.FPDFText_GetLooseCharBox(self._text, place, self._box)
        return (self._box.left, self._box.bottom), (self._box.right, self._box.top)

    def _is_faint(self, place: int, drawn: raw.FPDF_PAGEOBJECT) -> bool:
        """Whether a sign cannot be seen on white paper: it is white, transparent or not drawn."""
        if not raw.FPDFText_GetFillColor(self._text, place, *self._shades):
            return False
        red, green, blue, alpha = (shade.value for shade in self._shades)
        if min(red, green, blue) >= _PALE or alpha < _LEAST_ALPHA:
            return True
        return bool(raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _stretches(layer: _Layer) -> Iterator[_Stretch]:
    signs = layer.signs()
    for word in _WORD.finditer(signs):
        start, end = word.span()
        setting = layer.setting(start)
        mark = _ENDS_IN_MARK.search(word[0])
        if mark is not None:
            behind = layer.setting(start + mark.start())
            if behind.style.size < _SMALL * setting.style.size:
                end = start + mark.start()
                yield _Stretch(mark[0], behind, layer.corners(word.end() - 1))
        letters = clean(signs[start:end].translate(_DIVIDED))
        if letters:
            yield _Stretch(letters, setting, layer.corners(end - 1))


@lru_cache(maxsize=256)
def _kind(font: bytes, flags: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is of one width."""
    name = font.decode("utf-8", "replace")
    return bool(_BOLD.search(name)), bool(flags & _FIXED_PITCH or _MONO.search(name))


def _unseen(page: pypdfium2.PdfPage, faint: Sequence[_Stretch]) -> frozenset[int]:
    """Which faint words have nothing under them, by `id`: no dark field, no scanned picture of themselves."""
    bitmap = page.render(scale=min(1.0, _WIDEST_LOOK / max(*page.get_size(), 1.0)), grayscale=True)
    picture, to_pixels = bitmap.to_pil(), bitmap.get_posconv(page)
    unseen = set()
    for stretch in faint:
        corners = [to_pixels.to_bitmap(*corner) for corner in (stretch.setting.origin, *stretch.ends)]
        (x1, x2), (y1, y2) = ((min(side), max(side)) for side in zip(*corners, strict=True))
        x1, y1, x2, y2 = max(0, x1), max(0, y1), min(picture.width, x2), min(picture.height, y2)
        darkest, lightest = picture.crop((x1, y1, x2, y2)).getextrema() if x1 < x2 and y1 < y2 else (0, 0)
        if lightest - darkest < _CONTRAST:
            unseen.add(id(stretch))
    return frozenset(unseen)


def _quarters(angle: float) -> int | None:
    """How many quarters of a turn an angle is; None for one between."""
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) < _OBLIQUE else None


def _frames(crop: tuple[float, float, float, float]) -> tuple[tuple[Turn, Point], ...]:
    """For none to three quarters of a turn: what makes words upright, and where the lower right corner is then."""
    left, bottom, right, top = crop
    width, height = right - left, top - bottom
    return (
        (lambda x, y: (x - left, top - y), (width, height)),
        (lambda x, y: (y - bottom, x - left), (height, width)),
        (lambda x, y: (right - x, y - bottom), (width, height)),
        (lambda x, y: (top - y, right - x), (height, width)),
    )


def _word(stretch: _Stretch, turn: Turn) -> Word:
    left, base = turn(*stretch.setting.origin)
    first, second = stretch.ends
    right = max(turn(*first)[0], turn(*second)[0])
    size = stretch.setting.style.size
    box = Box(left, base - _ASCENT * size, max(left, right), base + _DESCENT * size)
    return Word(stretch.text, box, base, stretch.setting.style)


def _is_off(word: Word, far: Point) -> bool:
    """Whether a word stands outside the page, or is too small to be seen."""
    box = word.box
    outside = box.right <= 0 or box.bottom <= 0 or box.left >= far[0] or box.top >= far[1]
    return outside or word.style.size < _LEAST_SIZE


def scanned_words(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words on the picture of a page, upright. Raises UnreadableDocument when tesseract fails."""
    scale = min(_DPI / _POINTS, _MOST_PIXELS / max(*page.get_size(), 1))
    picture = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    width, height = page.get_size()
    lines: defaultdict[tuple[str, ...], list[tuple[str, Box]]] = defaultdict(list)
    seen = ocr.recognise(picture.getvalue())
    quarters = _turned_by(seen)
    for word in seen:
        box = Box(word.left / scale, word.top / scale, word.right / scale, word.bottom / scale)
        lines[word.line].append((word.text, _turned(box, quarters, width, height)))
    return _words(list(lines.values()))


def _turned_by(seen: Sequence[ocr.SeenWord]) -> int:
    """By how many quarters the words are turned to the left: lines go right, up, left or down."""
    lines: defaultdict[tuple[str, ...], list[ocr.SeenWord]] = defaultdict(list)
    for word in seen:
        lines[word.line].append(word)
    right = sum(line[-1].left - line[0].left for line in lines.values())
    down = sum(line[-1].top - line[0].top for line in lines.values())
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 2
    return 1 if down < 0 else 3


def _turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """The box on a page that is turned so that its lines go right."""
    return (
        box,
        Box(height - box.bottom, box.left, height - box.top, box.right),
        Box(width - box.right, height - box.bottom, width - box.left, height - box.top),
        Box(box.top, width - box.right, box.bottom, width - box.left),
    )[quarters]


def _words(lines: Sequence[Sequence[tuple[str, Box]]]) -> tuple[Word, ...]:
    """Words with the height of their lines; what is nearly as high as most lines is as high as they are."""
    edges = [(min(box.top for _, box in line), max(box.bottom for _, box in line)) for line in lines]
    usual = median([bottom - top for top, bottom in edges] or [0.0])
    words = []
    for line, (top, bottom) in zip(lines, edges, strict=True):
        height = bottom - top
        size = usual if abs(height - usual) <= _ALIKE * usual else height
        style, base = Style(round(_TYPE * size, 1)), bottom - _BASE * height
        words += [Word(text, Box(box.left, top, box.right, bottom), base, style) for text, box in line]
    return tuple(words)
