import pytest

from tests.archives import TestArchive, fill


@pytest.fixture
def indexed(archive: TestArchive) -> TestArchive:
    """An archive of 60 documents, indexed and closed."""
    fill(archive, 60)
    archive.sync()
    archive.close()
    return archive
