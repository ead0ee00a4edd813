"""What completes a noun or a verb of the question: “tráfico [de fentanilo y de armas]”, “señaló que […]”."""

import re

from assistant.extraction.markers import SPEECH, any_of
from assistant.extraction.names import find_names
from assistant.extraction.parsed_quote import ParsedQuote, trim
from assistant.questions.understanding import Question
from index.document import Span

_APPOSITION = 2
_VERB_REACH = 3
_FEW_WORDS = 7
_OF = re.compile(r"\s+(?:de|del|of|do|da|des|du)\s+(?:la\s+|los\s+|las\s+|el\s+)?(?=\w)", re.IGNORECASE)
_COMPLEMENT_END = re.compile(
    r"[,;:.()«»“”]|\s(?:en|para|por|con|que|se|a|al|desde|hasta|durante|tras|según|es|son|fue|fueron|será|ha|han|in|for|to|"
    r"from|with|which|that|is|was)\s",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b{any_of(SPEECH)}(?:\s+\w+){{0,3}}?\s*(?:\s(?:que|that)\s|[:,]?\s*(?=[“«\"]))", re.IGNORECASE
)


def named(question: Question, parsed: ParsedQuote) -> list[Span]:
    """Names of the thing asked for: those that hold its noun and those right behind it."""
    names = find_names(parsed.quote)
    nouns = [token.span for token in parsed.tokens if question.unit and token.term == question.unit]
    holding = [name for name in names for noun in nouns if name.start <= noun.start < name.end]
    following = [name for name in names for noun in nouns if 0 < name.start - noun.end <= _APPOSITION]
    return [name for name in dict.fromkeys([*holding, *following]) if " " in name.of(parsed.quote)]


def complement(question: Question, parsed: ParsedQuote) -> Span | None:
    """What the noun asked for is of, where another word of the question stands right before it."""
    for i, token in enumerate(parsed.tokens):
        near = parsed.tokens[max(0, i - _VERB_REACH) : i]
        if question.unit and token.term == question.unit and any(other.term for other in near):
            of = _OF.match(parsed.quote, token.span.end)
            found = _until_end(parsed.quote, of.end()) if of else None
            if found is not None and _adds(parsed, found):
                return found
    return None


def _until_end(quote: str, start: int) -> Span:
    end = _COMPLEMENT_END.search(quote, start)
    return trim(quote, Span(start, end.start() if end else len(quote)))


def _adds(parsed: ParsedQuote, span: Span) -> bool:
    """Whether `span` says something, briefly, and nothing that the question says already."""
    inside = parsed.inside(span)
    content = [parsed.tokens[i] for i in inside if parsed.tokens[i].content]
    return bool(content) and len(inside) <= _FEW_WORDS and not any(token.term for token in content)


def statement(parsed: ParsedQuote) -> Span | None:
    """What is said, behind the verb of saying that leads most closely to the question's words."""
    starts = [match.end() for match in _SAID.finditer(parsed.quote)]
    spans = [trim(parsed.quote, Span(start, len(parsed.quote))) for start in starts]
    return max(
        (span for span in spans if span.start < span.end), key=lambda s: _on_topic(parsed, s), default=None
    )


def _on_topic(parsed: ParsedQuote, span: Span) -> float:
    terms = {parsed.tokens[i].term for i in parsed.inside(span)} - {""}
    return len(terms) - 0.004 * (span.end - span.start)
