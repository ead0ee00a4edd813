"""Prints what Hemeroteca installs and under which licences; ends with status 1 if one is not to be shipped with it.

python docs/licences.py [EXTRA …]
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

_PROJECT = Path(__file__).parents[1] / "pyproject.toml"
# What must be shared alike by whoever is given it, or only uses it from afar; the “lesser” one may be linked with.
_STRICT = re.compile(r"\bA?GPL|(?<!Lesser )(?<!Library )General Public License|Affero", re.IGNORECASE)
# Whose licence names it for a part alone: the Emacs mode of docutils, which is not installed.
_READ = frozenset({"docutils"})


def needed(extras: Iterable[str] = ()) -> list[Distribution]:
    """The installed distributions that the project needs with these extras, and all that they need, by name."""
    project = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]
    waiting = [
        *project["dependencies"],
        *(line for e in extras for line in project["optional-dependencies"][e]),
    ]
    installed: dict[str, Distribution] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = requirement.name.lower().replace("_", "-")
        if name in installed or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        try:
            installed[name] = distribution(name)
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: pip install “.[{','.join(extras)}]”") from None
        waiting += _with_extras(installed[name], requirement.extras)
    return [installed[name] for name in sorted(installed)]


def _with_extras(package: Distribution, extras: Iterable[str]) -> Iterator[str]:
    for line in package.requires or ():
        marker = Requirement(line).marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield line.partition(";")[0]


def licence(package: Distribution) -> str:
    """What a distribution says of its licence, in one line."""
    told = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    stated = told.get("License-Expression") or "; ".join(classifiers) or told.get("License") or "not told"
    return stated.strip().partition("\n")[0][:80]


def is_strict(package: Distribution) -> bool:
    """Whether a distribution's licence, and each that may be chosen instead, would have to be that of the whole."""
    choices = licence(package).split(" OR ")
    return package.name.lower() not in _READ and all(_STRICT.search(choice) for choice in choices)


def main(extras: list[str]) -> int:
    """Print the list; the exit status."""
    packages = needed(extras)
    for package in packages:
        print(f"{package.name} {package.version}: {licence(package)}{'  <-- strict' * is_strict(package)}")
    return int(any(map(is_strict, packages)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
