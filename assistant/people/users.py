"""The people who may come in: names and hashed passwords, in a file or a shared table."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import SettingsError
from assistant.people.database import Database
from assistant.people.secrets import Closing, are_asked_for, secrets_at

_NAME = re.compile(r"[\w.@+-]{1,64}")


def folded(name: str) -> str:
    """A name as it is compared: letter case and the way of typing an accent do not matter."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def user_name(given: str) -> str:
    """The name that a user is kept under. Raises SettingsError for one that will not do."""
    name = folded(given)
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"“{given}” cannot be a user's name: take up to 64 letters, digits and the signs . @ + - _."
        )
    return name


SHORTEST_PASSWORD = 10  # characters
LONGEST_PASSWORD = 1000
_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class User:
    """A user as kept: `password` is its Argon2id hash, with salt and cost."""

    name: str
    created: str
    password: str

    @property
    def stamp(self) -> str:
        """What a session remembers of the password, so that a changed one ends it."""
        return hashlib.sha256(self.password.encode()).hexdigest()


class Users:
    """The users in one place, a file of which need not exist. Every call reads it anew: one removed is out at once."""

    def __init__(self, place: Path | Database, closing: Closing | None = None) -> None:
        """`closing` remembers that there were some."""
        self._kept = secrets_at(place, User, "users", "users", "hemeroteca user add NAME")
        self._closing = closing
        self.place = self._kept.place

    def all(self) -> tuple[User, ...]:
        """The users, oldest first. Raises HemerotecaError if they cannot be read: nobody gets in then."""
        return self._kept.all()

    def are_asked_for(self) -> bool:
        """Whether one must be a user to come in: there are some, or were. Raises HemerotecaError."""
        return are_asked_for("users", self._kept, self._closing)

    def open_to_all(self) -> None:
        """Ask nobody any more. Raises SettingsError while there are users."""
        if self.all():
            raise SettingsError(
                "There are users: remove each with “hemeroteca user remove NAME” before you open the archive."
            )
        self._kept.discard_empty()
        if self._closing is not None:
            self._closing.forget("users")

    def find(self, name: str) -> User | None:
        """The user of that name, or None. Raises HemerotecaError."""
        return next((user for user in self.all() if user.name == name), None)

    def add(self, name: str, password: str) -> User:
        """Keep a new user. Raises SettingsError for a name or password that will not do, or a name taken."""
        user = User(user_name(name), datetime.now(UTC).isoformat(timespec="seconds"), _hashed(password))

        def with_user(kept: tuple[User, ...]) -> tuple[User, ...]:
            if any(one.name == user.name for one in kept):
                raise SettingsError(
                    f"There is a user “{user.name}” already: “hemeroteca user password {user.name}” changes "
                    "the password."
                )
            return (*kept, user)

        self._kept.change(with_user)
        self.are_asked_for()
        return user

    def set_password(self, name: str, password: str) -> None:
        """Change a password, which ends the user's sessions. Raises SettingsError."""
        changed = _hashed(password)

        def with_password(kept: tuple[User, ...]) -> tuple[User, ...]:
            user = _known(name, kept)
            return tuple(replace(one, password=changed) if one == user else one for one in kept)

        self._kept.change(with_password)

    def remove(self, name: str) -> None:
        """Forget a user, which ends the sessions too. Raises SettingsError if there is none of that name."""

        def without_user(kept: tuple[User, ...]) -> tuple[User, ...]:
            user = _known(name, kept)
            return tuple(one for one in kept if one != user)

        self.are_asked_for()
        self._kept.change(without_user)

    def verified(self, name: str, password: str) -> User | None:
        """The user whose name and password these are, else None, after the same work. Raises SettingsError."""
        user, nobodys = self.find(folded(name)), _nobodys()
        try:
            _hasher.verify(user.password if user else nobodys, password[: LONGEST_PASSWORD + 1])
        except VerificationError:
            return None
        except InvalidHashError as error:
            raise SettingsError(
                f"The password of “{folded(name)}” in {self.place} is no hash: set it anew with “hemeroteca "
                f"user password {folded(name)}”."
            ) from error
        return user


def _known(name: str, kept: tuple[User, ...]) -> User:
    user = next((one for one in kept if one.name == folded(name)), None)
    if user is None:
        raise SettingsError(f"There is no user “{name}”: “hemeroteca user list” shows those there are.")
    return user


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise SettingsError(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; this one has {len(password)}."
        )
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    """A hash to compare with where there is no user, so that the time does not tell that."""
    return _hasher.hash("a password that no one has")
