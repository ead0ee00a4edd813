"""API keys: a file of names and hashes. A key itself is shown once, when it is made, and kept nowhere."""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from assistant.errors import SettingsError

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

    def all(self) -> tuple[Key, ...]:
        """The keys, oldest first. Raises SettingsError for a file that cannot be read: nobody gets in then."""
        try:
            return tuple(Key(**entry) for entry in json.loads(self.path.read_bytes()))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError) as error:
            raise SettingsError(
                f"The file of API keys {self.path} cannot be read ({error}): mend it, or remove it and make "
                "the keys anew with “hemeroteca key add NAME”."
            ) from error

    def add(self, name: str) -> str:
        """Make a key and return it. Raises SettingsError for a name that is empty or taken."""
        if not name.strip():
            raise SettingsError("A key needs a name: “hemeroteca key add NAME”.")
        with self._locked():
            kept = self.all()
            if any(key.name == name for key in kept):
                raise SettingsError(
                    f"There is a key “{name}” already: remove it first, or take another name."
                )
            secret = _PREFIX + secrets.token_urlsafe(_BYTES)
            created = datetime.now(UTC).isoformat(timespec="seconds")
            self._write((*kept, Key(name, created, _digest(secret))))
        return secret

    def remove(self, name: str) -> None:
        """Forget a key. Raises SettingsError if there is none of that name."""
        with self._locked():
            kept = self.all()
            left = tuple(key for key in kept if key.name != name)
            if left == kept:
                raise SettingsError(f"There is no key “{name}”: “hemeroteca key list” shows those there are.")
            self._write(left)

    def accepts(self, secret: str) -> bool:
        """Whether `secret` opens the archive: any does while there are no keys. Raises SettingsError."""
        kept = self.all()
        given = _digest(secret)
        # All are compared, so that the time tells nothing of which one came near.
        matches = [hmac.compare_digest(given, key.digest) for key in kept]
        return not kept or any(matches)

    def _locked(self) -> FileLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self.path.with_name(f"{self.path.name}.lock"))

    def _write(self, keys: tuple[Key, ...]) -> None:
        new = self.path.with_name(f"{self.path.name}.new")
        new.unlink(missing_ok=True)
        with os.fdopen(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump([asdict(key) for key in keys], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
