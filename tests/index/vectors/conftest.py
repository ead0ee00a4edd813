from collections.abc import Iterator

import pytest

from tests.archives import TestArchive, fill
from tests.servers import chroma_server


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def indexed(archive: TestArchive) -> TestArchive:
    """An archive of 60 documents, indexed and closed."""
    fill(archive, 60)
    archive.sync()
    archive.close()
    return archive
