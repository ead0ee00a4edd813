"""How a user's name is written, wherever it comes from: a file, a login page, a proxy."""

import re
import unicodedata

from assistant.errors import SettingsError

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
