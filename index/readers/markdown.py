"""Markdown, with YAML front matter (date, title, url)."""

import re
from typing import Any

import yaml

from index.document import DateSource, Reading
from index.encoding import decode
from index.readers.reading import FileReadings, parse_date
from index.titles import shorten

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n\s*|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$|^(\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]+")
_HEADING_WITHIN = 2_000


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a Markdown file. Its text is the file's, markup and front matter included."""
    text = decode(data)
    fields, body = _front_matter(text)
    published = parse_date(_first(fields, "date", "fecha", "published"))
    return FileReadings.of(
        Reading(
            text=text,
            title=_first(fields, "title", "titulo", "título") or _heading(text, body),
            date=published,
            date_source=DateSource.FRONT_MATTER if published else None,
            url=_first(fields, "url", "link", "source") or None,
            language=_first(fields, "lang", "language")[:2].lower(),
            body=body,
        )
    )


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, 0
    try:
        fields = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, 0
    if not isinstance(fields, dict):
        return {}, 0
    return {str(name).lower(): value for name, value in fields.items()}, found.end()


def _first(fields: dict[str, Any], *names: str) -> str:
    return next((str(fields[name]).strip() for name in names if fields.get(name)), "")


def _heading(text: str, body: int) -> str:
    found = _HEADING.search(text, body, body + _HEADING_WITHIN)
    if not found:
        return ""
    return shorten(_MARKUP.sub(r"\1", found[1] or found[2]).strip())
