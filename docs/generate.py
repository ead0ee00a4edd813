"""Writes docs/settings.md, docs/commands.md and docs/dates.md from the code: `python docs/generate.py`."""

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


if __name__ == "__main__":
    (DOCS / "settings.md").write_text(settings_page(), "utf-8")
    (DOCS / "commands.md").write_text(commands_page(), "utf-8")
    (DOCS / "dates.md").write_text(dates_page(), "utf-8")
