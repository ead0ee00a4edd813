"""API keys: a file of names and hashes. A key itself is shown once, when it is made, and kept nowhere."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import SettingsError
from assistant.secret_file import SecretFile

_PREFIX = "hk-"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept. `digest` is the SHA-256 of 256 random bits, so it needs no salt and no stretching."""

    name: str
    created: str
    digest: str


class Keys:
    """The keys in one file, which need not exist. Every call reads it anew, so a removed key fails at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = SecretFile(path, Key, "API keys", "hemeroteca key add NAME")

    def all(self) -> tuple[Key, ...]:
        """The keys, oldest first. Raises SettingsError for a file that cannot be read: nobody gets in then."""
        return self._file.all()

    def add(self, name: str) -> str:
        """Make a key and return it. Raises SettingsError for a name that is empty or taken."""
        if not name.strip():
            raise SettingsError("A key needs a name: “hemeroteca key add NAME”.")
        with self._file.locked():
            kept = self.all()
            if any(key.name == name for key in kept):
                raise SettingsError(
                    f"There is a key “{name}” already: remove it first, or take another name."
                )
            secret = _PREFIX + secrets.token_urlsafe(_BYTES)
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._file.replace((*kept, Key(name, created, _digest(secret))))
        return secret

    def remove(self, name: str) -> None:
        """Forget a key. Raises SettingsError if there is none of that name."""
        with self._file.locked():
            kept = self.all()
            left = tuple(key for key in kept if key.name != name)
            if left == kept:
                raise SettingsError(f"There is no key “{name}”: “hemeroteca key list” shows those there are.")
            self._file.replace(left)

    def holder(self, secret: str) -> str | None:
        """The name of the key that `secret` is, None if it is none. Raises SettingsError."""
        given = _digest(secret)
        # All are compared, so that the time tells nothing of which one came near.
        names = [key.name for key in self.all() if hmac.compare_digest(given, key.digest)]
        return names[0] if names else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
