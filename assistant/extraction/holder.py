"""Who holds an office, as sentences say it: “la jueza del caso es Marta Iriarte”, “Marta Iriarte, jueza del caso”."""

import re
from collections.abc import Iterator, Sequence

from assistant.extraction.candidates import find_persons, is_organisation
from assistant.extraction.markers import TITLES, any_of
from assistant.extraction.parsed_quote import ParsedQuote, parse_quote
from assistant.questions.understanding import Question
from index.document import Span
from index.terms import fold

# Of the question's words, those that must stand by the name; it may say more (“la secretaria de Turismo de México”).
_ENOUGH = 0.5
_JOINING = re.compile(
    r"(?:el|la|los|las|de|del|al|es|era|fue|son|sera|general|actual|nuev[oa]|the|of|is|was|new|current|o|a|do|da|e|"
    rf"le|du|est|{any_of(fold(TITLES))})"
)
# “El canciller de España” names no chancellor.
_PREPOSITIONS = frozenset("de del en of in da do du em".split())
# Stems of what a question may say before the office: “el actual alcalde”.
_MODIFIERS = frozenset("actual nuev ultim prim current new last first".split())
_BORDER = re.compile(r"[;.:?!]\s|\n")


def find_holder(question: Question, quote: str, *, whole: bool = False) -> Span | None:
    """The name in `quote` of who holds the office that `question` asks for; None if it gives none, or several.

    With `whole`, every word of the question must stand in the quote: elsewhere others hold such offices.
    """
    parsed = parse_quote(question, quote)
    if whole and not (parsed.foreign or parsed.known_terms >= set(question.terms)):
        return None
    names = [name for name in find_persons(quote) if _may_be_told(parsed, name)]
    shares = [(_share(question, parsed, name, names), name) for name in names]
    best = max((share for share, _ in shares), default=0.0)
    holders = [name for share, name in shares if share == best]
    return holders[0] if best >= _ENOUGH and len(holders) == 1 else None


def _may_be_told(parsed: ParsedQuote, name: Span) -> bool:
    """Whether a name may be that of a person whom the question does not name; an acronym or an aside is none."""
    inside, said = parsed.inside(name), name.of(parsed.quote)
    aside = parsed.quote[: name.start].endswith("(") or (said.isupper() and " " not in said)
    known = any(parsed.tokens[i].term for i in inside)
    if not inside or aside or known or is_organisation(said):
        return False
    return inside[0] == 0 or parsed.tokens[inside[0] - 1].word not in _PREPOSITIONS


def _share(question: Question, parsed: ParsedQuote, name: Span, names: Sequence[Span]) -> float:
    """The share of the question's words that lead up to a name, or go on from it, whichever is more."""
    inside = parsed.inside(name)
    others = {
        i for other in names if other != name and " " in other.of(parsed.quote) for i in parsed.inside(other)
    }
    before, behind = range(inside[0] - 1, -1, -1), range(inside[-1] + 1, len(parsed.tokens))
    outward = [before] if len(inside) == 1 else [before, behind]
    return max(_told(question, parsed, list(_joined(parsed, places, others))) for places in outward)


def _told(question: Question, parsed: ParsedQuote, places: Sequence[int]) -> float:
    """The share of the question's words among tokens; none if they tell no office, or another (“subdirector”).

    “La vicepresidenta” may be that of the country which the question names, “director de Obras” is not of Pesca.
    """
    tokens = [parsed.tokens[i] for i in sorted(places)]
    office = next((term for term in question.terms if term not in _MODIFIERS), "")
    other = any(token.stem != office and token.stem.endswith(office) for token in tokens)
    found = {token.term for token in tokens} - {""}
    if other or office not in found:
        return 0.0
    behind = tokens[[token.term for token in tokens].index(office) :]
    of_another = any(token.content and not (token.term or _JOINING.fullmatch(token.word)) for token in behind)
    return 0.0 if of_another and found == {office} else len(found) / len(question.terms)


def _joined(parsed: ParsedQuote, places: range, others: set[int]) -> Iterator[int]:
    """The tokens outward from a name, as far as they go on with what its bearer is, and the one that ends it."""
    for i in places:
        token = parsed.tokens[i]
        beside = parsed.tokens[i - places.step]
        first, last = sorted((token.span, beside.span))
        if i in others or _BORDER.search(parsed.quote, first.end, last.start + 1):
            return
        yield i
        capital = parsed.quote[token.span.start].isupper()
        if not (token.term or capital or _JOINING.fullmatch(token.word)):
            return
