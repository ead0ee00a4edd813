"""Prose put together from the pieces that a library hands out: each on one line, an empty one between."""

import unicodedata

from index.text.characters import clean

PARAGRAPH_BREAK = "\n\n"


def one_line(piece: str) -> str:
    """`piece` with single spaces and composed accents. Soft hyphens go: they are not in the words."""
    return unicodedata.normalize("NFC", clean(" ".join(piece.split())).replace("\u00ad", "")).strip()
