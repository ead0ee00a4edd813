"""Web pages: the main text, the title and the publication date, found by trafilatura."""

import re

from trafilatura import bare_extraction
from trafilatura.settings import Document as Article

from index.document import DateSource, Reading
from index.encoding import decode
from index.readers.markup import blocks, parse_page
from index.readers.prose import one_line, paragraphs
from index.readers.reading import FileReadings, parse_date

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
_CHARSET_WITHIN = 4096
# Only what the page says about itself: no guesses from its words, no date of a later change.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}


def read(data: bytes, path: str) -> FileReadings:
    """The one document of a web page; all the words of the page where no article can be made out."""
    page = decode(data, _declared(data))
    article = _article(page)
    text = paragraphs((article.text or "").split("\n")) or paragraphs(blocks(parse_page(page)))
    published = parse_date(article.date or "")
    return FileReadings.of(
        Reading(
            text=text,
            title=one_line(article.title or _title(page)),
            date=published,
            date_source=DateSource.HTML_META if published else None,
            url=article.url or None,
        )
    )


def _article(page: str) -> Article:
    """What trafilatura makes of the page; nothing if it makes nothing of it."""
    found = bare_extraction(
        page, with_metadata=True, include_comments=False, include_images=False, date_extraction_params=_DATES
    )
    return found if isinstance(found, Article) else Article()


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    return found[1].decode("ascii") if found else ""


def _title(page: str) -> str:
    found = re.search(r"<title[^>]*>([^<]{1,500})", page, re.IGNORECASE)
    return found[1] if found else ""
