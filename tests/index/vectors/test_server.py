"""Vectors in a Chroma server that comes and goes, and that several processes and indexes share."""

import shutil
import threading
from pathlib import Path

import httpx
import pytest

from index.errors import VectorsFailed
from index.filters import EVERYTHING
from index.sync.live import OpenIndex
from index.vectors.server import ChromaServer, ServerVectors, collection_name, disconnect
from tests.archives import (
    TestArchive,
    assert_equals_fresh_build,
    assert_every_vector_is_found,
    fill,
    question,
)
from tests.embedders import HashEmbedder
from tests.servers import chroma_server, free_port

pytestmark = pytest.mark.services


def archive_at(folder: Path, url: str) -> TestArchive:
    return TestArchive(folder, vectors=ServerVectors(ChromaServer(url)))


def collections(url: str) -> set[str]:
    client = ChromaServer(url).connect()
    names = {found.name for found in client.list_collections()}
    disconnect(client)
    return names


def test_a_server_that_is_down_costs_neither_the_index_nor_an_answer(tmp_path: Path) -> None:
    port = free_port()
    archive = archive_at(tmp_path / "archive", f"http://127.0.0.1:{port}")
    fill(archive, 20)
    with pytest.raises(
        VectorsFailed, match=rf"Chroma server at http://127.0.0.1:{port} .*HEMEROTECA_VECTORS"
    ):
        archive.sync()
    index = archive.live.get()
    vector = question(archive, 7)
    assert index.vectors.state == "exact"
    assert index.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999
    assert index.store.outbox.pending() == 20

    with chroma_server(tmp_path / "chroma", port):
        index.tend(limit=None)
        assert (index.vectors.state, index.store.outbox.pending()) == ("chroma", 0)
        assert_every_vector_is_found(archive)
    # The server has gone again: an index that is open answers from the store.
    assert index.vectors.search(vector, 1, EVERYTHING)[0][1] > 0.999
    assert index.vectors.broken
    archive.close()


def test_a_server_that_was_restarted_with_nothing_in_it_is_filled_again(tmp_path: Path) -> None:
    port = free_port()
    archive = archive_at(tmp_path / "archive", f"http://127.0.0.1:{port}")
    fill(archive, 20)
    with chroma_server(tmp_path / "one", port):
        archive.sync()
    archive.close()
    with chroma_server(tmp_path / "two", port):
        assert archive.sync().unchanged == 20
        assert archive.embedder.passages == 20
        assert_every_vector_is_found(archive)
    archive.close()


def test_two_processes_share_the_server_and_feed_it_at_once(chroma_url: str, tmp_path: Path) -> None:
    archive = archive_at(tmp_path / "archive", chroma_url)
    fill(archive, 40)
    archive.sync()
    one = archive.live.get()
    two = OpenIndex(archive.live.home, archive.live.home.live, archive.vectors)
    assert (one.vectors.state, two.vectors.state) == ("chroma", "chroma")
    one.store.outbox.refill()
    threads = [threading.Thread(target=index.vectors.catch_up) for index in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.store.outbox.pending() == 0
    assert_every_vector_is_found(archive)
    two.close()
    archive.close()


def test_an_index_and_its_copy_do_not_share_a_collection(chroma_url: str, tmp_path: Path) -> None:
    archive = archive_at(tmp_path / "archive", chroma_url)
    fill(archive, 10)
    archive.sync()
    archive.close()
    shutil.copytree(archive.folder, tmp_path / "copy")
    copy = archive_at(tmp_path / "copy", chroma_url)
    (copy.root / "0001.txt").unlink()
    copy.sync()
    assert_equals_fresh_build(copy, tmp_path / "fresh")
    assert_every_vector_is_found(archive)
    archive.close()
    copy.close()


def test_a_rebuild_deletes_the_collection_of_the_generation_before_and_no_other(
    chroma_url: str, tmp_path: Path
) -> None:
    archive, other = (archive_at(tmp_path / name, chroma_url) for name in ("archive", "other"))
    for each in (archive, other):
        fill(each, 3)
        each.sync()
    before = collection_name(archive.live.get().store)
    archive.embedder = HashEmbedder("hash-2")
    archive.sync()
    now = collection_name(archive.live.get().store)
    kept = collections(chroma_url)
    assert before not in kept
    assert {now, collection_name(other.live.get().store)} <= kept
    archive.close()
    other.close()


def test_a_url_may_name_a_tenant_and_a_database(chroma_url: str, tmp_path: Path) -> None:
    tenants = f"{chroma_url}/api/v2/tenants"
    httpx.post(tenants, json={"name": "newsroom"}).raise_for_status()
    httpx.post(f"{tenants}/newsroom/databases", json={"name": "archive"}).raise_for_status()
    archive = archive_at(tmp_path / "archive", f"{chroma_url}/newsroom/archive")
    fill(archive, 3)
    archive.sync()
    assert_every_vector_is_found(archive)
    assert collection_name(archive.live.get().store) not in collections(chroma_url)
    archive.close()
