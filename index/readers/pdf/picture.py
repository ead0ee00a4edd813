"""One page of a PDF as a picture, with quotes marked where the page's own text layer has their words."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from difflib import SequenceMatcher

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

from index.document import PageQuote
from index.errors import UnreadableDocument
from index.reasons import SkipReason

_WIDTH = 1400  # pixels: sharp in a column on a dense screen
_TALLEST = 4000
_MARK = (251, 224, 130)
_WORD = re.compile(r"[^\W_]+")
_LEAST_SHARE = 0.5  # of the words of a quote that stands in parts
_ROOM = 2  # times its length, in which they are to be found

Box = tuple[float, float, float, float]  # left, bottom, right, top, in the page's own units


def picture(data: bytes, number: int, quotes: Sequence[PageQuote]) -> bytes:
    """The page `number`, counted from 1, as PNG. Raises UnreadableDocument if there is no such page."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if not 1 <= number <= len(document):
                raise UnreadableDocument(SkipReason("no_such_page", size=len(document)))
            return _drawn(document[number - 1], quotes)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(SkipReason("damaged_page")) from error


def _drawn(page: pypdfium2.PdfPage, quotes: Sequence[PageQuote]) -> bytes:
    width, height = (max(side, 1.0) for side in page.get_size())
    bitmap = page.render(scale=min(_WIDTH / width, _TALLEST / height))
    image = bitmap.to_pil().convert("RGB")
    to_pixels = bitmap.get_posconv(page)
    for left, bottom, right, top in _places(page, quotes):
        corners = [to_pixels.to_bitmap(left, bottom), to_pixels.to_bitmap(right, top)]
        (x1, x2), (y1, y2) = (sorted(side) for side in zip(*corners, strict=True))
        _mark(image, (max(0, x1), max(0, y1), min(image.width, x2), min(image.height, y2)))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _mark(image: Image.Image, where: tuple[int, int, int, int]) -> None:
    if where[0] < where[2] and where[1] < where[3]:
        under = image.crop(where)
        image.paste(ImageChops.multiply(under, Image.new("RGB", under.size, _MARK)), where)


def _places(page: pypdfium2.PdfPage, quotes: Sequence[PageQuote]) -> Iterator[Box]:
    """A box for each line of each quote that the text layer holds."""
    if not quotes:
        return
    text = page.get_textpage()
    signs = _signs(text)
    for quote in quotes:
        marked = _whole(signs, quote) or _in_parts(signs, quote)
        yield from _lines(text.get_charbox(sign, loose=True) for sign in marked)


def _whole(signs: str, quote: PageQuote) -> list[int]:
    """The places of the signs of a quote that the page says in one stretch; none if it does not."""
    letters, owners = _letters(signs)
    sought, _ = _letters(quote.words)
    start = _nearest(letters, sought, quote.place)
    return [] if start is None else list(dict.fromkeys(owners[start : start + len(sought)]))


def _in_parts(signs: str, quote: PageQuote) -> list[int]:
    """The places of the signs of a quote whose words stand apart: a row of a table, a line of one of two columns.

    They are looked for where most of its words are near each other; none if that is less than half of them.
    """
    words = [(match.start(), match.end(), _letters(match[0])[0]) for match in _WORD.finditer(signs)]
    sought = [_letters(word)[0] for word in _WORD.findall(quote.words)]
    start, end, share = _best_stretch([word for _, _, word in words], sought, quote.place)
    if share < _LEAST_SHARE:
        return []
    near = words[start:end]
    matcher = SequenceMatcher(None, [word for _, _, word in near], sought, autojunk=False)
    matches = [
        near[place]
        for block in matcher.get_matching_blocks()
        for place in range(block.a, block.a + block.size)
    ]
    return [place for first, last, _ in matches for place in range(first, last)]


def _best_stretch(words: Sequence[str], sought: Sequence[str], place: float) -> tuple[int, int, float]:
    """Where, as long as twice the quote, most of its words stand, the nearest such to `place`; and their share."""
    length = _ROOM * len(sought) + 1
    needed, present = Counter(sought), Counter[str]()
    best, count = (0, 0.0, 0), 0
    for end, word in enumerate(words, 1):
        present[word] += 1
        count += present[word] <= needed[word]
        if end > length:
            gone = words[end - 1 - length]
            count -= present[gone] <= needed[gone]
            present[gone] -= 1
        best = max(best, (count, -abs(end - length / 2 - place * len(words)), end))
    return max(0, best[2] - length), best[2], best[0] / max(1, len(sought))


def _signs(text: pypdfium2.PdfTextPage) -> str:
    """The page's signs, one for each of PDFium's; its own text leaves some out, which would shift the rest."""
    codes = (raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars()))
    return "".join(chr(code) if code <= 0x10FFFF else " " for code in codes)


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, in lower case, and the sign that each is of: lines and hyphens do not matter."""
    found = [
        (letter, place)
        for place, sign in enumerate(text)
        for letter in unicodedata.normalize("NFKC", sign).casefold()
        if letter.isalnum()
    ]
    return "".join(letter for letter, _ in found), [place for _, place in found]


def _nearest(letters: str, sought: str, place: float) -> int | None:
    """Where `sought` stands nearest to `place`, a share of all letters; None if nowhere."""
    starts = []
    start = letters.find(sought) if sought else -1
    while start >= 0:
        starts.append(start)
        start = letters.find(sought, start + 1)
    return min(starts, key=lambda each: abs(each - place * len(letters)), default=None)


def _lines(boxes: Iterator[Box]) -> Iterator[Box]:
    """Boxes of signs joined line by line."""
    line: Box | None = None
    for box in boxes:
        if line is not None and _on_one_line(line, box):
            line = (min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _on_one_line(line: Box, box: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return line[1] <= middle <= line[3]
