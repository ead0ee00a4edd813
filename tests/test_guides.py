"""Every example of the guides runs: Python as it stands, commands through a shell, both against a served archive."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from tests.model_server import Exchange, ModelServer
from tests.ui.conftest import served

ROOT = Path(__file__).parent.parent
SERVED = "http://127.0.0.1:7860"
JUDGE = "http://127.0.0.1:11434/v1"


def examples(language: str, *pages: str) -> list[str]:
    """The blocks of one language in these pages."""
    texts = ((ROOT / "docs" / f"{page}.md").read_text("utf-8") for page in pages)
    return [block for text in texts for block in re.findall(rf"```{language}\n(.*?)```", text, re.S)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shipped documents, served."""
    home = tmp_path_factory.mktemp("guides")
    shutil.copytree(ROOT / "documents", home / "documents")
    settings = Settings(
        documents=home / "documents",
        index=home / "index",
        conversations=home / "conversations.sqlite3",
        keys=home / "keys.json",
    )
    with Assistant(settings) as assistant:
        assistant.sync()
        with served(assistant) as opened:
            yield opened


def judges(exchange: Exchange) -> None:
    """Say yes to a prompt that holds both an answer and the quote it rests on, and no to any other."""
    prompt = exchange.server.owner.prompt(-1)
    verdict = "YES" if prompt.count("Washington") >= 2 else "NO"
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": verdict}}
    reply = {"id": "1", "object": "chat.completion", "created": 0, "model": "judge", "choices": [choice]}
    # Evaluators run in an event loop of their own each: a connection that is kept would outlive it.
    exchange.send_body(200, "application/json", json.dumps(reply), connection="close")
    exchange.close_connection = True


@pytest.fixture(scope="module")
def judge() -> Iterator[str]:
    """A server in the place of a language model that judges."""
    with ModelServer(judges) as server:
        yield server.url


@pytest.mark.parametrize("example", examples("python", "python", "api", "mcp", "llamaindex"))
def test_an_example_in_python_runs(
    example: str, address: str, judge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    monkeypatch.chdir(tmp_path)
    exec(compile(example.replace(SERVED, address).replace(JUDGE, judge), "example", "exec"), {})


@pytest.mark.parametrize("example", examples("sh", "api"))
def test_an_example_in_the_shell_runs(example: str, address: str, tmp_path: Path) -> None:
    command = tmp_path / "hemeroteca"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m assistant "$@"\n', "utf-8")
    command.chmod(0o755)
    script = example.replace(SERVED, address).replace("curl -s", "curl -sf")
    finished = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
