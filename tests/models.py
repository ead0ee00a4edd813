"""The real embedding model and the reader, for tests that open archives."""

import pytest

from assistant.reader.reader import Reader, open_reader
from index.embed.e5.engine import E5Embedder, open_e5


@pytest.fixture(scope="session", autouse=True)
def models_at_hand() -> tuple[E5Embedder, Reader]:
    """Both, held open: every archive that a test opens gets these, and need not load its own."""
    return open_e5(), open_reader()
