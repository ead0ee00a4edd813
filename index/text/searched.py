"""What a passage is searched by: its title, heading path and file name stand before its words."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from index.document import Document
from index.language.terms import words
from index.text.passages import Passage
from index.text.headings import shorten

_BETWEEN = " › "
# Bounds in characters, so that passage and context together fit into the 512 tokens that e5 reads.
_TITLE = 120
_HEADINGS = 200
_NAME = 80
_LABELS = 250
_LEAD = 250


def searched_text(document: Document, passage: Passage) -> str:
    """Title › heading path › file name's words, what introduces it, and the passage itself, with which it ends."""
    return f"{shorten(document.title, _TITLE)}{_BETWEEN}{searched_body(document, passage)}"


def searched_body(document: Document, passage: Passage) -> str:
    """The searched text without the title, which full text keeps apart; it too ends with the passage itself."""
    text = passage.span.of(document.text)
    path = [title for title in passage.headings if title != document.title]
    above = _BETWEEN.join((*_innermost(path), _words_of_name(document, path)))
    lacking = "; ".join(label for label in passage.labels if label not in text)
    lead = passage.lead.of(document.text)[-_LEAD:] if passage.lead else ""
    return "\n".join(filter(None, (above.strip(_BETWEEN), shorten(lacking, _LABELS), lead, text)))


def _innermost(path: Iterable[str]) -> Iterator[str]:
    """The titles nearest to the passage that have room."""
    kept: list[str] = []
    room = _HEADINGS
    for title in reversed(tuple(path)):
        room -= len(title)
        if kept and room < 0:
            break
        kept.append(shorten(title, _HEADINGS))
    return reversed(kept)


def _words_of_name(document: Document, path: Iterable[str]) -> str:
    """The words of the file's name that title and headings lack. What has no suffix is no name, but an id."""
    name = PurePosixPath(document.id)
    known = set(words(" ".join((document.title, *path))))
    lacking = [
        word for word in name.stem.replace("_", " ").replace("-", " ").split() if set(words(word)) - known
    ]
    return shorten(" ".join(lacking), _NAME) if name.suffix else ""
