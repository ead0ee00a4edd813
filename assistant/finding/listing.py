"""Lists and counts of documents, complete: from the store's full text and not from the nearest passages."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Evidence, Searched
from assistant.extraction.extractive import Listing
from assistant.extraction.quotes import is_quotable
from assistant.extraction.shown_quotes import tells
from assistant.finding.documents import Kind, documents_naming, kind_of, words_naming
from assistant.finding.found import Found
from assistant.finding.identifiers import is_within_identifier
from assistant.finding.scope import published_in
from assistant.questions.list_questions import ListQuestion, Order, read_list_question
from assistant.questions.question_dates import names_which
from index.dates import Grain, Interval, find_dates, format_date
from index.dates.calendar import Unit, unit_around
from index.document import Document, Listed, Span
from index.filters import DocumentFilter
from index.language.lists import role_of
from index.language.terms import is_stop_word, stem, words
from index.store.lookup import stored_chunks
from index.store.store import Store
from prompts import phrase

PAGE = 20
"""Documents shown at a time."""

# Chunks of a document among which the sentence is looked for that it is listed with.
_MOST_CHUNKS = 20
_VAGUE = frozenset({Grain.DECADE, Grain.CENTURY})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is listed: documents of a kind that speak of a subject, of the days of `searched`."""

    question: ListQuestion
    kind: Kind
    subject: str
    searched: Searched | None


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists the documents of one store for questions asked in `language` on the day `today`; `page` counts from 1."""

    store: Store
    language: str
    wanted: DocumentFilter
    today: date
    page: int = 1

    def find(self, question: str) -> Found | None:
        """The documents that a question wants listed or counted; None if it wants none, or there are none."""
        asked = read_list_question(question)
        if asked is None:
            return None
        catalogue = tuple(self.store.catalogue())
        resolved = self._resolved(asked, catalogue)
        if resolved is None or not _is_certain(resolved):
            return None
        chunks = self._documents(resolved)
        newest = self.store.newest_day()
        if not chunks and resolved.searched is not None and newest is not None and newest < self.today:
            # “Marzo” is the one that the archive has, if it has none of this year.
            earlier = replace(self, today=newest)
            resolved = earlier._resolved(asked, catalogue) or resolved
            chunks = earlier._documents(resolved)
        if asked.order == "longest":
            return self._longest(chunks)
        if not chunks and (resolved.subject or resolved.searched is None or not asked.counted):
            return None
        if asked.period:
            return self._by_period(resolved, chunks, catalogue)
        return self._listed(resolved, chunks, catalogue)

    def find_mentions(self, question: str) -> Found | None:
        """The documents that mention all that was to be counted, where none of them says how many there were."""
        asked = read_list_question(question)
        if asked is None or not asked.exists:
            return None
        catalogue = tuple(self.store.catalogue())
        everything = Kind(frozenset(document.id for document in catalogue), sure=False, everything=True)
        subject, searched = self._days(" ".join([asked.called, asked.subject]))
        about = replace(
            asked, called=phrase("documents", self.language), speaks=True, order=None, period=None
        )
        unsaid = _Asked(about, everything, subject, searched)
        chunks = self._documents(unsaid) if asked.subject else {}
        return self._listed(unsaid, chunks, catalogue) if chunks else None

    def _resolved(self, asked: ListQuestion, catalogue: Sequence[Listed]) -> _Asked | None:
        """The question with the kind of document that one of its nouns is; the others are what it is about."""
        likeliest_first = asked.nouns[::-1] if self.language == "en" else asked.nouns
        for noun in likeliest_first:
            kind = kind_of(noun, self.language, catalogue)
            if kind is not None:
                subject, searched = self._days(asked.subject, filters_first=not asked.speaks)
                others = (other for other in asked.nouns if other != noun)
                return _Asked(asked, kind, " ".join(filter(None, (*others, subject))), searched)
        return None

    def _days(self, subject: str, *, filters_first: bool = False) -> tuple[str, Searched | None]:
        """A subject without the days of publication that it names, and those days.

        A date that tells which thing is meant (“el presupuesto de 2024”) stays; one with which the subject begins
        tells of the documents themselves, as in “partes de 2024”, where `filters_first` says so.
        """
        as_of = self.wanted.as_of or self.today
        led_by = role_of("question_dates", "led_by")
        # “2024” alone is no date.
        led = f"{led_by.get(self.language, led_by['es'])} {subject}"
        for expression in find_dates(led, as_of, self.language, latest=as_of):
            span, before = expression.span, led[: expression.span.start]
            named = names_which(before, expression.grain) and not (filters_first and _is_empty(before))
            if named or expression.grain in _VAGUE or is_within_identifier(led, span, self.language):
                continue
            days = expression.interval
            rest = " ".join((before + led[span.end :]).split()[1:])
            return _trimmed(rest), Searched(days.start, days.end, "publication", expression.text)
        return subject, None

    def _documents(self, asked: _Asked) -> dict[str, list[str]]:
        """The chunks that speak of the subject, by the ids of documents, oldest first."""
        wanted = self.wanted
        if (searched := asked.searched) is not None:
            wanted = published_in(wanted, Interval(searched.first, searched.last))
        chunks = documents_naming(self.store, asked.subject, wanted)
        return {document: ids for document, ids in chunks.items() if document in asked.kind.documents}

    def _listed(
        self, asked: _Asked, chunks: Mapping[str, Sequence[str]], catalogue: Sequence[Listed]
    ) -> Found:
        told = self._count(asked, len(chunks))
        if asked.question.order is not None:
            shown, listing = [_at_end(chunks, asked.question.order, catalogue)], Listing()
        elif asked.question.counted and _is_bare(asked):
            shown, listing = [], Listing(f"{told} {self._bounds(catalogue)}".strip())
        else:
            first = (self.page - 1) * PAGE
            shown = list(chunks)[first : first + PAGE]
            listing = self._page(told, first, len(shown), len(chunks))
        stems = [stem(word, self.language) for word in words(asked.subject) if not is_stop_word(word)]
        evidence = self._evidence({document: chunks[document] for document in shown}, stems)
        return Found(tuple(evidence), 1.0, asked.searched, listing=listing, route="list")

    def _count(self, asked: _Asked, count: int) -> str:
        days = f" ({asked.searched.words})" if asked.searched else ""
        kind = f"{asked.question.called[:1].upper()}{asked.question.called[1:]}{days}"
        key = "list_about" if asked.subject else "list_all"
        return phrase(key, self.language, kind=kind, subject=asked.subject, count=count)

    def _page(self, told: str, first: int, shown: int, count: int) -> Listing:
        """What is said around one page of a list."""
        if count <= PAGE:
            return Listing(told)
        place = phrase("list_page", self.language, first=first + 1, last=first + shown)
        left = count - first - shown
        return Listing(
            f"{told} {place}", closing=phrase("list_more", self.language, count=left) if left else ""
        )

    def _bounds(self, catalogue: Sequence[Listed]) -> str:
        days = sorted(document.date for document in catalogue if document.date is not None)
        if not days:
            return ""
        first, last = (
            format_date(Interval(day, day), Grain.DAY, self.language) for day in (days[0], days[-1])
        )
        return phrase("archive_days", self.language, first=first, last=last)

    def _by_period(
        self, asked: _Asked, chunks: Mapping[str, Sequence[str]], catalogue: Sequence[Listed]
    ) -> Found:
        """How many documents there are of each month or year, a line each."""
        unit = Unit.MONTH if asked.question.period == "month" else Unit.YEAR
        days = [document.date for document in catalogue if document.id in chunks]
        counts = Counter(unit_around(unit, day) for day in sorted(day for day in days if day is not None))
        lines = [
            f"{format_date(period, unit.grain, self.language)}: {count}"
            for period, count in counts.items()
            if period is not None
        ]
        if undated := days.count(None):
            lines.append(phrase("undated", self.language, count=undated))
        listing = Listing(self._count(asked, len(chunks)), lines=tuple(lines))
        return Found((), 1.0, asked.searched, listing=listing, route="list")

    def _longest(self, chunks: Mapping[str, Sequence[str]]) -> Found | None:
        sizes = self.store.sizes(list(chunks))
        if not sizes:
            return None
        longest = max(sizes, key=lambda id_: sizes[id_].characters)
        evidence = tuple(self._evidence({longest: chunks[longest]}, []))
        document = next((each.document for each in evidence), None)
        title = longest if document is None else document.title or document.path
        opening = phrase("longest", self.language, title=title, count=sizes[longest].characters)
        return Found(evidence, 1.0, None, listing=Listing(opening), route="list")

    def _evidence(self, chunks: Mapping[str, Sequence[str]], stems: Sequence[str]) -> Iterator[Evidence]:
        """Of each document the sentence that says most of the subject."""
        for number, (id_, ids) in enumerate(chunks.items(), 1):
            document = self.store.document(id_)
            if document is not None and (span := self._sentence(document, ids, stems)) is not None:
                yield Evidence(number, document, span, 1.0, 1.0)

    def _sentence(self, document: Document, ids: Sequence[str], stems: Sequence[str]) -> Span | None:
        sentences = sorted(
            span for chunk in stored_chunks(self.store, ids[:_MOST_CHUNKS]) for span in chunk.sentences
        )
        told = [
            span
            for span in sentences
            if is_quotable(span.of(document.text)) and words(span.of(document.text))
        ]

        def order(span: Span) -> tuple[int, bool]:
            said = span.of(document.text)
            return words_naming(said, stems, self.language), tells(said)

        return max(told, key=order, default=None)


def _is_certain(asked: _Asked) -> bool:
    """Whether the list is surely what is asked for, and not a fact that some document tells."""
    if asked.question.speaks:
        return True
    if asked.kind.everything:
        return not asked.subject
    return asked.kind.sure


def _is_bare(asked: _Asked) -> bool:
    """Whether all documents are asked for."""
    return (
        asked.kind.everything
        and not asked.subject
        and asked.searched is None
        and asked.question.order is None
    )


def _at_end(documents: Mapping[str, object], order: Order, catalogue: Sequence[Listed]) -> str:
    """The oldest or the newest of documents that stand oldest first, undated ones last."""
    dated = {document.id for document in catalogue if document.date is not None}
    known = [document for document in documents if document in dated] or list(documents)
    return known[0] if order == "oldest" else known[-1]


def _is_empty(text: str) -> bool:
    return all(map(is_stop_word, words(text)))


def _trimmed(text: str) -> str:
    """The text without the small words at its ends that joined the days to it."""
    parts = text.replace(" ,", ",").strip(" ,").split()
    while parts and is_stop_word("".join(words(parts[-1]))):
        parts.pop()
    while parts and is_stop_word("".join(words(parts[0]))):
        parts.pop(0)
    return " ".join(parts).strip(" ,")
