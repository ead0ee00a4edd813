from datetime import date
from pathlib import Path

import pytest

from index.store.listing import Order, Overview, Wish, list_documents, overview
from index.store.store import Store
from tests.archives import TestArchive

TITLES = {
    "2024-05-01-cancion.txt": "La canción del año.",
    "2025-02-03-reunion.txt": "Una reunión en Washington.",
    "2026-01-16-acuerdo.txt": "El acuerdo de los ministros.",
    "sin-fecha.txt": "Otra cosa de la que no hay fecha.",
}


@pytest.fixture
def archive(tmp_path: Path) -> TestArchive:
    made = TestArchive(tmp_path)
    for name, text in TITLES.items():
        made.write(name, text)
    made.sync()
    with made.live.get().store.transaction() as connection:
        connection.execute("UPDATE documents SET date = NULL WHERE path = 'sin-fecha.txt'")
    return made


@pytest.fixture
def store(archive: TestArchive) -> Store:
    return archive.live.get().store


def paths(store: Store, wish: Wish, offset: int = 0, limit: int = 50) -> list[str]:
    return [document.path[:10] for document in list_documents(store, wish, offset, limit).documents]


def test_a_list_is_sorted_as_asked_and_undated_documents_come_last(store: Store) -> None:
    assert paths(store, Wish()) == ["2026-01-16", "2025-02-03", "2024-05-01", "sin-fecha."]
    assert paths(store, Wish(order=Order.OLDEST)) == ["2024-05-01", "2025-02-03", "2026-01-16", "sin-fecha."]
    assert paths(store, Wish(order=Order.TITLE)) == ["2026-01-16", "2024-05-01", "sin-fecha.", "2025-02-03"]


def test_the_time_of_a_file_is_no_day_of_its_document(tmp_path: Path) -> None:
    made = TestArchive(tmp_path)
    made.write("nota.txt", "Una nota sin fecha.")
    made.sync()
    store = made.live.get().store
    assert [document.date for document in list_documents(store, Wish()).documents] == [None]
    assert (overview(store).first, overview(store).months) == (None, ())


def test_a_list_comes_in_pages_and_tells_its_whole_length(store: Store) -> None:
    assert paths(store, Wish(), offset=1, limit=2) == ["2025-02-03", "2024-05-01"]
    assert list_documents(store, Wish(), offset=40).total == 4
    assert list_documents(store, Wish("20"), offset=1, limit=1).total == 3


def test_all_words_are_sought_in_title_and_path_without_accents(store: Store) -> None:
    assert paths(store, Wish("REUNION washington")) == ["2025-02-03"]
    assert paths(store, Wish("acuerdo washington")) == []
    assert len(paths(store, Wish("  "))) == 4


def test_days_bound_a_list_inclusively(store: Store) -> None:
    assert paths(store, Wish(first=date(2025, 1, 1), last=date(2025, 12, 31))) == ["2025-02-03"]
    assert paths(store, Wish(first=date(2025, 2, 3))) == ["2026-01-16", "2025-02-03"]
    assert paths(store, Wish(last=date(2024, 5, 1))) == ["2024-05-01"]


def test_a_language_bounds_a_list(store: Store) -> None:
    assert len(paths(store, Wish(language="es"))) == 4
    assert paths(store, Wish(language="fr")) == []


def test_a_document_tells_how_many_share_its_file(archive: TestArchive) -> None:
    archive.write_lines("varios.jsonl", {"uno": "Un documento.", "dos": "Otro documento."})
    archive.sync()
    found = list_documents(archive.live.get().store, Wish("varios"))
    assert found.per_file == {"varios.jsonl": 2}


def test_an_overview_counts_months_and_tells_what_was_skipped_and_when(archive: TestArchive) -> None:
    archive.write("vacio.txt", "")
    archive.sync()
    held = overview(archive.live.get().store)
    assert held.documents == 4
    assert (held.first, held.last) == (date(2024, 5, 1), date(2026, 1, 16))
    assert held.months == ((date(2024, 5, 1), 1), (date(2025, 2, 1), 1), (date(2026, 1, 1), 1))
    assert held.languages == ("es",)
    assert [skipped.path for skipped in held.skipped] == ["vacio.txt"]
    assert held.indexed is not None and held.indexed.tzinfo is not None


def test_an_empty_index_has_an_empty_overview(tmp_path: Path) -> None:
    assert overview(TestArchive(tmp_path).live.get().store) == Overview()
