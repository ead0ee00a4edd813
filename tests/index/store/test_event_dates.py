"""Dates of sentences as the index keeps them: what is read back is what was found."""

from dataclasses import replace
from datetime import date

from index.dates import Interval
from index.document import Document, Span
from index.event_dates import date_rows, dates_of_sentence, dates_within
from index.store.store import NewChunk, Store
from index.text.passages import Passage
from tests.embedders import HashEmbedder

SENTENCES = (
    "La asamblea es mañana y desde marzo de 2025 rige la norma.",
    "Quizá el 20 de julio o antes del 5 de mayo.",
)
TEXT = " ".join(SENTENCES)
DOCUMENT = Document("a.txt", "a.txt", "Nota", TEXT, "es", date(2026, 1, 16))
SPANS = (Span(0, len(SENTENCES[0])), Span(len(SENTENCES[0]) + 1, len(TEXT)))


def stored(store: Store) -> Document:
    """The document read back, each of its sentences in two passages, as where they overlap."""
    passage = Passage(Span(0, len(TEXT)), SPANS)
    (embedded,) = HashEmbedder().embed_passages([TEXT])
    chunk = NewChunk(passage, embedded, date_rows(DOCUMENT, passage))
    with store.transaction():
        store.put_document(DOCUMENT, "v" * 40, [chunk, chunk])
    document = store.document("a.txt")
    assert document is not None
    return document


def test_stored_dates_are_those_that_were_found_with_all_their_readings(store: Store) -> None:
    document = stored(store)
    for span in SPANS:
        assert dates_within(document, span) == dates_of_sentence(DOCUMENT, span)
    assert any(len(each.readings) > 1 for each in dates_within(document, SPANS[1]))


def test_part_of_a_sentence_has_the_dates_that_stand_within_it(store: Store) -> None:
    (day,) = dates_within(stored(store), Span(0, TEXT.index(" y desde")))
    assert (day.text, day.interval) == ("mañana", Interval(date(2026, 1, 17), date(2026, 1, 17)))


def test_what_is_stored_is_not_found_anew(store: Store) -> None:
    document = replace(stored(store), text=TEXT.upper(), language="fr")
    assert dates_within(document, SPANS[0])[0].interval.start == date(2026, 1, 17)
