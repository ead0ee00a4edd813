import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.document import DateSource, Document, Span
from index.errors import IndexDamaged
from index.reasons import Skipped, SkipReason
from index.store.sqlite.database import MIGRATIONS, VERSION, SqliteDatabase
from index.store.store import NewChunk, Store
from index.text.passages import Passage
from tests.embedders import HashEmbedder

TEXT = "La primera frase. La segunda frase."
SENTENCES = (Span(0, 17), Span(18, 35))


def document(id_: str = "a.txt", text: str = TEXT) -> Document:
    return Document(id=id_, path="a.txt", title="Un título", text=text, language="es")


def put(store: Store, stored: Document, version: str = "v1" * 20) -> None:
    chunk = Passage(Span(0, len(TEXT)), SENTENCES)
    embedded = HashEmbedder().embed_passages([TEXT])
    with store.transaction():
        store.put_document(stored, version, [NewChunk(chunk, embedded[0])])


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = Store(SqliteDatabase(tmp_path / "1" / "store.sqlite3"))
    yield opened
    opened.close()


def test_a_transaction_that_raises_leaves_nothing_behind(store: Store) -> None:
    put(store, document())
    before = list(store.connection.iterdump())
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.remove_document("a.txt")
        raise KeyboardInterrupt
    assert list(store.connection.iterdump()) == before
    put(store, document("b.txt"), "v2" * 20)
    assert store.counts() == (2, 2)


def test_a_failure_that_sqlite_rolled_back_itself_is_the_one_that_is_raised(store: Store) -> None:
    put(store, document())
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    long = Document(id="long", path="long", title="", text="palabra " * 100_000, language="es")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        put(store, long, "v2" * 20)
    store.connection.execute("PRAGMA max_page_count = 100000")
    put(store, long, "v2" * 20)
    assert store.counts() == (2, 2)


def test_the_ledger_writes_what_the_walk_skipped_only_when_it_changes(store: Store) -> None:
    skips = [Skipped("b", SkipReason("empty")), Skipped("a", SkipReason("taken_id", "x", "c"))]
    store.ledger.record_walk(skips)
    changes = store.connection.total_changes
    store.ledger.record_walk(skips)
    assert store.connection.total_changes == changes
    assert store.ledger.skipped() == sorted(skips, key=lambda skip: skip.path)


def test_a_thread_that_ends_leaves_no_open_connection(store: Store, tmp_path: Path) -> None:
    def open_files() -> int:
        return sum(
            "store.sqlite3" in str(path.readlink())
            for path in Path("/proc/self/fd").iterdir()
            if path.is_symlink()
        )

    def look() -> None:
        store.counts()

    def look_in_a_thread() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    store.counts()
    # SQLite keeps a file for use again while another connection has the same one locked.
    look_in_a_thread()
    before = open_files()
    for _ in range(10):
        look_in_a_thread()
    assert open_files() == before


def test_a_dropped_store_lets_go_of_its_files(tmp_path: Path) -> None:
    dropped = Store(SqliteDatabase(tmp_path / "dropped" / "store.sqlite3"))
    put(dropped, document())
    del dropped
    held = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert not any(name.startswith(str(tmp_path / "dropped")) for name in held)


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    Store(SqliteDatabase(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(IndexDamaged, match="newer Hemeroteca"):
        Store(SqliteDatabase(path))


def test_a_store_of_each_older_version_is_migrated_with_what_it_holds(tmp_path: Path) -> None:
    for version in range(1, VERSION):
        path = tmp_path / f"{version}.sqlite3"
        connection = sqlite3.connect(path)
        for migration in MIGRATIONS[:version]:
            connection.executescript(migration)
        connection.execute(f"PRAGMA user_version = {version}")
        columns = "path, size, mtime_ns, sha256, fingerprint, reason"
        for row in (("a.txt", 1, 2, "hash", "print", "empty"), ("b.txt", 1, 2, "hash", "print", None)):
            connection.execute(f"INSERT INTO files ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.commit()
        connection.close()
        migrated = Store(SqliteDatabase(path))
        assert migrated.ledger.skipped() == [Skipped("a.txt", SkipReason("other", detail="empty"))]
        again = {path for path, record in migrated.ledger.files().items() if not record.sha256}
        assert again == {"a.txt"}
        migrated.close()


def test_processes_that_open_a_new_store_at_once_all_can(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite3"
    code = (
        "from pathlib import Path; from index.store.sqlite.database import SqliteDatabase as Opened; "
        f"Opened(Path({str(path)!r}))"
    )
    project = Path(__file__).parents[3]
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=project, stderr=subprocess.PIPE) for _ in range(4)
    ]
    assert [process.communicate()[1] for process in started] == [b""] * 4


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_store_is_an_error_that_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match="hemeroteca index --full"):
        Store(SqliteDatabase(path))


def test_the_newest_day_is_that_of_the_newest_document_that_has_one(store: Store) -> None:
    assert store.newest_day() is None
    put(store, document("a.txt"))
    put(store, replace(document("b.txt"), date=date(2026, 1, 12)), "v2" * 20)
    put(store, replace(document("c.txt"), date=date(2026, 1, 5)), "v3" * 20)
    copied = replace(document("d.txt"), date=date(2026, 3, 1), date_source=DateSource.FILE_TIME)
    put(store, copied, "v4" * 20)
    assert store.newest_day() == date(2026, 1, 12)
