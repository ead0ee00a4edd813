"""What the documentation says is so: settings are listed, and README's Python runs."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.settings import ENV_PREFIX, Settings

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    field = Settings.model_fields[name]
    documented = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert f"| `{name}` | `{ENV_PREFIX}{name.upper()}` |" in documented
    assert field.description is not None
    assert field.description in documented


@pytest.mark.parametrize(
    "example", re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
)
def test_the_readmes_python_runs(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
