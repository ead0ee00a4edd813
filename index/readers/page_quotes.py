"""A quote as it is looked for on a page of a PDF. Apart from the drawing, so that its parent loads no PDFium."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageQuote:
    """Words to mark, and where among the page's letters they begin, 0 to 1, to tell repetitions apart."""

    words: str
    place: float
