"""The words of a scanned page, as tesseract sees them on its picture."""

import io
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

import pypdfium2

from index.readers import ocr
from index.readers.pdf.sheet import Box, Style, Word

_DPI = 200
_POINTS = 72
# A scan of a poster must not become a picture of gigabytes.
_MOST_PIXELS = 5_000
_BASE = 0.2  # of a line's height, from its lower edge
_ALIKE = 0.3  # how far from the middle the heights of lines in one type may be
_TYPE = 0.9  # of a line's height


def scanned_words(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The words on the picture of a page, upright. Raises UnreadableDocument when tesseract fails."""
    scale = min(_DPI / _POINTS, _MOST_PIXELS / max(*page.get_size(), 1))
    picture = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    width, height = page.get_size()
    lines: defaultdict[tuple[str, ...], list[tuple[str, Box]]] = defaultdict(list)
    seen = ocr.recognise(picture.getvalue())
    quarters = _quarters(seen)
    for word in seen:
        box = Box(word.left / scale, word.top / scale, word.right / scale, word.bottom / scale)
        lines[word.line].append((word.text, _turned(box, quarters, width, height)))
    return _words(list(lines.values()))


def _quarters(seen: Sequence[ocr.SeenWord]) -> int:
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
