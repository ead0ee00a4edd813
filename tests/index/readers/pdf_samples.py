"""PDFs drawn for the tests: words at their places on A4 pages, rules, fields and pictures."""

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 595, 842
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}


def drawn_pdf(*pages: str, info: str = "", kids: str = "", rotate: int = 0, more: str = "") -> bytes:
    """A PDF with a page for each content stream; `info` goes to its properties, `kids` replaces its list of pages."""
    numbers = [10 + 2 * place for place in range(len(pages))]
    listed = kids or " ".join(f"{number} 0 R" for number in numbers)
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in _FONTS.items()
    )
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{listed}] /Count {len(pages)} >>",
        4: f"<< {info} >>",
        5: "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Length 1 >>\nstream\n\x40\nendstream",
    }
    for number, drawn in zip(numbers, pages, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {number + 1} 0 R {more}"
            f" /Rotate {rotate} /Resources << /Font << {fonts} >> /XObject << /I1 5 0 R >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in objects.items())
    size = 10 + 2 * len(pages)
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Info 4 0 R /Size {size} >>\n%%EOF".encode("cp1252")


def pdf_of(*pages: str, info: str = "", kids: str = "") -> bytes:
    """A PDF with a page for each text; `info` goes to its properties, `kids` replaces its list of pages."""
    return drawn_pdf(*(lines(40, 42, page.split("\n")) for page in pages), info=info, kids=kids)


def words(x: float, y: float, text: str, size: float = 10, font: str = "F1", before: str = "") -> str:
    """Text with its base line `y` points below the top of the page; `before` is what is set before it."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET Q\n"


def lines(
    x: float, y: float, texts: Iterable[str], size: float = 10, font: str = "F1", pitch: float = 12
) -> str:
    """Lines of text, one below the other."""
    return "".join(words(x, y + place * pitch, text, size, font) for place, text in enumerate(texts))


def rule(left: float, top: float, right: float, bottom: float) -> str:
    """A thin line from one place to another."""
    return f"0.5 w {left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S\n"


def field(left: float, top: float, right: float, bottom: float, shade: float = 0.2) -> str:
    """A filled rectangle."""
    return f"q {shade} g {left} {HEIGHT - bottom} {right - left} {bottom - top} re f Q\n"


def image(left: float, top: float, width: float, height: float) -> str:
    """A grey picture."""
    return f"q {width} 0 0 {height} {left} {HEIGHT - top - height} cm /I1 Do Q\n"


def table(
    xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], pitch: float = 16, ruled: bool = False
) -> str:
    """Rows of cells that begin at `xs`, if asked for with lines around them; the last x is the right edge."""
    drawn = ""
    for place, row in enumerate(rows):
        base = top + place * pitch + 0.7 * pitch
        drawn += "".join(words(x + 3, base, cell) for x, cell in zip(xs, row, strict=False) if cell)
    if ruled:
        end = top + len(rows) * pitch
        drawn += "".join(rule(x, top, x, end) for x in xs)
        drawn += "".join(
            rule(xs[0], top + place * pitch, xs[-1], top + place * pitch) for place in range(len(rows) + 1)
        )
    return drawn
