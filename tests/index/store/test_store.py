"""What every engine that keeps the truth does for an index."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from index.document import (
    Block,
    BlockKind,
    DateSource,
    Document,
    LeftOut,
    LeftOutKind,
    Listed,
    Page,
    PartlyRead,
    Span,
    TextSize,
)
from index.filters import DocumentFilter
from index.reasons import Skipped, SkipReason
from index.store.ledger import FileRecord
from index.store.listing import Order, Wish, list_documents, overview
from index.store.lookup import newest_documents
from index.store.store import Store
from tests.archives import content
from tests.index.store.test_sqlite_store import TEXT, document, put

COPIED = date(2026, 11, 22)


def test_a_document_comes_back_as_it_was_put(store: Store) -> None:
    whole = Document(
        id="a.pdf",
        path="a.pdf",
        title="Título",
        text=TEXT,
        language="es",
        date=date(2026, 1, 16),
        date_source=DateSource.HTML_META,
        url="https://example.org",
        body=3,
        pages=(Page(1, Span(0, 18)), Page(2, Span(18, 35))),
    )
    put(store, whole)
    assert store.document("a.pdf") == whole
    assert list(store.documents()) == [whole]
    assert list(store.catalogue()) == [
        Listed(whole.id, whole.path, whole.title, whole.language, whole.date, whole.date_source, whole.url)
    ]
    assert list(store.documents_of("a.pdf")) == [whole]
    assert store.document("b.pdf") is None


def test_blocks_are_read_by_their_place_and_go_with_their_document(store: Store) -> None:
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM)
    blocks = tuple(
        Block(kind, Span(place, place + 8)) for kind, place in zip(kinds, (0, 10, 20), strict=True)
    )
    shaped = replace(document(), blocks=blocks, left_out=(LeftOut(LeftOutKind.COMMENTS, 3),))
    put(store, shaped)
    other = replace(document("b.txt"), blocks=(Block(BlockKind.CODE, Span(3, 5)),))
    put(store, other, "v2" * 20)
    assert store.blocks("a.txt") == blocks
    assert store.blocks("a.txt", Span(12, 14)) == blocks[1:2]
    assert store.blocks("a.txt", Span(7, 21)) == blocks
    assert store.blocks("a.txt", Span(8, 10)) == ()
    assert store.document("a.txt") == replace(shaped, blocks=())
    assert list(store.documents_of("a.txt")) == [shaped, other]
    with store.transaction():
        store.remove_document("a.txt")
    assert store.blocks("a.txt") == ()


def test_what_was_left_out_is_told_of_the_documents_that_it_was_left_out_of(store: Store) -> None:
    left_out = (LeftOut(LeftOutKind.IMAGES, 2), LeftOut(LeftOutKind.QUOTED_TEXT, 1))
    put(store, document())
    put(store, replace(document("b.txt"), left_out=left_out), "v2" * 20)
    assert store.partly_read() == [PartlyRead("b.txt", left_out)]


def test_a_transaction_that_raises_leaves_nothing_behind(store: Store) -> None:
    put(store, document())
    before = content(store)
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.remove_document("a.txt")
        raise KeyboardInterrupt
    assert content(store) == before
    put(store, document("b.txt"), "v2" * 20)
    assert store.counts() == (2, 2)


def test_removing_a_document_removes_all_that_hangs_on_it(store: Store) -> None:
    put(store, document())
    with store.transaction():
        store.remove_document("a.txt")
    for table in ("documents", "chunks", "sentences", "token_states", "full_text", "event_dates"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert store.database.full_text.holding(["fras"]) == {}


@pytest.mark.parametrize("order", Order)
def test_a_list_is_ordered_filtered_and_cut_into_pages(store: Store, order: Order) -> None:
    days = {"Ábaco": date(2020, 1, 1), "zeta": None, "Beta": date(2024, 5, 5), "alfa": date(2024, 1, 1)}
    for number, (title, day) in enumerate(days.items()):
        put(store, Document(title, "a.txt", title, TEXT, "es", day), f"{number}" * 40)
    ordered = {
        Order.NEWEST: ["Beta", "alfa", "Ábaco", "zeta"],
        Order.OLDEST: ["Ábaco", "alfa", "Beta", "zeta"],
        Order.TITLE: ["alfa", "Beta", "zeta", "Ábaco"],
    }
    page = list_documents(store, Wish(order=order), offset=1, limit=2)
    assert [listed.id for listed in page.documents] == ordered[order][1:3]
    assert (page.total, page.per_file) == (4, {"a.txt": 4})
    assert list_documents(store, Wish(words="abaco")).documents[0].id == "Ábaco"
    assert list_documents(store, Wish(first=date(2024, 1, 1), language="es")).total == 2
    assert list_documents(store, Wish(language="pt")).documents == ()
    months = ((date(2020, 1, 1), 1), (date(2024, 1, 1), 1), (date(2024, 5, 1), 1))
    assert overview(store).months == months


def test_texts_are_measured_in_characters_and_in_bytes(store: Store) -> None:
    store.put_document(document("a.txt", "Mañana, día 3."), "v1" * 20, [])
    assert store.sizes(["a.txt", "nothing.txt"]) == {"a.txt": TextSize(14, 16)}
    assert store.sizes([]) == {}


def test_a_fact_is_replaced_when_set_and_kept_when_settled(store: Store) -> None:
    assert store.fact("a") is None
    assert store.settle_fact("a", "one") == "one"
    assert store.settle_fact("a", "two") == "one"
    store.set_fact("a", "three")
    assert store.fact("a") == "three"
    store.forget_fact("a")
    assert store.fact("a") is None


def test_a_store_tells_how_much_room_it_takes(store: Store) -> None:
    assert store.database.size() > 0


def test_documents_are_listed_newest_first_and_undated_last(store: Store) -> None:
    for number, day in enumerate([date(2020, 1, 1), None, date(2024, 5, 5)]):
        put(store, Document(f"{number}", "a.txt", "t", TEXT, "es", day), f"{number}" * 40)
    assert [listed.id for listed in store.documents()] == ["2", "0", "1"]
    assert store.languages() == ["es"]
    assert store.documents_per_file() == {"a.txt": 3}


def test_the_outbox_asks_for_each_chunk_once_and_for_the_last_thing_done_to_it(store: Store) -> None:
    put(store, document())
    (entry,) = store.outbox.first(10)
    assert entry.vector is not None and np.linalg.norm(entry.vector) == pytest.approx(1, abs=1e-3)
    with store.transaction():
        store.remove_document("a.txt")
    (forgotten,) = store.outbox.first(10)
    assert (forgotten.chunk_id, forgotten.vector) == (entry.chunk_id, None)
    put(store, document())
    (again,) = store.outbox.first(10)
    assert again.chunk_id == entry.chunk_id and again.vector is not None


def test_settling_what_has_changed_since_it_was_read_keeps_the_change(store: Store) -> None:
    put(store, document())
    entries = store.outbox.first(10)
    with store.transaction():
        store.remove_document("a.txt")
    store.outbox.settle(entries)
    assert [entry.vector for entry in store.outbox.first(10)] == [None]
    store.outbox.settle(store.outbox.first(10))
    assert store.outbox.pending() == 0


def test_a_refilled_outbox_asks_for_every_live_chunk_and_no_other(store: Store) -> None:
    put(store, document("a.txt"))
    put(store, document("b.txt"), "v2" * 20)
    store.outbox.settle(store.outbox.first(10))
    with store.transaction():
        store.remove_document("b.txt")
    store.outbox.refill()
    assert [entry.chunk_id for entry in store.outbox.first(10)] == [f"{'v1' * 12}-0"]
    assert store.outbox.learned() == 0


def test_the_ledger_keeps_the_skipped_parts_of_a_file_until_it_is_forgotten(store: Store) -> None:
    record = FileRecord("all.jsonl", 1, 2, "hash", "fingerprint")
    store.ledger.record(record, [Skipped("all.jsonl:7", SkipReason("not_json"))])
    store.ledger.record(record)
    assert [skip.path for skip in store.ledger.skipped()] == ["all.jsonl:7"]
    store.ledger.forget("all.jsonl")
    assert store.ledger.skipped() == []
    assert store.ledger.files() == {}


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (DocumentFilter(published_from=COPIED), ["told"]),
        (DocumentFilter(published_to=COPIED), ["told"]),
        (DocumentFilter(happened_from=COPIED, happened_to=COPIED), ["told"]),
        (DocumentFilter(as_of=date(2020, 1, 1)), ["copied"]),
    ],
)
def test_the_time_of_a_file_is_no_day_of_publication(
    store: Store, wanted: DocumentFilter, admitted: list[str]
) -> None:
    told = Document("told", "a.txt", "", TEXT, "es", COPIED, DateSource.HEADER)
    put(store, told, "1" * 40)
    put(store, replace(told, id="copied", date_source=DateSource.FILE_TIME), "2" * 40)
    assert newest_documents(store, wanted, 9) == admitted
