"""Pages put together to one text, each with the span that it covers."""

from collections.abc import Iterable

from index.document import Page, Span
from index.readers.prose import PARAGRAPH_BREAK

_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "”", "»", '"', ")")


def join_pages(texts: Iterable[str]) -> tuple[str, tuple[Page, ...]]:
    """The whole text, and its pages counted from 1; a page without words has none.

    A sentence that goes on over the border is not torn: only a space stands between its halves.
    """
    pieces: list[str] = []
    pages: list[Page] = []
    length = 0
    for number, text in enumerate(texts, 1):
        if not text:
            continue
        if pieces:
            gap = " " if _goes_on(pieces[-1], text) else PARAGRAPH_BREAK
            pieces.append(gap)
            length += len(gap)
        pieces.append(text)
        pages.append(Page(number, Span(length, length + len(text))))
        length += len(text)
    return "".join(pieces), tuple(pages)


def _goes_on(before: str, after: str) -> bool:
    return not before.endswith(_SENTENCE_ENDS) and after[0].islower()
