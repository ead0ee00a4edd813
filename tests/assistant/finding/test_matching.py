"""Where the states come from that questions are matched by, in the real store."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from assistant.finding.matching import Matcher
from assistant.questions.understanding import understand
from assistant.questions.wording import wording
from index.embed import Embedder
from index.embed.states import TokenStates
from index.filters import EVERYTHING
from index.store.lookup import StoredChunk, chunk_ids, rarity, stored_chunks
from index.store.store import Store
from tests.archives import TestArchive, fill
from tests.embedders import HashEmbedder

_MOST_MADE = 16


class Reader(HashEmbedder):
    """Counts the passages that it reads after indexing."""

    def __init__(self, *, keeps_states: bool) -> None:
        super().__init__(keeps_states=keeps_states)
        self.read = 0

    def read_passages(self, texts: Sequence[str]) -> list[TokenStates]:
        self.read += len(texts)
        return super().read_passages(texts)


class Server(HashEmbedder):
    """An engine that tells nothing of tokens."""

    tokens = None  # type: ignore[assignment]


def _indexed(folder: Path, embedder: HashEmbedder) -> Iterator[TestArchive]:
    archive = TestArchive(folder, embedder)
    fill(archive, 20)
    archive.sync()
    yield archive
    archive.close()


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[TestArchive]:
    yield from _indexed(tmp_path / "keeping", Reader(keeps_states=True))


@pytest.fixture
def lean(tmp_path: Path) -> Iterator[TestArchive]:
    yield from _indexed(tmp_path / "lean", Reader(keeps_states=False))


def _chunks(store: Store) -> list[StoredChunk]:
    return sorted(stored_chunks(store, chunk_ids(store, EVERYTHING)), key=lambda chunk: chunk.document)


def _unopened() -> HashEmbedder:
    raise AssertionError("the engine has states of its own")


def _scores(archive: TestArchive, matcher: Matcher, embedder: Embedder | None = None) -> dict[str, float]:
    store = archive.live.get().store
    asked = wording(understand("la ciudad 7", "es"), ["es"], partial(rarity, store))
    found = matcher.match(store, embedder or archive.embedder, asked, _chunks(store))
    return {chunk.document: found[chunk.id].score for chunk in _chunks(store) if chunk.id in found}


def test_stored_states_are_matched_without_reading_anything_again(keeping: TestArchive) -> None:
    before = keeping.embedder.read  # type: ignore[attr-defined]
    scores = _scores(keeping, Matcher(_unopened))
    assert max(scores, key=scores.__getitem__) == "0007.txt"
    assert len(scores) == 20
    assert keeping.embedder.read == before  # type: ignore[attr-defined]


def test_an_index_without_states_has_the_first_made_as_they_would_have_been_stored_and_remembered(
    keeping: TestArchive, lean: TestArchive
) -> None:
    matcher = Matcher(_unopened)
    scores = _scores(lean, matcher)
    assert len(scores) == _MOST_MADE
    stored = _scores(keeping, Matcher(_unopened))
    assert scores == pytest.approx({document: stored[document] for document in scores})
    assert _scores(lean, matcher) == scores
    assert lean.embedder.read == _MOST_MADE  # type: ignore[attr-defined]


def test_an_engine_without_states_has_them_read_by_the_one_in_this_process(tmp_path: Path) -> None:
    reader = Reader(keeps_states=True)
    for archive in _indexed(tmp_path / "served", Server("server-1", keeps_states=False)):
        scores = _scores(archive, Matcher(lambda: reader))
        assert max(scores, key=scores.__getitem__) == "0007.txt"
        assert reader.read == _MOST_MADE


@pytest.mark.parametrize("damage", ["DELETE FROM token_states", "UPDATE token_states SET states = x'0400ff'"])
def test_states_that_are_missing_or_damaged_are_made_again(keeping: TestArchive, damage: str) -> None:
    stored = _scores(keeping, Matcher(_unopened))
    keeping.live.get().store.connection.execute(f"{damage} WHERE chunk % 2 = 0")
    scores = _scores(keeping, Matcher(_unopened))
    assert scores == pytest.approx(stored)


def test_states_of_another_width_are_not_compared(keeping: TestArchive) -> None:
    stored = _scores(keeping, Matcher(_unopened))
    blob = (2).to_bytes(2, "little") + bytes(6)
    keeping.live.get().store.connection.execute("UPDATE token_states SET states = ? WHERE chunk = 1", (blob,))
    assert _scores(keeping, Matcher(_unopened)) == pytest.approx(stored)
