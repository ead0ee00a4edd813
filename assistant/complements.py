"""What completes a noun or a verb of the question: “tráfico [de fentanilo y de armas]”, “señaló que […]”."""

import re

from assistant.markers import SPEECH, any_of
from assistant.names import find_names
from assistant.passage import Passage, trim
from assistant.questions import Question
from index.documents import Span

_OF = re.compile(r"\s+(?:de|del|of|do|da|des|du)\s+(?:la\s+|los\s+|las\s+|el\s+)?(?=\w)", re.IGNORECASE)
_COMPLEMENT_END = re.compile(
    r"[,;:.()«»“”]|\s(?:en|para|por|con|que|se|a|al|desde|hasta|durante|tras|según|es|son|fue|fueron|será|ha|han|in|for|to|"
    r"from|with|which|that|is|was)\s",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b{any_of(SPEECH)}(?:\s+\w+){{0,3}}?\s*(?:\s(?:que|that)\s|[:,]?\s*(?=[“«\"]))", re.IGNORECASE
)


def noun_complement(question: Question, passage: Passage) -> Span | None:
    """What the noun asked for is of, or is named: “el satélite [Astra 2A]”; None where that adds nothing."""
    names = find_names(passage.quote)
    for token in passage.tokens:
        if question.unit and token.term == question.unit:
            of = _OF.match(passage.quote, token.span.end)
            start = of.end() if of else token.span.end + 1
            named = next((name for name in names if name.start == start), None)
            found = _until_end(passage.quote, start) if of else named
            if found is not None and _adds(passage, found):
                return found
    return None


def _until_end(quote: str, start: int) -> Span:
    end = _COMPLEMENT_END.search(quote, start)
    return trim(quote, Span(start, end.start() if end else len(quote)))


def _adds(passage: Passage, span: Span) -> bool:
    """Whether `span` says something, and nothing that the question says already."""
    content = [passage.tokens[i] for i in passage.inside(span) if passage.tokens[i].content]
    return bool(content) and not any(token.term for token in content)


def statement(passage: Passage) -> Span | None:
    """What is said, behind the verb of saying that leads most closely to the question's words."""
    starts = [match.end() for match in _SAID.finditer(passage.quote)]
    spans = [trim(passage.quote, Span(start, len(passage.quote))) for start in starts]
    return max(
        (span for span in spans if span.start < span.end), key=lambda s: _on_topic(passage, s), default=None
    )


def _on_topic(passage: Passage, span: Span) -> float:
    terms = {passage.tokens[i].term for i in passage.inside(span)} - {""}
    return len(terms) - 0.004 * (span.end - span.start)
