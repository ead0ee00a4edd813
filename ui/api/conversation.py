"""A conversation as clients send it, whole with every request, and an answer as they read it: in pieces, annotated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from assistant.answer import Answer, AnswerSentence, Citation, Event, Finished, Retrieved, Verified
from assistant.assistant import Assistant
from assistant.incoming import recent
from assistant.layout import join_sentences, opening, piece
from assistant.questions.followups import standalone_question
from assistant.questions.history import Exchange
from index.document import Span
from prompts import phrase
from ui.addresses import web_address
from ui.api.errors import RequestFailed
from ui.api.messages import Message

_MOST_TURNS = 100  # the newest ones; clients send conversations that have gone on for months


@dataclass(frozen=True, slots=True)
class Sent:
    """A question and the turns that it may lean on, each standing alone. `is_all_read`: nothing of it was left out."""

    question: str
    history: tuple[Exchange, ...]
    is_all_read: bool

    def note(self, language: str) -> str:
        """What is told behind the answer of parts of the question that were not read; nothing if all were."""
        return "" if self.is_all_read else f"\n\n{phrase('unread_parts', language)}"


def conversation(messages: Sequence[Message], param: str) -> Sent:
    """The question that the messages end with, and the turns before it.

    System messages are left out: what an answer may say is settled by its evidence. So are the oldest turns of a
    conversation that is too long. Raises RequestFailed, which names the field `param`, unless the user's words are
    the last.
    """
    if not messages or messages[-1].role != "user":
        raise RequestFailed(400, "The last message must be the user's: it is the question.", param=param)
    turns: list[Exchange] = []
    for exchange in recent(list(_exchanges(messages[:-1]))[-_MOST_TURNS:]):
        standalone = standalone_question(exchange.question, turns)
        turns.append(replace(exchange, question=standalone.text, topic=standalone.topic))
    return Sent(messages[-1].text(), tuple(turns), messages[-1].is_text())


def _exchanges(messages: Sequence[Message]) -> Iterator[Exchange]:
    """What the user said last before each of the assistant's messages, with that message.

    Either may have no words: a picture, or the call of a tool.
    """
    question = ""
    for message in messages:
        if message.role == "user":
            question = message.text() or question
        elif message.role == "assistant" and question and message.text():
            yield Exchange(question, message.text())
            question = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """An answer, and as it was `sent` in pieces: a second look may have struck what had been sent already."""

    answer: Answer
    sent: Answer


def pieces(events: Iterator[Event]) -> Iterator[str | Ending]:
    """The text piece by piece, then the ending. Together they are the whole text, with citations at their places."""
    caution: tuple[AnswerSentence, ...] = ()
    lines = False
    sentences: list[AnswerSentence] = []
    for event in events:
        if isinstance(event, Retrieved):
            caution, lines = opening(event.caution), event.lines
        elif isinstance(event, Verified):
            for sentence in (*(() if sentences else caution), event.sentence):
                yield piece(sentence, sentences[-1] if sentences else None, lines=lines)
                sentences.append(sentence)
        elif isinstance(event, Finished):
            if not sentences:
                yield event.answer.text
            yield _ending(event.answer, sentences, lines=lines)


def _ending(answer: Answer, sentences: list[AnswerSentence], *, lines: bool) -> Ending:
    if not sentences:
        return Ending(answer, answer)
    text = join_sentences(sentences, lines=lines)
    return Ending(answer, replace(answer, sentences=tuple(sentences), text=text))


def tokens_of(archive: Assistant, *texts: str) -> list[int]:
    """How many tokens texts have, as the embedding model counts them."""
    return archive.retriever().embedder.count_tokens(texts)


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
        place = answer.text.find(sentence.in_full, place) + len(sentence.in_full)
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
