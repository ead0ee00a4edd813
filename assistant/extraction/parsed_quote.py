"""A quote laid out for finding the answer in it: its words, its clauses, and which the question says."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.extraction.markers import any_of
from assistant.extraction.synonyms import synonyms
from assistant.questions.understanding import Question
from index.document import Span
from index.terms import LANGUAGES, fold, stem, stop_words

_COGNATE = 5
_EXACT, _SYNONYM, _ALIKE = 1.0, 0.8, 0.6
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SUBORDINATORS = any_of(
    """
    que, quien, quienes, donde, cuando, cuyo, cuya, porque, aunque, mientras, pero, sino, si, para,
    debido, gracias, con el fin, con motivo, con el objetivo, por lo que, ya que, luego de, tras,
    según, which, who, where, when, because, although, while, but, if, after, due to, in order to,
    according to, onde, quem, quando, embora, mas, qui, parce
    """
)
_CLAUSE_BORDER = re.compile(
    rf"[,;:](?=\s)|\s(?=[—–(«“])|[)»”—–](?=[\s,.;])|\s(?=(?:{_SUBORDINATORS})\s)"
    r"|\s(?=(?:y|e|and)\s+(?:que|se|el|la|los|las)\s)"
)
_EDGES = frozenset(' \t\n\r,;:—–()«»“”"‘’[]…')
_ACRONYM_END = re.compile(r"(?:^|\W)\w\.\s?\w\.$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a quote. `content` is false for a stop word; `clause` counts the clauses from 0.

    `term` is the question's term that it stands for, empty if none, and `weight` (0 to 1) how surely.
    """

    span: Span
    word: str
    stem: str
    content: bool
    clause: int
    term: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class ParsedQuote:
    """A quote, its clauses and its tokens as a question sees them; `foreign` if its language is another."""

    quote: str
    clauses: tuple[Span, ...]
    tokens: tuple[Token, ...]
    foreign: bool

    @property
    def known(self) -> float:
        """How many of the question's terms the quote holds, each by how surely."""
        return sum({token.term: token.weight for token in self.tokens if token.term}.values())

    @property
    def known_terms(self) -> frozenset[str]:
        """The question's terms that the quote holds."""
        return frozenset(token.term for token in self.tokens if token.term)

    def inside(self, span: Span) -> list[int]:
        """The indices of the tokens that `span` touches."""
        return [i for i, token in enumerate(self.tokens) if token.span.overlaps(span)]


def parse_quote(question: Question, quote: str) -> ParsedQuote:
    """`quote` as `question` sees it."""
    language = language_of(quote, question.language)
    parts = tuple(_clauses(quote))
    known = _known_stems(question, language)
    prefixes = {term[:_COGNATE]: term for term in question.terms if len(term) >= _COGNATE}
    foreign = language != question.language
    stops = stop_words(language)
    tokens: list[Token] = []
    clause = 0
    for match in _WORD.finditer(quote):
        while clause + 1 < len(parts) and parts[clause + 1].start <= match.start():
            clause += 1
        word = fold(match[0])
        # “Estado” is a name where “estado” is a participle, and so on the list of stop words.
        named = match[0][0].isupper() and match.start() > 0
        root, content = stem(word, language), word not in stops or named
        term, weight = known.get(root, ("", 0.0)) if content else ("", 0.0)
        if foreign and content and not term and word[:_COGNATE] in prefixes:
            term, weight = prefixes[word[:_COGNATE]], _ALIKE
        tokens.append(Token(Span(*match.span()), word, root, content, clause, term, weight))
    return ParsedQuote(quote, parts, tuple(tokens), foreign)


def _known_stems(question: Question, language: str) -> dict[str, tuple[str, float]]:
    """For each stem of `language` that the question mentions or means: its term and how surely."""
    groups = synonyms(question.language)
    known: dict[str, tuple[str, float]] = {}
    for term in question.terms:
        for other in groups.get(term, ()):
            known.setdefault(other, (term, _SYNONYM))
    for name in question.names:
        for match in _WORD.finditer(name):
            root = stem(fold(match[0]), language)
            known[root] = (root, _EXACT)
    known.update({term: (term, _EXACT) for term in question.terms})
    return known


def language_of(text: str, default: str) -> str:
    """The language whose stop words the text uses most; `default` when none is ahead."""
    words = Counter(fold(match[0]) for match in _WORD.finditer(text))
    found = {code: sum(words[stop] for stop in stop_words(code)) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: (found[code], code == default))
    return best if found[best] > found.get(default, 0) else default


def _clauses(text: str) -> Iterator[Span]:
    """The text cut at commas, brackets and subordinating words; together they hold all its words."""
    start = 0
    for border in _CLAUSE_BORDER.finditer(text):
        piece = trim(text, Span(start, border.start()))
        if piece.start < piece.end:
            yield piece
            start = border.end()
    piece = trim(text, Span(start, len(text)))
    if piece.start < piece.end:
        yield piece


def trim(text: str, span: Span) -> Span:
    """The span without white space and stray punctuation at its ends; the point of “D.C.” stays."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and (text[end - 1] in _EDGES or _is_full_stop(text, start, end)):
        end -= 1
    return Span(start, end)


def _is_full_stop(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and _ACRONYM_END.search(text, max(start, end - 6), end) is None
