from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store.home import FolderHome, Home
from index.store.postgres.home import PostgresHome
from index.store.store import Store


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """An empty place for an index, in each engine that can keep one."""
    if request.param == "sqlite":
        yield FolderHome(tmp_path / "index")
        return
    kept = PostgresHome(request.getfixturevalue("database_url"), tmp_path / "index")
    yield kept
    kept.close()


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = home.open_store(home.live)
    yield opened
    opened.close()
