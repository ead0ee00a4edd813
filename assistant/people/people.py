"""The people who use an archive: each thing that is kept of them, where the settings say."""

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.people.conversations import Conversations
from assistant.people.keys import Keys
from assistant.people.secrets import Closing
from assistant.people.server import ServerDatabase
from assistant.people.users import Users
from assistant.settings import Settings

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
        return Users(self.place(self._settings.auth), self._closing)

    @cached_property
    def keys(self) -> Keys:
        """What programs come in with."""
        return Keys(self.place(self._settings.keys), self._closing)

    @cached_property
    def conversations(self) -> Conversations:
        """The conversations and feedback. Raises HemerotecaError if they cannot be opened."""
        return Conversations(self.place(self._settings.conversations))

    @cached_property
    def _closing(self) -> Closing:
        return Closing(self.place(self._settings.sessions))

    def open_to_all(self) -> None:
        """Let whoever is at this machine in without a login. Raises SettingsError where others could come in too."""
        settings = self._settings
        if settings.hosts or settings.proxies or settings.trusted_header:
            raise SettingsError(
                "HEMEROTECA_HOSTS, HEMEROTECA_PROXIES or HEMEROTECA_TRUSTED_HEADER lead others to this archive, so it "
                "is not opened: take them away first, or make a user with “hemeroteca user add NAME”."
            )
        self.users.open_to_all()
        self.keys.open_to_all()

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
        for name in ("conversations", "_closing"):
            if (kept := self.__dict__.pop(name, None)) is not None:
                kept.close()
        for name in ("users", "keys"):
            self.__dict__.pop(name, None)
        with self._opening:
            for server in self._servers.values():
                server.close()
            self._servers.clear()
