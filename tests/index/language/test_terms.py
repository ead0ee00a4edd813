"""Words as full text sees them."""

import time
from pathlib import Path

import pytest

from index.document import Document, Span
from index.filters import EVERYTHING
from index.language.terms import identifiers, search_terms
from index.store.lookup import full_text
from index.store.sqlite.database import SqliteDatabase
from index.store.store import NewChunk, Store
from index.text.passages import Passage
from tests.embedders import HashEmbedder
from tests.growth import least


def test_identifiers_keep_their_form_beside_their_parts() -> None:
    assert search_terms("la factura F-2025-044", "es")[:4] == ["factur", "f", "2025", "044"]
    assert identifiers("factura F-2025-044 y ley 43/2026") == identifiers("LEY 43/2026, f-2025-044")[::-1]
    assert identifiers("físico-químico, IB3170 y 21") == []
    assert identifiers("2.1") != identifiers("21")


@pytest.mark.parametrize("row", ["a", "1-", "a.", "1/a "])
def test_a_hostile_row_takes_no_longer_than_its_length(row: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        identifiers(row * times)
        return time.process_time() - began

    assert least(seconds, 400_000) < 40 * max(least(seconds, 40_000), 0.005)


def test_a_number_in_one_piece_is_found_before_its_parts(tmp_path: Path) -> None:
    store = Store(SqliteDatabase(tmp_path / "0" / "store.sqlite3"))
    others = {name: f"F-{name}-2025, 044, 2025." for name in "cdefg"}
    for name, text in {"b": "Factura F-2025-044.", **others}.items():
        vectors = HashEmbedder().embed_passages([text])
        with store.transaction():
            document = Document(name, name, "Factura", text, "es")
            store.put_document(document, name * 40, [NewChunk(Passage(Span(0, len(text)), ()), vectors[0])])
    assert full_text(store, identifiers("F-2025-044"), 5, EVERYTHING)[0][0] == f"{'b' * 24}-0"
    assert len(full_text(store, identifiers("F-2025-044"), 5, EVERYTHING)) == 1
    store.close()
