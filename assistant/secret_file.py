"""A file of secrets as JSON: readable by its owner alone, and always whole."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

from filelock import FileLock

from assistant.errors import SettingsError
from index.errors import UnreadableDocument
from index.inside import read_regular

_MOST_BYTES = 16 * 1024**2
Entry = TypeVar("Entry", bound=Any)


class SecretFile(Generic[Entry]):
    """Entries of one dataclass in a file, which need not exist. Every call reads it anew.

    `what` names the file in messages, `again` is the command that makes an entry anew.
    """

    def __init__(self, path: Path, kind: type[Entry], what: str, again: str) -> None:
        self.path = path
        self._kind, self._what, self._again = kind, what, again

    def all(self) -> tuple[Entry, ...]:
        """The entries in order. Raises SettingsError for a file that cannot be read: nobody gets in then."""
        try:
            return tuple(self._kind(**entry) for entry in json.loads(read_regular(self.path, _MOST_BYTES)))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, RecursionError, UnreadableDocument) as error:
            raise SettingsError(
                f"The file of {self._what} {self.path} cannot be read ({error}): mend it, or remove it and make "
                f"them anew with “{self._again}”."
            ) from error

    def is_emptied(self) -> bool:
        return os.path.lexists(self.path) and not self.all()

    def discard_empty(self) -> None:
        with self._locked():
            if self.is_emptied():
                self.path.unlink()

    @property
    def place(self) -> str:
        return str(self.path)

    def change(self, change: Callable[[tuple[Entry, ...]], Sequence[Entry]]) -> None:
        """Keep what `change` makes of the entries, while nobody else changes them. Raises SettingsError."""
        with self._locked():
            self._replace(change(self.all()))

    def _locked(self) -> FileLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        return FileLock(self.path.with_name(f"{self.path.name}.lock"))

    def _replace(self, entries: Sequence[Entry]) -> None:
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            new.unlink(missing_ok=True)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump([asdict(entry) for entry in entries], file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> SettingsError:
        return SettingsError(
            f"The file of {self._what} {self.path} cannot be written ({error.strerror}): let this user write its "
            "folder, or name another file."
        )
