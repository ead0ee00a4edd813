"""The real application on a real port, and a real browser in front of it."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from assistant import Assistant, Settings
from ui.app import create_app, listen
from ui.desk import Desk
from ui.drawing import Pen
from ui.texts import load_texts


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    """The Spanish page's desk over an archive without documents."""
    (tmp_path / "documents").mkdir()
    with Assistant(Settings(documents=tmp_path / "documents", index=tmp_path / "index")) as assistant:
        yield Desk(assistant, Pen(load_texts("es")))
