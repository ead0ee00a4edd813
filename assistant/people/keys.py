"""API keys: names and hashes, in a file or a shared table. A key itself is shown once, and kept nowhere."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import SettingsError
from assistant.people.database import Database
from assistant.people.secrets import Closing, are_asked_for, secrets_at

_PREFIX = "hk-"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept. `digest` is the SHA-256 of 256 random bits, so it needs no salt and no stretching."""

    name: str
    created: str
    digest: str


class Keys:
    """The keys in one place, a file of which need not exist. Every call reads it anew: a removed key fails at once."""

    def __init__(self, place: Path | Database, closing: Closing | None = None) -> None:
        """`closing` remembers that there were some."""
        self._kept = secrets_at(place, Key, "api_keys", "API keys", "hemeroteca key add NAME")
        self._closing = closing
        self.place = self._kept.place

    def all(self) -> tuple[Key, ...]:
        """The keys, oldest first. Raises HemerotecaError if they cannot be read: nobody gets in then."""
        return self._kept.all()

    def are_asked_for(self) -> bool:
        """Whether programs must bring a key: there are some, or were. Raises HemerotecaError."""
        return are_asked_for("API keys", self._kept, self._closing)

    def open_to_all(self) -> None:
        """Ask for no key any more, if there is none."""
        if not self.all():
            self._kept.discard_empty()
            if self._closing is not None:
                self._closing.forget("API keys")

    def add(self, name: str) -> str:
        """Make a key and return it. Raises SettingsError for a name that is empty or taken."""
        if not name.strip():
            raise SettingsError("A key needs a name: “hemeroteca key add NAME”.")
        secret = _PREFIX + secrets.token_urlsafe(_BYTES)
        made = Key(name, datetime.now(UTC).isoformat(timespec="seconds"), _digest(secret))

        def with_key(kept: tuple[Key, ...]) -> tuple[Key, ...]:
            if any(key.name == name for key in kept):
                raise SettingsError(
                    f"There is a key “{name}” already: remove it first, or take another name."
                )
            return (*kept, made)

        self._kept.change(with_key)
        self.are_asked_for()
        return secret

    def remove(self, name: str) -> None:
        """Forget a key. Raises SettingsError if there is none of that name."""

        def without_key(kept: tuple[Key, ...]) -> tuple[Key, ...]:
            left = tuple(key for key in kept if key.name != name)
            if left == kept:
                raise SettingsError(f"There is no key “{name}”: “hemeroteca key list” shows those there are.")
            return left

        self.are_asked_for()
        self._kept.change(without_key)

    def holder(self, secret: str) -> str | None:
        """The name of the key that `secret` is, None if it is none. Raises HemerotecaError."""
        given = _digest(secret)
        # All are compared, so that the time tells nothing of which one came near.
        names = [key.name for key in self.all() if hmac.compare_digest(given, key.digest)]
        return names[0] if names else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
