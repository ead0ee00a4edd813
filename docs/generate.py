"""Writes docs/settings.md, commands.md, dates.md and architecture.md from the code: `python docs/generate.py`."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from assistant.cli import app
from assistant.settings import ENV_PREFIX, Settings
from index.dates import find_dates
from index.dates.lexicon import languages, load_lexicon

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PACKAGES = ("index", "assistant", "prompts", "ui")

SETTINGS = f"""# Settings

A flag beats the environment, which beats `hemeroteca.toml` in the working directory, whose keys are the names in
the first column. A setting that is unknown or out of bounds is an error that names it. `OPENAI_API_KEY` and
`OPENAI_BASE_URL` are read as well, where `{ENV_PREFIX}API_KEY` and `{ENV_PREFIX}BASE_URL` are not given.

| name | environment | default | what it is |
| --- | --- | --- | --- |
"""

COMMANDS = """# Commands

Standard output carries the result, standard error progress and warnings. With `--json` the result is one JSON
object; an error is `{"error": "…"}` and a non-zero status. `hemeroteca --install-completion` teaches the commands and
options to your shell.
"""

DATES = """# Dates

What `hemeroteca dates` reads, and with it every answer, filter and timeline: what a text of Friday {published} means by
some words of each language. “?” stands where another reading is possible, or the bounds are vague. What a language says
stands in `index/language/dates`, a file each; another language is another file.
"""
PUBLISHED = date(2026, 1, 16)

ARCHITECTURE = """# Architecture

Two flows: documents come in, and questions come in. Each box is a module, with what it says of itself; each arrow is a
step. Imports point one way, `ui` → `assistant` → `index`, which the contracts in `pyproject.toml` keep so.
"""
FLOWS = {
    "Documents in": (
        *("index/walk", "index/sync/reading", "index/sandbox", "index/readers", "index/text/blocks"),
        *("index/text/passages", "index/embed", "index/store/store", "index/vectors/chroma"),
    ),
    "Questions in": (
        *(
            "assistant/assistant",
            "assistant/engine",
            "assistant/questions/understanding",
            "assistant/finding/finder",
        ),
        *("assistant/finding/retrieval", "assistant/reader", "assistant/finding/confidence"),
        *("assistant/extraction/extractive", "assistant/answer"),
    ),
    "Questions in, with a model": (
        *(
            "assistant/write/writer",
            "assistant/write/plan",
            "assistant/write/material",
            "assistant/write/prompts",
        ),
        *(
            "assistant/write/generation",
            "assistant/write/reply",
            "assistant/prove/manuscript",
            "assistant/answer",
        ),
    ),
}


def settings_page() -> str:
    """The table of settings."""
    return SETTINGS + "".join(_settings_line(name) for name in Settings.model_fields)


def _settings_line(name: str) -> str:
    field = Settings.model_fields[name]
    value = field.get_default(call_default_factory=True, validated_data={})
    default = "" if value in (None, ()) else f"`{value}`"
    # A default that is made looks at other settings.
    default += ", or `store` if that is set" if field.default_factory else ""
    return f"| `{name}` | `{ENV_PREFIX}{name.upper()}` | {default} | {field.description} |\n"


def commands_page() -> str:
    """The help of every command."""
    return COMMANDS + "".join(_command(name, command) for name, command in _commands(app).items())


def _command(name: str, command: Any) -> str:
    within = "".join(
        _command(f"{name} {sub}", inner) for sub, inner in getattr(command, "commands", {}).items()
    )
    return within or f"\n## {name}\n\n```text\n{_help(name)}```\n"


def _commands(of: typer.Typer) -> dict[str, Any]:
    return dict(sorted(typer.main.get_command(of).commands.items()))


def _help(command: str) -> str:
    # The width is fixed, so that the page does not depend on the terminal.
    shown = CliRunner().invoke(
        app, [*command.split(), "--help"], prog_name="hemeroteca", env={"COLUMNS": "100"}
    )
    return shown.output


def dates_page() -> str:
    """Examples in every language, with the days that are read."""
    return DATES.format(published=PUBLISHED) + "".join("".join(_examples(code)) for code in languages())


def _examples(language: str) -> Iterator[str]:
    yield f"\n## {language}\n\n| words | from | to | |\n| --- | --- | --- | --- |\n"
    for text in load_lexicon(language).examples:
        for read in find_dates(text, PUBLISHED, language):
            days = " | ".join(str(day or "…") for day in (read.interval.start, read.interval.end))
            yield f"| {text} | {days} | {'' if read.sure else '?'} |\n"


def architecture_page() -> str:
    """The flows as pictures, and what every room is for."""
    flows = "".join(_flow(title, modules) for title, modules in FLOWS.items())
    rooms = sorted(path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py"))
    return ARCHITECTURE + flows + "\n## Rooms\n\n" + "".join(map(_room, rooms))


def _flow(title: str, modules: tuple[str, ...]) -> str:
    boxes = "\n".join(
        f'    m{place}["<b>{name}</b><br/>{_says(name)}"]' for place, name in enumerate(modules)
    )
    arrows = "    " + " --> ".join(f"m{place}" for place in range(len(modules)))
    return f"\n## {title}\n\n```mermaid\nflowchart TB\n{boxes}\n{arrows}\n```\n"


def _room(folder: Path) -> str:
    return f"- `{folder.relative_to(ROOT).as_posix()}`: {_first_line(folder / '__init__.py')}\n"


def _says(name: str) -> str:
    path = ROOT / f"{name}.py"
    told = _first_line(path if path.exists() else ROOT / name / "__init__.py")
    return told.replace('"', "'")


def _first_line(path: Path) -> str:
    """What a module says of itself first."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


if __name__ == "__main__":
    (DOCS / "architecture.md").write_text(architecture_page(), "utf-8")
    (DOCS / "settings.md").write_text(settings_page(), "utf-8")
    (DOCS / "commands.md").write_text(commands_page(), "utf-8")
    (DOCS / "dates.md").write_text(dates_page(), "utf-8")
