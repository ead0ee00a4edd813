"""Prose put together from the pieces that a library hands out: paragraphs with an empty line between."""

import unicodedata
from collections.abc import Iterable

from index.encoding import clean

PARAGRAPH_BREAK = "\n\n"


def paragraphs(pieces: Iterable[str]) -> str:
    """The pieces that hold words, each on one line, accents composed, with an empty line between."""
    return PARAGRAPH_BREAK.join(line for piece in pieces if (line := one_line(piece)))


def lines(pieces: Iterable[str]) -> str:
    """The pieces that hold words, one a line."""
    return "\n".join(line for piece in pieces if (line := one_line(piece)))


def one_line(piece: str) -> str:
    """`piece` with single spaces and composed accents. Soft hyphens go: they are not in the words."""
    return unicodedata.normalize("NFC", clean(" ".join(piece.split())).replace("\u00ad", "")).strip()
