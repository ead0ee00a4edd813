"""What every part of the page needs: the assistant, a pen in the reader's language, and views both draw."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from pydantic import ValidationError

from assistant.llms.choice import embedding_destination
from index.document import Listed
from index.filters import DocumentFilter
from index.store.listing import Order, Wish
from ui.access.visitor import Visitor, Way
from ui.addresses import reader_address
from ui.api.models import Bounds
from ui.drawing import Pen, plain
from ui.shelf import bars
from ui.texts import LANGUAGES, Texts, load_texts
from ui.turns import Turn, TurnStage

if TYPE_CHECKING:
    from assistant import Assistant

_TO_CHOOSE_FROM = 300  # documents beside the question
_NEWEST = 4  # documents listed on the welcome page


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant behind one language's page, and the views that tell what the archive holds."""

    assistant: "Assistant"
    pen: Pen

    def masthead(self, visitor: Visitor) -> str:
        """The name, how large the archive is, and who is logged in."""
        languages = [load_texts(language) for language in LANGUAGES]
        return self.pen.draw(
            "masthead",
            size=self.archive_size(),
            languages=languages,
            user=visitor.name,
            may_leave=visitor.way is Way.SESSION,
        )

    def welcome(self) -> str:
        listed = self.assistant.listing(Wish(), limit=_NEWEST).documents
        return self.pen.draw(
            "welcome",
            empty=not listed,
            reading=self.assistant.runs.under_way is not None,
            folder=str(self.assistant.settings.documents),
            questions=self.assistant.first_questions(self.pen.texts.language),
            newest=[document for document in listed if document.date],
            address=lambda document: reader_address(document.id, self.pen.texts.language),
        )

    def archive(self) -> str:
        """How many documents there are of when, and whom they name most. Takes seconds where the archive is new."""
        subjects = self.assistant.portrait().subjects
        return self.pen.draw(
            "archive",
            bars=bars(self.assistant.overview().months),
            subjects=[subject for subject in subjects if subject.documents > 1],
        )

    def notice(self) -> str:
        engine = self.assistant.engine_choice
        return self.pen.draw(
            "notice",
            name=engine.name,
            model=engine.model or "",
            destination=engine.destination,
            embedding=embedding_destination(self.assistant.settings),
        )

    def filters(self) -> str:
        """The bounds that a reader may set and the documents to choose from, folder by folder, folded away."""
        codes = sorted(self.assistant.overview().languages)
        named = [(code, language_name(code, self.pen.texts)) for code in codes]
        listed = self.assistant.listing(Wish(order=Order.TITLE), limit=_TO_CHOOSE_FROM)
        folders: dict[str, list[Listed]] = {}
        for document in listed.documents:
            folder, slash, _ = document.path.partition("/")
            folders.setdefault(folder if slash else "", []).append(document)
        left_out = listed.total - len(listed.documents)
        return self.pen.draw("filters", languages=named, folders=sorted(folders.items()), left_out=left_out)

    def kept_filter(self, wanted: DocumentFilter) -> str:
        """A filter as the page's script restores it: as it sends one, with the documents' titles."""
        bounds = {
            "from": wanted.published_from,
            "to": wanted.published_to,
            "as_of": wanted.as_of,
            "language": wanted.language,
            "documents": wanted.documents,
            "titles": [self._title(document) for document in wanted.documents],
        }
        return json.dumps({name: value for name, value in bounds.items() if value}, default=str)

    def next_questions(self, turn: Turn, asked: Sequence[str]) -> tuple[str, ...]:
        """Questions to go on with after a turn, about what it quotes or what came nearest."""
        quoted = [
            (document, mark.span)
            for source in turn.sources or turn.nearest
            if (document := self.assistant.find_document(source.document_id))
            for mark in source.marks
        ]
        language = turn.language if turn.language in LANGUAGES else self.pen.texts.language
        return self.assistant.next_questions(quoted, asked, language, wanted=turn.wanted)

    def offer(self, turn: Turn, questions: Sequence[str]) -> str:
        """Questions to go on with, as the page's script puts them under their turn."""
        title = self.pen.texts("next_missing" if turn.stage is TurnStage.MISSING else "next")
        shown = [{"asked": question, "told": plain(question)} for question in questions]
        return json.dumps({"turn": turn.number, "title": title, "questions": shown})

    def filter_words(self, wanted: DocumentFilter) -> tuple[str, ...]:
        """What a filter asks for, in the reader's language."""
        return filter_words(wanted, self.pen.texts, self._title)

    def _title(self, document_id: str) -> str:
        document = self.assistant.find_document(document_id)
        return document_id if document is None else document.title or document.path

    def archive_size(self) -> str:
        """How many documents there are, and from when to when."""
        held, texts = self.assistant.overview(), self.pen.texts
        if not held.documents:
            return texts("documents_none")
        if held.first is None:
            return texts.count("documents", held.documents)
        oldest, newest = texts.day(held.first), texts.day(held.last)
        return texts.count("summary", held.documents, oldest=oldest, newest=newest)


def read_filter(sent: str) -> DocumentFilter | None:
    """The filter that the page sends as JSON, empty text for none; None if it cannot be one."""
    try:
        return Bounds.model_validate_json(sent or "{}").wanted()
    except ValidationError:
        return None


def filter_words(wanted: DocumentFilter, texts: Texts, title_of: Callable[[str], str]) -> tuple[str, ...]:
    """What a filter asks for, bound by bound, in the reader's language."""
    return tuple(_words(wanted, texts, title_of))


def language_name(code: str, texts: Texts) -> str:
    """What the reader's language calls a language; its code if it has no name."""
    try:
        return Locale.parse(code).get_display_name(texts.language) or code
    except (UnknownLocaleError, ValueError):
        return code


def _words(wanted: DocumentFilter, texts: Texts, title_of: Callable[[str], str]) -> Iterator[str]:
    if wanted.published_from or wanted.published_to:
        yield texts("only_published", days=texts.period(wanted.published_from, wanted.published_to))
    if wanted.as_of:
        yield texts("only_as_of", day=texts.day(wanted.as_of))
    if wanted.language:
        yield texts("only_language", language=language_name(wanted.language, texts))
    for document in wanted.documents:
        yield texts("only_document", title=title_of(document))
