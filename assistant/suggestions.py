"""Questions that a person would ask, made from sentences and headings of the documents that answer them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice, zip_longest
from string import Template

from index.document import Block, BlockKind, Document, Span
from index.filters import EVERYTHING, DocumentFilter
from index.language.lists import any_phrase, table_of
from index.language.mentions import find_names
from index.language.terms import fold, search_terms
from index.store.lookup import full_text, stored_chunks
from index.store.store import Store
from index.text.sentences import split_sentences

# Characters of a document, and on each side of a quote, that questions are made from.
_SAMPLE = 6000
_AROUND = 700
# Questions that are tried; each costs a look into the full text.
_CANDIDATES = 16
_DOCUMENTS = 12
_NEXT = 3
_OF_ONE = 5  # of one document
# Chunks among which the one must be that a question was made from: the reader reads more.
_FIRST = 2
# Where there are no more chunks, all are read with every question, and words that most hold tell nothing.
_ALL_READ = 8
_LONGEST_SENTENCE = 400
_LONGEST_HEADING = 50
_SHORTEST_HEADING = 5
_CAPITALISED = r"[A-ZÁÉÍÓÚÑÜ][\w’-]*"
_PARTICLE, _AND = any_phrase("names", "particles"), any_phrase("comparing", "and")
# “De la Fuente” is the end of a name.
_NAME = rf"(?!(?i:{_PARTICLE})\b){_CAPITALISED}(?: (?:(?:{_PARTICLE}(?: {_PARTICLE})?|{_AND}) )?{_CAPITALISED}){{1,5}}"
_NUMBERED = re.compile(r"^[\d.]{1,8}[.)]?\s+")
_TOLD = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TURN, BlockKind.QUOTE})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a document that questions are made from; the document comes with the blocks in it."""

    document: Document
    span: Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question in the language of a document, and where the words stand there that it was made from."""

    question: str
    document: str
    language: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    ask: Template


def first_questions(store: Store) -> dict[str, tuple[str, ...]]:
    """Questions to begin with, by the language of the page: about the newest documents."""
    documents = islice(store.documents(), _DOCUMENTS)
    stretches = [
        _with_blocks(store, document, Span(document.body, document.body + _SAMPLE)) for document in documents
    ]
    is_answered = partial(_is_answered, store, EVERYTHING)
    return {language: suggest(stretches, language, is_answered) for language in ("es", "en")}


def next_questions(
    store: Store,
    quotes: Sequence[tuple[Document, Span]],
    asked: Sequence[str],
    language: str,
    wanted: DocumentFilter = EVERYTHING,
) -> tuple[str, ...]:
    """Questions to go on with, about what stands around quotes, best first; what was `asked` is not asked again."""
    stretches = [
        _with_blocks(store, document, Span(quote.start - _AROUND, quote.end + _AROUND))
        for document, quote in quotes
    ]
    return suggest(stretches, language, partial(_is_answered, store, wanted), asked=asked, count=_NEXT)


def document_questions(store: Store, document: Document, told: Sequence[Span]) -> tuple[str, ...]:
    """Questions that this document answers, about its beginning and what stands around the spans `told`."""
    spans = [
        Span(document.body, document.body + _SAMPLE),
        *(Span(span.start - _AROUND, span.end + _AROUND) for span in told),
    ]
    stretches = [_with_blocks(store, document, span) for span in spans]
    is_answered = partial(_is_answered, store, EVERYTHING)
    return suggest(stretches, document.language, is_answered, count=_OF_ONE)


def _with_blocks(store: Store, document: Document, span: Span) -> Stretch:
    within = Span(max(document.body, span.start), min(len(document.text), span.end))
    return Stretch(replace(document, blocks=store.blocks(document.id, within)), within)


def _is_answered(store: Store, wanted: DocumentFilter, suggestion: Suggestion) -> bool:
    """Whether the words of the question lead to those that it was made from before all others."""
    if store.counts()[1] <= _ALL_READ:
        return True
    terms = search_terms(suggestion.question, suggestion.language)
    first = full_text(store, terms, _FIRST, wanted)
    chunks = stored_chunks(store, [id_ for id_, _ in first])
    return any(
        chunk.document == suggestion.document and chunk.span.overlaps(suggestion.span) for chunk in chunks
    )


def suggest(
    stretches: Sequence[Stretch],
    language: str,
    is_answered: Callable[[Suggestion], bool],
    *,
    asked: Sequence[str] = (),
    count: int = 4,
) -> tuple[str, ...]:
    """Up to `count` different questions, one of each stretch before the second of any.

    They are in the documents' own languages, those in `language` first. What was `asked` is not asked again, and only
    what `is_answered` is suggested.
    """
    ordered = sorted(stretches, key=lambda stretch: stretch.document.language != language)
    rows = zip_longest(*(_by_kind(stretch) for stretch in ordered))
    candidates = {one.question: one for row in rows for one in row if one is not None}
    known = {fold(question) for question in asked}
    fresh = [one for question, one in candidates.items() if fold(question) not in known]
    chosen: list[str] = []
    for one in fresh[:_CANDIDATES]:
        if len(chosen) == count:
            break
        if is_answered(one):
            chosen.append(one.question)
    return tuple(chosen)


def _by_kind(stretch: Stretch) -> list[Suggestion]:
    """The questions that a stretch answers, the surest kinds first, each in reading order."""
    rules = _rules().get(stretch.document.language, ())
    sentences = list(_sentences(stretch))
    made = (_made(stretch.document, rule, *sentence) for rule in rules for sentence in sentences)
    return [one for one in made if one is not None]


def _sentences(stretch: Stretch) -> Iterator[tuple[Span, str]]:
    """The sentences of a stretch that tell something, with the title above each."""
    document, within = stretch.document, stretch.span
    blocks = [block for block in document.blocks if within.overlaps(block.span)]
    for block in blocks or [Block(BlockKind.PARAGRAPH, within)]:
        if block.kind in _TOLD:
            start, title = block.span.start, _title(document, block)
            for span in split_sentences(block.span.of(document.text)):
                if span.end - span.start <= _LONGEST_SENTENCE:
                    yield Span(start + span.start, start + span.end), title


def _title(document: Document, block: Block) -> str:
    """The heading right above a block without its number; empty where it is no subject to ask about."""
    title = _NUMBERED.sub("", block.headings[-1]) if block.headings else ""
    fits = _SHORTEST_HEADING <= len(title) <= _LONGEST_HEADING
    # “Resumen” alone is one of many; what is told by two words is a subject.
    fits = fits and " " in title and fold(title) != fold(document.title)
    return title if fits and not title.isupper() and title.replace(" ", "").isalpha() else ""


def _made(document: Document, rule: _Rule, span: Span, heading: str) -> Suggestion | None:
    sentence = span.of(document.text)
    match = rule.pattern.search(sentence)
    if match is None or ("$heading" in rule.ask.template and not heading):
        return None
    fields = match.groupdict()
    if fields.get("name"):
        fields["name"] = _whole_name(sentence, match.end("name"))
        if not fields["name"]:
            return None
    if asked_about := fields.get("np"):
        fields["np"] = asked_about[:1].lower() + asked_about[1:]
    return Suggestion(rule.ask.substitute(fields, heading=heading), document.id, document.language, span)


def _whole_name(sentence: str, end: int) -> str:
    """The name of several words that ends there; empty where none does, as where a name would be cut in half."""
    names = (name.of(sentence) for name in find_names(sentence) if name.end == end)
    return next((name for name in names if " " in name), "")


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    return {
        language: tuple(
            _Rule(re.compile(rule["match"].replace("NAME", _NAME)), Template(rule["ask"])) for rule in rules
        )
        for language, rules in table_of("suggestions").items()
    }
