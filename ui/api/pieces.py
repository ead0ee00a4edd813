"""The text of an answer as it is proved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerSentence, Event, Finished, Retrieved, Verified
from assistant.assistant import Assistant
from assistant.layout import join_sentences, opening, piece


@dataclass(frozen=True, slots=True)
class Ending:
    """An answer, and as it was `sent` in pieces: a second look may have struck what had been sent already."""

    answer: Answer
    sent: Answer


def pieces(events: Iterator[Event]) -> Iterator[str | Ending]:
    """The text piece by piece, then the ending. Together they are the whole text, with citations at their places."""
    caution: tuple[AnswerSentence, ...] = ()
    lines = False
    told: list[AnswerSentence] = []
    for event in events:
        if isinstance(event, Retrieved):
            caution, lines = opening(event.caution), event.lines
        elif isinstance(event, Verified):
            for sentence in (*(() if told else caution), event.sentence):
                yield piece(sentence, told[-1] if told else None, lines=lines)
                told.append(sentence)
        elif isinstance(event, Finished):
            if not told:
                yield event.answer.text
            yield _ending(event.answer, told, lines=lines)


def _ending(answer: Answer, told: list[AnswerSentence], *, lines: bool) -> Ending:
    if not told:
        return Ending(answer, answer)
    text = join_sentences(told, lines=lines)
    return Ending(answer, replace(answer, sentences=tuple(told), text=text))


def tokens_of(archive: Assistant, *texts: str) -> list[int]:
    """How many tokens texts have, as the embedding model counts them."""
    return archive.retriever().embedder.count_tokens(texts)
