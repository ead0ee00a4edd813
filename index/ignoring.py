"""What an archive's `.hemerotecaignore` files leave out, by the rules that git has for `.gitignore`."""

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pathspec.patterns.gitignore.base import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from index.errors import UnreadableDocument
from index.inside import open_inside

IGNORE_FILE = ".hemerotecaignore"
_MOST_BYTES = 1024 * 1024
# The group in a pattern's expression that takes the slash behind the folder it names.
_FOLDER = "ps_d"


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
    lines = open_inside(top, path, _MOST_BYTES).decode("utf-8-sig", "replace").splitlines()
    try:
        rules = [_Rule(GitIgnoreSpecPattern(line), "/" in line.strip().rstrip("/")) for line in lines]
    except GitIgnorePatternError as error:
        raise UnreadableDocument(str(error)) from error
    return IgnoreRules(folder, tuple(rule for rule in rules if rule.pattern.include is not None), above)
