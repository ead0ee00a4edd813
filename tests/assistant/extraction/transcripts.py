"""A transcript as its reader hands it over: with the turns of those who speak."""

from datetime import date

from index.document import Document
from index.text.blocks import plain_blocks
from index.text.structure import with_turns


def transcript(text: str) -> Document:
    """A press conference of 9 January 2026 that says `text`."""
    blocks = with_turns(text, plain_blocks(text))
    return Document("t", "t.txt", "Conferencia", text, "es", date(2026, 1, 9), blocks=blocks)
