"""The documents folder as the page changes it: files put in, files taken out, always within the folder."""

import os
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import UnreadableDocument
from index.inside import open_inside
from ui.drawing import plain

MAX_FILE = 50 * 1024 * 1024  # bytes
MAX_FILES = 50  # taken in at a time
MAX_NAME = 120  # bytes of a file name in UTF-8, its suffix included
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, and the text (with its fields) that tells why."""

    reason: str
    fields: dict[str, object]


def safe_name(given: str) -> str:
    """A name for a file of ours: no folders, no signs that mislead, of bounded length, never empty."""
    base = PurePosixPath(given.replace("\\", "/")).name
    shown = plain(unicodedata.normalize("NFC", base)).replace("\N{REPLACEMENT CHARACTER}", "")
    clean = _FORBIDDEN.sub("-", shown).strip(" .-")
    stem, dot, suffix = clean.rpartition(".")
    stem, suffix = (stem, dot + suffix.lower()) if stem and len(suffix) <= 10 else (clean, "")
    return (_cut(stem, MAX_NAME - len(suffix.encode())) or "documento") + suffix


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")


def check(name: str, size: int, suffixes: Sequence[str], quota: int, taken: int) -> Refused | None:
    """Why a file may not come in, or None. `suffixes` are those that documents are read from.

    `quota` is how many MB the folder may hold, `taken` how many bytes it does.
    """
    if Path(name).suffix.lower() not in suffixes:
        return Refused("wrong_type", {"name": name, "types": " ".join(suffixes)})
    if size > MAX_FILE:
        return Refused("too_large", {"name": name, "limit": MAX_FILE // 1024**2})
    if taken + size > quota * 1024**2:
        return Refused("quota_full", {"name": name, "limit": quota})
    return None


def folder_size(folder: Path) -> int:
    """Bytes of the files in `folder` and below, links not followed."""
    return sum(_size(Path(where, name)) for where, _, names in os.walk(folder) for name in names)


def _size(file: Path) -> int:
    # Others may delete a file while the folder is measured.
    with suppress(FileNotFoundError):
        return file.lstat().st_size
    return 0


def store_file(source: Path, name: str, folder: Path) -> Path:
    """Copy `source` into `folder` under `name`, or `name (2)` and so on if other content has that name.

    Returns the path within the folder. An existing file is never written over and no link is followed. Raises
    OSError, with nothing left there, if the folder cannot take it, UnreadableDocument for what is no file of at most
    MAX_FILE bytes.
    """
    content = open_inside(source.parent, source.name, MAX_FILE)
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in _candidates(folder / name):
        try:
            _create(candidate, content)
        except FileExistsError:
            if not _holds(candidate, content):
                continue
        return candidate.relative_to(folder)
    raise FileExistsError(name)


def _candidates(path: Path) -> Sequence[Path]:
    return [path, *(path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, 1000))]


def _holds(path: Path, content: bytes) -> bool:
    """Whether there is a file with that content, and no link to one."""
    try:
        return not path.is_symlink() and open_inside(path.parent, path.name, len(content)) == content
    except UnreadableDocument:
        return False


def _create(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)  # half a file would be indexed as a whole one
        raise


def remove_file(folder: Path, path: str, kept: Sequence[Path] = ()) -> bool:
    """Delete the file at `path` within `folder`.

    False if there is none, or one that is never read as a document: outside, hidden, or below one of `kept`.
    """
    root = folder.resolve()
    target = root / path
    if not _may_hold_documents(target, root, kept) or not (target.is_file() or target.is_symlink()):
        return False
    target.unlink()
    return True


def _may_hold_documents(target: Path, root: Path, kept: Sequence[Path]) -> bool:
    place = target.parent.resolve() / target.name
    if not place.is_relative_to(root) or any(place.is_relative_to(each.resolve()) for each in kept):
        return False
    return not any(part.startswith(".") for part in place.relative_to(root).parts)
