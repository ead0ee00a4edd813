"""Addresses: which ones from a document are safe to follow, and the reader's own."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from index.document import Span
from ui.passages import Mark

MAX_QUOTES = 50
_QUOTE = re.compile(r"(\d{1,4}):(\d{1,9})-(\d{1,9})", re.ASCII)


def web_address(url: str | None) -> str | None:
    """`url` if it is one to follow: http or https with a host, no user or password. Else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url if safe else None


def reader_address(document_id: str, language: str, marks: Iterable[Mark] = ()) -> str:
    """Where the reader shows a document with these quotes marked, relative to the page."""
    return f"../document?{urlencode([('id', document_id), ('lang', language), *_quotes(marks)])}"


def page_address(document_id: str, number: int, marks: Iterable[Mark]) -> str:
    """Where a page of a PDF is as a picture with these quotes marked, relative to the reader."""
    return f"document/page?{urlencode([('id', document_id), ('number', number), *_quotes(marks)])}"


def _quotes(marks: Iterable[Mark]) -> list[tuple[str, str]]:
    return [("quote", f"{mark.marker}:{mark.span.start}-{mark.span.end}") for mark in marks]


def parse_quotes(given: Iterable[str], length: int) -> tuple[Mark, ...]:
    """The marks written as `marker:start-end`, without those that do not lie within `length` characters."""
    found = [match for quote in list(given)[:MAX_QUOTES] if (match := _QUOTE.fullmatch(quote))]
    marks = [Mark(Span(int(match[2]), int(match[3])), int(match[1])) for match in found]
    return tuple(mark for mark in marks if mark.span.start < mark.span.end <= length)
