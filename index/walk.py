"""Which files an archive has: safe, bounded, never outside the root. Reads names and one stat a file.

What an archive's `.hemerotecaignore` files leave out goes by the rules that git has for `.gitignore`.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from index.errors import DocumentsMissing, UnreadableDocument
from index.inside import MOST_BYTES, open_inside
from index.readers import READERS, suffix_of
from index.reasons import Skipped, SkipReason

_TEMPORARY_ENDINGS = (".part", ".crdownload", ".download", ".swp", ".swx", ".tmp", ".temp", ".bak", "~")
_ADVICE = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx", ".pages": ".docx", ".mobi": ".epub"}
_TEMPORARY_BEGINNINGS = ("~$", ".~lock.", "#")

IGNORE_FILE = ".hemerotecaignore"
_MOST_RULES = 1024 * 1024  # bytes
# The group in a pattern's expression that takes the slash behind the folder it names.
_FOLDER = "ps_d"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that a reader may read. `path` is relative to the root, with `/`: the file's identity."""

    path: str
    size: int
    mtime_ns: int

    @property
    def modified(self) -> datetime:
        """When the file was last changed, in UTC."""
        return datetime.fromtimestamp(self.mtime_ns / 1e9, UTC)


@dataclass(frozen=True, slots=True)
class Walk:
    """The files of an archive, sorted by path, and what is there but will not be read."""

    files: tuple[FoundFile, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of a file. A rule with a slash within it is about paths, any other about names."""

    pattern: GitIgnoreSpecPattern
    about_paths: bool

    def names(self, path: str) -> bool:
        """Whether the rule names this entry itself.

        pathspec lets a rule also name all that is in a folder it names, which git leaves to the folder: else
        "*" and "!*/", which keep the folders, would keep what is in them.
        """
        name = path if self.about_paths else PurePosixPath(path).name + "/" * path.endswith("/")
        found = self.pattern.match_file(name)
        if found is None:
            return False
        groups = found.match.re.groupindex
        return _FOLDER not in groups or found.match.end(_FOLDER) in (-1, len(name))


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The rules of a folder, and those of the folders above; `folder` is its path from the top, "" for it."""

    folder: str
    rules: tuple[_Rule, ...]
    above: "IgnoreRules | None"

    def ignore(self, path: str) -> bool:
        """Whether an entry of the folder, by its path from the top, is left out; a folder's ends with `/`.

        The deepest file with a rule for it decides, and in that file the last such rule.
        """
        name = path[len(self.folder) :].lstrip("/")
        for rule in reversed(self.rules):
            if rule.names(name):
                return bool(rule.pattern.include)
        return self.above is not None and self.above.ignore(path)


def rules_within(top: Path, folder: str, above: IgnoreRules | None) -> IgnoreRules | None:
    """The rules that hold in a folder, given those that hold above it.

    Raises UnreadableDocument if the folder has rules of its own that cannot be used.
    """
    path = str(PurePosixPath(folder, IGNORE_FILE))
    if not os.path.lexists(top / path):
        return above
    lines = open_inside(top, path, _MOST_RULES).decode("utf-8-sig", "replace").splitlines()
    try:
        rules = [_Rule(GitIgnoreSpecPattern(line), "/" in line.strip().rstrip("/")) for line in lines]
    except GitIgnorePatternError as error:
        raise UnreadableDocument(SkipReason("other", detail=str(error))) from error
    return IgnoreRules(folder, tuple(rule for rule in rules if rule.pattern.include is not None), above)


@dataclass(slots=True)
class _Walker:
    top: Path
    max_bytes: int
    excluded: frozenset[Path]
    files: dict[str, FoundFile] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, path: str, reason: SkipReason) -> None:
        self.skipped.append(Skipped(_printable(path), reason))

    def visit_folders(self) -> None:
        folders: list[tuple[str, IgnoreRules | None]] = [("", None)]
        while folders:
            folder, above = folders.pop()
            rules = self.rules(folder, above)
            for path, entry in self.entries(folder):
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and self.top / path in self.excluded:
                    continue
                if rules is not None and rules.ignore(f"{path}/" if is_folder else path):
                    continue
                if not _is_utf8(entry.name):
                    self.skip(path, SkipReason("misnamed"))
                elif is_folder:
                    folders.append((path, rules))
                elif entry.is_symlink():
                    self.links.append(path)
                else:
                    self.judge_entry(path, entry)

    def entries(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """The entries of a folder that are not hidden, each with its path from the top."""
        try:
            with os.scandir(self.top / folder) as listing:
                for entry in listing:
                    if not entry.name.startswith("."):
                        yield f"{folder}/{entry.name}" if folder else entry.name, entry
        except OSError as error:
            self.skip(f"{folder}/", SkipReason("unlisted_folder", detail=str(error.strerror)))

    def rules(self, folder: str, above: IgnoreRules | None) -> IgnoreRules | None:
        """What is left out in a folder."""
        try:
            return rules_within(self.top, folder, above)
        except UnreadableDocument as error:
            path = f"{folder}/{IGNORE_FILE}" if folder else IGNORE_FILE
            self.skip(path, SkipReason("unusable_rules", within=(Skipped("", error.reason),)))
            return above

    def judge_entry(self, path: str, entry: os.DirEntry[str]) -> None:
        reason = _unwanted_name(entry.name)
        if reason:
            self.skip(path, reason)
            return
        try:
            self.judge_file(path, entry.stat(follow_symlinks=False))
        except OSError as error:
            self.skip(path, SkipReason("unexamined", detail=str(error.strerror)))

    def judge_file(self, path: str, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            self.skip(path, SkipReason("not_regular"))
        elif facts.st_size > self.max_bytes:
            self.skip(path, SkipReason("too_large", size=facts.st_size, limit=self.max_bytes))
        else:
            self.files[path] = FoundFile(path, facts.st_size, facts.st_mtime_ns)

    def visit_links(self) -> None:
        """A link to a file inside the root counts as a file, unless that file was found itself."""
        for path in self.links:
            # Not Path.resolve(), which fails on a loop of links.
            target = Path(os.path.realpath(self.top / path))
            reason = self.unwanted_link(target) or _unwanted_name(Path(path).name)
            if reason:
                self.skip(path, reason)
                continue
            try:
                self.judge_file(path, target.stat())
            except OSError as error:
                self.skip(path, SkipReason("dangling_link", detail=str(error.strerror)))

    def unwanted_link(self, target: Path) -> SkipReason | None:
        """Why a link to `target` is not read, or None."""
        if not target.is_relative_to(self.top):
            return SkipReason("linked_outside")
        if target.is_dir():
            return SkipReason("linked_folder")
        inside = target.relative_to(self.top).as_posix()
        return SkipReason("linked_twice", inside) if inside in self.files else None


def walk(root: Path, *, exclude: Sequence[Path] = (), max_bytes: int = MOST_BYTES) -> Walk:
    """The files under `root` that a reader knows, and those left out, with the reason.

    Hidden files, what a folder's `.hemerotecaignore` names and the folders in `exclude` are left out in silence.
    Raises DocumentsMissing when `root` is not a folder that can be listed.
    """
    top = _listable(root)
    walker = _Walker(top, max_bytes, frozenset(Path(os.path.realpath(path)) for path in exclude))
    walker.visit_folders()
    walker.visit_links()
    return Walk(
        tuple(walker.files[path] for path in sorted(walker.files)),
        tuple(sorted(walker.skipped, key=lambda skipped: skipped.path)),
    )


def _listable(root: Path) -> Path:
    top = Path(os.path.realpath(root))
    try:
        os.scandir(top).close()
    except OSError as error:
        raise DocumentsMissing(
            f"The documents folder {root} cannot be listed ({error.strerror}). "
            "Create it, or name another with --documents."
        ) from error
    return top


def _unwanted_name(name: str) -> SkipReason | None:
    """Why a file of this name is not read, or None."""
    if name.startswith(_TEMPORARY_BEGINNINGS) or name.lower().endswith(_TEMPORARY_ENDINGS):
        return SkipReason("temporary")
    suffix = suffix_of(name)
    if not suffix or suffix in READERS:
        return None
    if suffix in _ADVICE:
        return SkipReason("no_reader_but", suffix, _ADVICE[suffix])
    return SkipReason("no_reader", suffix)


def _is_utf8(name: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
