"""Times every pattern that the packages compile on texts made to slow it down; run as a process of its own.

    python -m tests.security.patterns

Prints a line of JSON for each pattern that is worse than linear: its module, its source and the text.
"""

import ast
import importlib
import inspect
import json
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

PACKAGES = ("assistant", "index", "prompts", "ui")
SOURCES = [file for package in PACKAGES for file in sorted(Path(package).rglob("*.py"))]
SHORT, LONG = (
    1_000,
    10_000,
)  # characters; a quadratic pattern takes a hundred times as long for ten times the text
# A pattern that reads the short text within this is linear by far.
AT_ONCE = 0.0007  # seconds
MOST = 4  # times as long for as many characters in one text as in ten; linear ones take as long
TICK = 0.005  # seconds that the clock may be wrong by
LATEST = 0.1  # seconds that a short text may take
RUNS = 4  # of the short text
TRIES = 3  # of the long one
LANGUAGES = ("es", "en", "pt", "fr")
SINGLE = " \n\t1.aAá([{<)]\"«“'’,;:-—_*#/|\\¿?!$%=@\xa0"
MIXED = (
    "a |A |1 |. |: |, |\n |.\n|a\n|Aa |Aa|1.|1,|1/|1-|1:|a.|a,|a-|([|()|[]|[1] |A. |« |— |# |<a|a@|¿a|\n-|\n#"
    "|y |e |de |el |la |La |que |the |of |and |a la |Juan de |el 1 de |del 1 al |un |1 y |1 % |Foto: |, y "
).split("|")
UNITS = (*SINGLE, *(unit for unit in MIXED if unit), "| ", "|a")


@dataclass(frozen=True, slots=True)
class Slow:
    """A pattern that takes `times` as long for ten times the text, a repetition of `unit`."""

    module: str
    pattern: str
    unit: str
    times: float


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern, the module that compiles it, and whether it is only ever tried at one place of a text."""

    pattern: re.Pattern[str]
    module: str
    is_anchored: bool

    def read(self, text: str) -> None:
        """Use it on a text as the packages do."""
        if self.is_anchored:
            self.pattern.match(text)
            self.pattern.fullmatch(text)
        else:
            for _ in self.pattern.finditer(text):
                pass


class Late(Exception):
    """A search has taken longer than it may."""


def compiled() -> list[Compiled]:
    """Every pattern of text that the packages compile when they are imported and their tables are read."""
    patterns: dict[re.Pattern[str], Compiled] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def noting(source: Any, flags: int) -> re.Pattern[Any]:
        pattern: re.Pattern[Any] = compile_(source, flags)
        caller = sys._getframe(2)  # of re.compile, re.search or the like
        module = caller.f_globals["__name__"]
        if module.partition(".")[0] in PACKAGES and isinstance(pattern.pattern, str):
            anchored = is_anchored(module, caller.f_lineno)
            patterns.setdefault(pattern, Compiled(pattern, module, anchored))
        return pattern

    re._compile = noting  # type: ignore[attr-defined]
    try:
        for module in list(modules()):
            fill_tables(module)
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    return list(patterns.values())


def is_anchored(module: str, line: int) -> bool:
    """Whether the name that a module gives to the pattern compiled in a line is used for matching alone."""
    source = Path(module.replace(".", "/") + ".py")
    for node in ast.parse(source.read_text("utf-8")).body if source.is_file() else []:
        if isinstance(node, ast.Assign) and node.lineno <= line <= (node.end_lineno or line):
            name = ast.unparse(node.targets[0])
            where = [source] if name.startswith("_") else SOURCES
            uses = {
                use
                for file in where
                for use in re.findall(rf"\b{name}(?:\[[^\]]*\])?\.(\w+)\(", file.read_text("utf-8"))
            }
            return bool(uses) and uses <= {"match", "fullmatch"}
    return False


def modules() -> Iterator[ModuleType]:
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield package
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                yield importlib.import_module(module.name)


def fill_tables(module: ModuleType) -> None:
    """Call what a module keeps in a cache: tables of each language, and those of all languages."""
    for function in vars(module).values():
        if hasattr(function, "cache_info") and function.__module__ == module.__name__:
            needed = tuple(inspect.signature(function).parameters)
            for arguments in {(): [()], ("language",): [(language,) for language in LANGUAGES]}.get(
                needed, []
            ):
                # Not every language has each table.
                with suppress(FileNotFoundError, ModuleNotFoundError):
                    function(*arguments)


def slowest(pattern: Compiled) -> Slow | None:
    """What shows that a pattern is worse than linear, if anything does."""
    for unit in UNITS:
        if seconds(pattern, unit, SHORT, AT_ONCE) < AT_ONCE:
            continue
        average = sum(seconds(pattern, unit, SHORT, LATEST) for _ in range(RUNS)) / RUNS
        short = max(TICK, average * LONG / SHORT)  # for as many characters as the long text has
        long = 0.0
        # Once in time is enough: others may have held up the processor.
        for _ in range(TRIES):
            long = seconds(pattern, unit, LONG, 2 * MOST * short)
            if long <= MOST * short:
                break
        else:
            return Slow(pattern.module, pattern.pattern.pattern, unit, round(10 * long / short, 1))
    return None


def seconds(pattern: Compiled, unit: str, length: int, limit: float) -> float:
    """Seconds of the processor to use a pattern on a text, which is given up after about `limit`."""
    text = (unit * length)[:length]
    began = process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    # The alarm may also come just as the timer is stopped.
    with suppress(Late):
        try:
            pattern.read(text)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return process_time() - began


def late(*_: object) -> None:
    raise Late


def main() -> None:
    signal.signal(signal.SIGVTALRM, late)
    for pattern in compiled():
        slow = slowest(pattern)
        if slow is not None:
            print(json.dumps(asdict(slow), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
