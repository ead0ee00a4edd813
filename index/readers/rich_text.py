"""Rich Text Format, by striprtf."""

import re
from datetime import date

from striprtf.striprtf import rtf_to_text

from index.document import DateSource, Reading
from index.errors import UnreadableDocument
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings, valid_day

_MADE = re.compile(r"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_TITLE = re.compile(r"\{\\title ([^{}]*)\}")


def read(data: bytes, path: str) -> FileReadings:
    """The one document of an rtf file, with the title and date of its properties."""
    # RTF is ASCII with escapes; what stands there in eight bits is in its Windows code page.
    source = data.decode("cp1252", "replace")
    if not source.lstrip().startswith("{\\rtf"):
        raise UnreadableDocument("the file is damaged: it is not rich text")
    title, made = _TITLE.search(source), _made(source)
    return FileReadings.of(
        Reading(
            text=paragraphs(_plain(source).split("\n")),
            title=one_line(_plain(f"{{\\rtf1 {title[1]}}}")) if title else "",
            date=made,
            date_source=DateSource.FILE_PROPERTIES if made else None,
        )
    )


def _plain(source: str) -> str:
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    return text


def _made(source: str) -> date | None:
    found = _MADE.search(source)
    return valid_day(int(found[1]), int(found[2]), int(found[3])) if found else None
