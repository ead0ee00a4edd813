"""Whole runs of indexing in every engine: what they leave equals what SQLite builds from nothing."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from index.filters import EVERYTHING, DocumentFilter
from index.language.terms import terms
from index.store.home import Home
from index.store.lookup import chunk_ids, full_text, rarity, stored_chunks
from index.store.postgres.home import PostgresHome
from index.sync.build import Builder
from index.sync.indexer import SyncReport
from index.vectors.exact import ExactIndex, scan
from tests.archives import TestArchive, content, fill
from tests.embedders import HashEmbedder

PROJECT = Path(__file__).parents[3]
QUESTIONS = (
    "¿Quién es el canciller de México?",
    "¿Qué acordaron los gobiernos sobre la seguridad en la frontera?",
    "What does the index keep, and where are conversations stored?",
    "reunión reunión enero seguridad tráfico de fentanilo y de armas",
    "the settings of the chat server and the answers with citations",
)
FILTERS = (
    EVERYTHING,
    DocumentFilter(language="es"),
    DocumentFilter(documents=("README.md", "documents/settings.md")),
    DocumentFilter(published_from=date(2026, 1, 1), published_to=date(2026, 12, 31)),
    DocumentFilter(as_of=date(2026, 1, 1)),
    DocumentFilter(happened_from=date(2026, 1, 20), happened_to=date(2026, 1, 31)),
)


class _StoreAlone:
    """No Chroma: what is tested is the store."""

    def open(self, folder: Path, store):  # type: ignore[no-untyped-def]
        return ExactIndex(store)

    def needs_care(self, folder: Path, store: object) -> bool:
        return False

    def forget_others(self, store: object) -> None: ...


@pytest.fixture
def archive(home: Home, tmp_path: Path) -> Iterator[TestArchive]:
    made = TestArchive(tmp_path / "archive", vectors=_StoreAlone(), home=home)
    yield made
    made.close()


@pytest.fixture
def fresh(archive: TestArchive, tmp_path: Path) -> Iterator[TestArchive]:
    """SQLite's index of the same documents, once it is synced."""
    made = TestArchive(tmp_path / "fresh", vectors=_StoreAlone())
    made.root.rmdir()
    made.root.symlink_to(archive.root.resolve(), target_is_directory=True)
    yield made
    made.close()


def same(archive: TestArchive, fresh: TestArchive) -> bool:
    fresh.sync()
    left, right = (content(each.live.get().store) for each in (archive, fresh))
    for each in (left, right):
        # How much waits for Chroma depends on the way.
        del each["counts"]
    return left == right


def test_documents_that_come_change_and_go_leave_what_a_fresh_build_has(
    archive: TestArchive, fresh: TestArchive
) -> None:
    fill(archive, 20)
    archive.sync()
    archive.write("0001.txt", "La noticia fue corregida el 3 de mayo de 2024.")
    (archive.root / "0002.txt").unlink()
    archive.write_lines("more.jsonl", {str(n): f"Otra noticia, la {n}." for n in range(5)})
    report = archive.sync()
    assert (report.added, report.changed, report.removed, report.unchanged) == (5, 1, 1, 18)
    assert same(archive, fresh)
    assert archive.sync().unchanged == 24


@pytest.mark.parametrize("run", [Builder.sync, Builder.rebuild])
def test_another_embedding_model_builds_anew_switches_and_leaves_nothing_of_the_old_index(
    run: Callable[[Builder], SyncReport], archive: TestArchive, fresh: TestArchive
) -> None:
    fill(archive, 5)
    archive.sync()
    before = archive.live.get().folder
    archive.embedder = fresh.embedder = HashEmbedder("hash-2")
    run(archive.builder())
    assert archive.live.get().folder != before
    assert not archive.live.home.has(before)
    assert same(archive, fresh)


@pytest.mark.services
def test_the_server_plans_questions_by_what_a_run_has_just_stored(database_url: str, tmp_path: Path) -> None:
    with (
        closing(PostgresHome(database_url, tmp_path / "index")) as home,
        closing(TestArchive(tmp_path / "archive", vectors=_StoreAlone(), home=home)) as archive,
    ):
        fill(archive, 20)
        archive.sync()
        connection = archive.live.get().store.connection
        known = connection.execute(
            "SELECT relname, reltuples::int FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        )
        rows = dict(known.fetchall())
        for table in ("documents", "chunks", "sentences", "postings", "text_totals"):
            assert rows[table] == connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture
def texts(archive: TestArchive, fresh: TestArchive) -> tuple[TestArchive, TestArchive]:
    """Real text in two languages, indexed in the engine and in SQLite."""
    shutil.copytree(PROJECT / "documents", archive.root / "documents")
    for page in (*PROJECT.glob("docs/*.md"), PROJECT / "README.md"):
        shutil.copy(page, archive.root / page.name)
    archive.sync()
    fresh.sync()
    return archive, fresh


@pytest.mark.parametrize("wanted", FILTERS)
def test_full_text_ranks_real_text_as_sqlite_does(
    texts: tuple[TestArchive, TestArchive], wanted: DocumentFilter
) -> None:
    here, there = (each.live.get().store for each in texts)
    for question in QUESTIONS:
        asked = [*terms(question, "es"), *terms(question, "en")]
        found, expected = (full_text(store, asked, 50, wanted) for store in (here, there))
        assert [id_ for id_, _ in found] == [id_ for id_, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], rel=1e-5)
        assert rarity(here, asked) == rarity(there, asked)


@pytest.mark.parametrize("wanted", FILTERS)
def test_filters_admit_what_they_admit_in_sqlite(
    texts: tuple[TestArchive, TestArchive], wanted: DocumentFilter
) -> None:
    here, there = (each.live.get().store for each in texts)
    assert sorted(chunk_ids(here, wanted)) == sorted(chunk_ids(there, wanted))
    vector = texts[0].embedder.embed_query("x")
    assert dict(scan(here, vector, 10, wanted)) == pytest.approx(dict(scan(there, vector, 10, wanted)))


def test_a_chunk_is_looked_up_with_its_sentences_and_words(texts: tuple[TestArchive, TestArchive]) -> None:
    here, there = (each.live.get().store for each in texts)
    ids = chunk_ids(here, EVERYTHING)[:5]
    found, expected = ({chunk.id: chunk for chunk in stored_chunks(store, ids)} for store in (here, there))
    assert found.keys() == expected.keys() == set(ids)
    for id_ in ids:
        one, other = found[id_], expected[id_]
        assert (one.document, one.span, one.sentences) == (other.document, other.span, other.sentences)
        assert (one.title, one.terms) == (other.title, other.terms)
        assert (one.vector == other.vector).all()
    assert stored_chunks(here, []) == []
    assert full_text(here, [], 5, EVERYTHING) == []


@pytest.mark.parametrize(("mode", "step"), [("sync", "stored"), ("sync", "embedded"), ("rebuild", "stored")])
def test_a_run_that_is_killed_leaves_whole_documents_and_the_next_goes_on(
    mode: str, step: str, archive: TestArchive, fresh: TestArchive
) -> None:
    fill(archive, 200)
    home = archive.live.home
    url = home.url if isinstance(home, PostgresHome) else ""
    folder = archive.folder
    if not url:
        archive.live.home.path.mkdir(exist_ok=True)
        (folder / "index").symlink_to(home.path, target_is_directory=True)
    command = [sys.executable, "-m", "tests.crashing", str(folder), mode, step, "3", url]
    child = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr
    # A database server needs a moment to see that the one it gave the lock to is gone.
    (archive.builder().rebuild if mode == "rebuild" else archive.sync)(wait=True)
    assert archive.embedder.passages < 200
    assert same(archive, fresh)
