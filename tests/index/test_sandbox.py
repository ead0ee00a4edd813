"""The real child processes, given files that break them."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.document import PageQuote
from index.errors import Outside, UnreadableDocument
from index.readers import read_bytes
from index.sandbox import PageJob, ReaderPool, ReadJob
from tests.index.readers.pdf_samples import pdf_of

SAMPLE = " date 2026-01-16 La presidenta anunció un acuerdo con los gobernadores. Habrá otra reunión."


def job(text: str = SAMPLE, path: str = "a.txt") -> ReadJob:
    return ReadJob(text.encode(), path, datetime(2026, 1, 20, tzinfo=UTC))


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(workers=1) as running:
        yield running


def test_a_child_reads_what_the_same_process_would(pool: ReaderPool) -> None:
    asked = job()
    assert pool.read(asked) == read_bytes(asked.data, asked.path, asked.modified)


def test_a_reason_comes_back_from_the_child(pool: ReaderPool) -> None:
    with pytest.raises(UnreadableDocument, match="the file is empty"):
        pool.read(job(""))


def test_files_come_back_in_their_order_with_their_errors(pool: ReaderPool) -> None:
    asked = [
        job(f"Noticia número {n} del archivo.", f"{n}.txt") if n % 3 else job("", f"{n}.txt")
        for n in range(12)
    ]
    failures = [reading.exception() for reading in list(map(pool.submit, asked))]
    assert [isinstance(failure, UnreadableDocument) for failure in failures] == [
        n % 3 == 0 for n in range(12)
    ]


def test_a_file_that_takes_too_long_costs_only_itself() -> None:
    with ReaderPool(workers=1, seconds=0.001) as hasty:
        failure = hasty.submit(job()).exception()
    assert str(failure) == "reading it took more than 0.001 seconds"


def test_a_file_that_needs_too_much_memory_costs_only_itself() -> None:
    with ReaderPool(workers=1, memory=450 * 1024**2) as small:
        greedy, modest = map(small.submit, (ReadJob(b"palabra " * 25_000_000, "a.txt"), job()))
        assert str(greedy.exception()) == "reading it needs too much memory"
        assert modest.exception() is None


def test_a_child_that_is_killed_is_replaced(pool: ReaderPool) -> None:
    children = _children()
    assert children
    for child in children:
        os.kill(child, signal.SIGKILL)
    readings = [pool.submit(job()), pool.submit(job())]
    assert readings[-1].exception() is None


IMPOSTOR = """
import os, sys

def serve(memory):
    while sys.stdin.buffer.readline():
        os.write(1, {answer!r})
"""


@pytest.mark.parametrize(
    "answer",
    [
        "nonsense",
        "[]",
        "5",
        "[" * 100_000,
        "\udcff",
        '{"reason": 5, "depends": []}',
        '{"reason": "It says so.", "depends": ["nothing known"]}',
        '{"readings": "abc", "skipped": [], "depends": []}',
        '{"readings": [{"text": 5}], "skipped": [], "depends": []}',
        '{"readings": [{"text": "\\ud800"}], "skipped": [], "depends": []}',
        '{"readings": [{"text": "Hola.", "body": 99999999999999999999}], "skipped": [], "depends": []}',
        '{"readings": [{"text": "Hola.", "pages": [{"number": 1, "span": {"start": 0, "end": 6}}]}]}',
        '{"readings": [], "skipped": [{"path": "a"}], "depends": []}',
        '{"picture": 5}',
    ],
)
def test_a_reader_that_was_taken_over_costs_one_file(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _let_children_answer(answer.encode("utf-8", "surrogateescape") + b"\n", tmp_path, monkeypatch)
    with ReaderPool(workers=1) as running:
        before = set(_children())
        with pytest.raises(UnreadableDocument) as told:
            running.read(job())
        with pytest.raises(UnreadableDocument):
            running.draw(PageJob(b"", 1))
        assert set(_children()) == before
    assert told.value.depends == {Outside.MOMENT}


def test_an_answer_without_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _let_children_answer(b"x" * 2**20, tmp_path, monkeypatch)
    with ReaderPool(workers=1, memory=2**16) as running, pytest.raises(UnreadableDocument, match="no usable"):
        running.read(job())


def _let_children_answer(answer: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next children find another program where ours is, as if a document had taken them over."""
    (folder / "index").mkdir()
    (folder / "index" / "__init__.py").touch()
    (folder / "index" / "wire.py").write_text(IMPOSTOR.format(answer=answer))
    monkeypatch.syspath_prepend(folder)


def _children() -> list[int]:
    tasks = Path("/proc/self/task").iterdir()
    return sorted({child for task in tasks for child in _children_of(task)})


def _children_of(task: Path) -> list[int]:
    """The processes that a thread has started; none of one that has ended since it was listed."""
    try:
        return [int(child) for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def test_no_child_outlives_the_pool() -> None:
    before = set(_children())
    with ReaderPool(workers=2) as running:
        for reading in [running.submit(job()) for _ in range(3)]:
            reading.result()
        assert set(_children()) - before
    assert set(_children()) == before


def test_a_page_is_drawn_in_the_child_and_a_bad_one_told(pool: ReaderPool) -> None:
    page = pdf_of("El puente se abrirá el 3 de marzo.")
    assert pool.draw(PageJob(page, 1, (PageQuote("el puente", 0.0),))).startswith(b"\x89PNG")
    with pytest.raises(UnreadableDocument, match="1 pages"):
        pool.draw(PageJob(page, 7))


def test_a_page_that_takes_too_long_to_draw_is_given_up() -> None:
    with ReaderPool(workers=1, seconds=0.001) as hasty, pytest.raises(UnreadableDocument, match="more than"):
        hasty.draw(PageJob(pdf_of("Nada."), 1))
