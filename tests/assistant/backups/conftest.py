"""An archive with everything that a backup keeps, and places to restore it to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Settings
from assistant.people.conversations import Conversations
from assistant.people.keys import Keys
from assistant.people.users import Users
from tests.archives import TestArchive, fill


def settings_of(folder: Path) -> Settings:
    """Settings that keep everything in one folder, as `TestArchive` does."""
    return Settings(
        documents=folder / "documents",
        index=folder / "index",
        conversations=folder / "conversations.sqlite3",
        keys=folder / "keys.json",
        auth=folder / "users.json",
    )


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[TestArchive]:
    """Twenty documents, indexed, a conversation and a key."""
    archive = TestArchive(tmp_path / "kept")
    fill(archive, 20)
    archive.sync()
    settings = settings_of(archive.folder)
    conversations = Conversations(settings.conversations)
    conversations.add_turn(None, "¿Qué pasó?", "¿Qué pasó?", {"text": "Nada."})
    conversations.close()
    Keys(settings.keys).add("a program")
    Users(settings.auth).add("ana", "correcto caballo")
    yield archive
    archive.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[], TestArchive]]:
    """Opens the archive that was restored to an empty place."""
    opened: list[TestArchive] = []

    def open_restored() -> TestArchive:
        opened.append(TestArchive(tmp_path / "restored"))
        return opened[-1]

    yield open_restored
    for archive in opened:
        archive.close()
