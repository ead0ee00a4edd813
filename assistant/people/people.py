"""The people who use an archive: each thing that is kept of them, where the settings say."""

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.conversations import Conversations
from assistant.keys import Keys
from assistant.people.server import ServerDatabase
from assistant.settings import Settings
from assistant.users import Users

if TYPE_CHECKING:
    from assistant.people.database import Database


class People:
    """Opens nothing before it is needed. Safe to share between threads; close it when done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opening = threading.Lock()
        self._servers: dict[str, ServerDatabase] = {}

    @cached_property
    def users(self) -> Users:
        """Who may come in, if not everybody."""
        return Users(self.place(self._settings.auth))

    @cached_property
    def keys(self) -> Keys:
        """What programs come in with."""
        return Keys(self.place(self._settings.keys))

    @cached_property
    def conversations(self) -> Conversations:
        """The conversations and feedback. Raises HemerotecaError if they cannot be opened."""
        return Conversations(self.place(self._settings.conversations))

    def place(self, setting: Path | SecretStr) -> "Path | Database":
        """A path, or the database at a URL, which is one for all that name it."""
        if isinstance(setting, Path):
            return setting
        url = setting.get_secret_value()
        with self._opening:
            if url not in self._servers:
                self._servers[url] = ServerDatabase(url)
            return self._servers[url]

    def close(self) -> None:
        """Let go of all places; the next call opens them again."""
        conversations = self.__dict__.pop("conversations", None)
        if conversations is not None:
            conversations.close()
        for name in ("users", "keys"):
            self.__dict__.pop(name, None)
        with self._opening:
            for server in self._servers.values():
                server.close()
            self._servers.clear()
