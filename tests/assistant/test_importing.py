"""What `import assistant` brings along, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
HEAVY = {
    "assistant.settings",
    "assistant.assistant",
    "assistant.llms",
    "pydantic",
    "pydantic_settings",
    "numpy",
}


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import json, sys; print(json.dumps(list(sys.modules)))"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_help_is_told_without_settings_or_models() -> None:
    assert not modules_after("import assistant.cli") & HEAVY


def test_what_only_looks_loads_nothing_that_answers_or_indexes() -> None:
    unneeded = {"assistant.engine", "index.sync.build", "index.readers", "index.dates", "httpx", "chromadb"}
    assert not modules_after("from assistant import Assistant") & unneeded


def test_importing_the_package_loads_neither_settings_nor_models_until_they_are_named() -> None:
    assert not modules_after("import assistant") & HEAVY
    assert "assistant.settings" in modules_after("import assistant; assistant.Settings")
