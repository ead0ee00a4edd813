"""Citations as the annotations that OpenAI's clients read: where in the message, and what is cited."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from assistant.answer import Answer, Citation
from index.document import Span
from ui.addresses import web_address


def annotations_of(answer: Answer, base: str) -> list[dict[str, Any]]:
    """One annotation for each marker in the answer's text, in order.

    `base` is this server's address, with a slash behind it. A document with an address of its own is cited
    by that, any other by the reader's page with the quote marked.
    """
    return [
        {
            "type": "url_citation",
            "url_citation": _url_citation(citation, span, base),
            "file_citation": _file_citation(citation),
        }
        for citation, span in _cited(answer)
    ]


def flat_annotations_of(answer: Answer, base: str) -> list[dict[str, Any]]:
    """The same as the Responses API has them: for each marker its address, and its file with the quote."""
    return [
        annotation
        for citation, span in _cited(answer)
        for annotation in (
            {"type": "url_citation", **_url_citation(citation, span, base)},
            {"type": "file_citation", "index": span.start, **_file_citation(citation)},
        )
    ]


def _cited(answer: Answer) -> Iterator[tuple[Citation, Span]]:
    citations = {citation.marker: citation for citation in answer.citations}
    return ((citations[marker], span) for marker, span in _markers(answer) if marker in citations)


def _markers(answer: Answer) -> Iterator[tuple[int, Span]]:
    """Each marker and where it stands in the text; those that a quote happens to hold are not counted."""
    place = 0
    for sentence in answer.sentences:
        place = answer.text.find(sentence.text, place) + len(sentence.text)
        for marker in sentence.citations:
            shown = f"[{marker}]"
            start = answer.text.find(shown, place)
            if start >= 0:
                place = start + len(shown)
                yield marker, Span(start, place)


def _url_citation(citation: Citation, span: Span, base: str) -> dict[str, Any]:
    document = citation.document
    return {
        "start_index": span.start,
        "end_index": span.end,
        "title": document.title or document.path,
        "url": web_address(document.url) or _reader(citation, base),
    }


def _file_citation(citation: Citation) -> dict[str, Any]:
    return {
        "file_id": citation.document.id,
        "filename": citation.document.path,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }


def _reader(citation: Citation, base: str) -> str:
    quote = f"{citation.marker}:{citation.start}-{citation.end}"
    return f"{base}document?{urlencode([('id', citation.document.id), ('quote', quote)])}"
