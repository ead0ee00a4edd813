"""Which documents a question may draw on, as the page sends it and as it is told back to the reader."""

from collections.abc import Callable, Iterator

from babel import Locale, UnknownLocaleError
from pydantic import ValidationError

from index.filters import DocumentFilter
from ui.api.models import Bounds
from ui.texts import Texts


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
