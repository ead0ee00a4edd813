"""Replies to what is said to the assistant: of itself, of the archive as a whole, and of its last answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale
from babel.lists import format_list

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.extraction.moments import say_day
from assistant.layout import join_sentences
from assistant.portrait import Portrait
from assistant.questions.history import CitedSpan, Exchange
from assistant.questions.talk import Said, Talk
from index.document import Document, Listed
from index.store.store import Store
from prompts import phrase

_COURTESIES = (Talk.THANKS, Talk.FAREWELL, Talk.CAPABILITIES)
_MOST_QUOTES = 4


@dataclass(frozen=True, slots=True)
class Replies:
    """Replies over one archive; `folder` is where its documents lie and `engine` what answers its questions."""

    store: Store
    portrait: Portrait
    folder: str
    engine: str

    def reply(self, question: str, said: Said, history: Sequence[Exchange]) -> Answer:
        """The whole answer; it cites where it repeats what documents say or lists them."""
        sentences, citations = self._told(said, history)
        return Answer(
            question=question,
            standalone=question,
            answered=said.talk not in (*_COURTESIES, Talk.GREETING),
            text=join_sentences(sentences),
            language=said.language,
            engine=self.engine,
            sentences=tuple(sentences),
            citations=tuple(citations),
            confidence=1.0,
            is_talk=True,
        )

    def nothing_more(self, question: str, standalone: str, language: str) -> Answer:
        """What is told to who asks for more where there is no more."""
        text = phrase("nothing_more", language)
        return Answer(question, standalone, False, text, language, self.engine, is_talk=True)

    def _told(
        self, said: Said, history: Sequence[Exchange]
    ) -> tuple[list[AnswerSentence], Sequence[Citation]]:
        language = said.language
        if said.talk in _COURTESIES:
            return [AnswerSentence(phrase(said.talk, language))], ()
        if said.talk.goes_on:
            return self._of_the_last(said, history)
        greeting = [AnswerSentence(phrase(Talk.GREETING, language))] * (said.talk is Talk.GREETING)
        if not self.portrait.documents:
            return [*greeting, AnswerSentence(phrase("empty_index", language, folder=self.folder))], ()
        size = AnswerSentence(size_in_words(self.portrait, language))
        if said.talk is Talk.NEWS:
            return self._news(language)
        if said.talk is Talk.SUBJECTS:
            return [size, *_subjects(self.portrait, language)], ()
        return [*greeting, size], ()

    def _news(self, language: str) -> tuple[list[AnswerSentence], Sequence[Citation]]:
        listed = [self.store.document(one.id) for one in self.portrait.newest]
        documents = [document for document in listed if document is not None]
        citations = [
            Citation(marker, title, at, at + len(title), document)
            for marker, document in enumerate(documents, 1)
            if (title := document.title) and (at := document.text.find(title)) >= 0
        ]
        cited = {citation.marker for citation in citations}
        points = [
            AnswerSentence(named(document, language), (marker,) if marker in cited else (), point=True)
            for marker, document in enumerate(documents, 1)
        ]
        return [AnswerSentence(phrase("newest_documents", language)), *points], citations

    def _of_the_last(
        self, said: Said, history: Sequence[Exchange]
    ) -> tuple[list[AnswerSentence], Sequence[Citation]]:
        """What the last answer rests on, by document or by quote."""
        language = said.language
        if not history:
            return [AnswerSentence(phrase("nothing_yet", language))], ()
        asked = history[-1].question
        last = next(
            (one for one in reversed(history) if one.question == asked and one.citations), history[-1]
        )
        citations = list(_proved(self.store, last.citations))
        if not citations:
            return [AnswerSentence(phrase("rests_on_nothing", language, question=asked))], ()
        if said.talk is Talk.SOURCES:
            return list(_by_document(citations, language)), citations
        key = "doubtful" if last.sure is False else "certain"
        quotes = citations[:_MOST_QUOTES]
        points = [
            AnswerSentence(f"«{one.quote}» — {named(one.document, language)}", (one.marker,), point=True)
            for one in quotes
        ]
        return [AnswerSentence(phrase(key, language)), *points], quotes


def size_in_words(portrait: Portrait, language: str) -> str:
    """How many documents there are, of when and in which languages."""
    count = portrait.documents
    told = [phrase("size_one" if count == 1 else "size", language, count=count)]
    if portrait.first and portrait.last:
        first, last = (say_day(day, language) for day in (portrait.first, portrait.last))
        key = "dated_on" if first == last else "dated_between"
        told.append(phrase(key, language, first=first, last=last))
    if undated := count - portrait.dated:
        told.append(
            phrase("no_date_of_own_one" if undated == 1 else "no_date_of_own", language, count=undated)
        )
    if len(portrait.languages) > 1:
        locale = Locale.parse(language)
        names = [Locale.parse(code).get_display_name(language) or code for code in portrait.languages]
        told.append(phrase("written_in", language, languages=format_list(names, locale=locale)))
    return " ".join(told)


def named(document: Document | Listed, language: str) -> str:
    """A document by its title and its own date, which the title may hold already."""
    title = document.title or document.path
    own = document.published
    day = phrase("no_own_date", language) if own is None else say_day(own, language)
    return title if day in title else f"{title} ({day})"


def _subjects(portrait: Portrait, language: str) -> Iterator[AnswerSentence]:
    if not portrait.subjects:
        return
    yield AnswerSentence(phrase("named_most", language))
    for subject in portrait.subjects:
        key = "in_documents_one" if subject.documents == 1 else "in_documents"
        yield AnswerSentence(phrase(key, language, name=subject.name, count=subject.documents), point=True)


def _by_document(citations: Sequence[Citation], language: str) -> Iterator[AnswerSentence]:
    documents = {citation.document.id: citation.document for citation in citations}
    yield AnswerSentence(phrase("stands_in_one" if len(documents) == 1 else "stands_in", language))
    for document in documents.values():
        markers = tuple(one.marker for one in citations if one.document.id == document.id)
        yield AnswerSentence(named(document, language), markers, point=True)


def _proved(store: Store, quotes: Sequence[CitedSpan]) -> Iterator[Citation]:
    """The quotes of an answer that still stand where they stood, numbered anew."""
    documents = {quote.document: store.document(quote.document) for quote in quotes}
    marker = 0
    for quote in quotes:
        document = documents[quote.document]
        if document is not None and quote.span.of(document.text) == quote.words:
            marker += 1
            yield Citation(marker, quote.words, quote.span.start, quote.span.end, document)
