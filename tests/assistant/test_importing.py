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


def test_importing_the_package_loads_neither_settings_nor_models_until_they_are_named() -> None:
    assert not modules_after("import assistant") & HEAVY
    assert "assistant.settings" in modules_after("import assistant; assistant.Settings")
