"""What the documentation says is so: its tables are those of the code, and README's Python runs."""

import re
import runpy
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README_PYTHON = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)


@pytest.mark.parametrize("page", ["settings", "commands", "dates"])
def test_a_generated_page_is_up_to_date(page: str) -> None:
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))[f"{page}_page"]
    assert (ROOT / "docs" / f"{page}.md").read_text("utf-8") == generate()


def test_the_picture_of_the_flows_has_the_modules_and_rooms_that_there_are() -> None:
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))["architecture_page"]
    names = re.compile(r"<b>([\w/]+)</b>|^- `([\w/]+)`:", re.MULTILINE)
    assert names.findall((ROOT / "docs" / "architecture.md").read_text("utf-8")) == names.findall(generate())


@pytest.mark.parametrize("example", README_PYTHON)
def test_the_readmes_python_runs(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
