"""Questions to go on with, made from the words an answer rests on; only those that the archive can answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.suggestions import suggest
from index.document import Document, Span

_AROUND = 700  # characters on each side of a quote that questions are made from
_CANDIDATES = 8  # questions that are tried; each costs a search


@dataclass(frozen=True, slots=True)
class QuotedStretch:
    """A stretch of a document that an answer quotes."""

    document: Document
    span: Span


def next_questions(
    stretches: Sequence[QuotedStretch],
    asked: Sequence[str],
    language: str,
    can_answer: Callable[[str], bool],
    count: int = 3,
) -> tuple[str, ...]:
    """Up to `count` questions about what is named around the stretches, in their order.

    What the questions `asked` already name is not asked about again. `can_answer` tells whether the archive
    holds an answer; at most a few candidates are tried.
    """
    windows = [_window(stretch) for stretch in stretches]
    candidates = suggest(windows, language, _CANDIDATES, named=" ".join(asked))
    return tuple(_first(candidates, can_answer, count))


def _first(candidates: Sequence[str], can_answer: Callable[[str], bool], count: int) -> Iterator[str]:
    for candidate in candidates:
        if count and can_answer(candidate):
            count -= 1
            yield candidate


def _window(stretch: QuotedStretch) -> Document:
    """The document cut down to the surroundings of a quote, whole words only."""
    document, span = stretch.document, stretch.span
    start = max(document.body, span.start - _AROUND)
    text = document.text[start : span.end + _AROUND]
    if start > document.body:
        text = text[text.find(" ") + 1 :]
    return replace(document, text=text[: text.rfind(" ")] if " " in text else text, body=0, pages=())
