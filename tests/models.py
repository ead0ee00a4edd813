"""The real embedding model, for tests that open archives."""

import pytest

from index.embed.e5.engine import E5Embedder, open_e5


@pytest.fixture(scope="session", autouse=True)
def model_at_hand() -> E5Embedder:
    """The embedding model, held open: every archive that a test opens gets this one, and need not load its own."""
    return open_e5()
