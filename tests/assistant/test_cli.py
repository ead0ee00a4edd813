"""The command line as people and programs use it, in a process of its own or in this one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

SEED = Path(__file__).parents[2] / "documents"
QUESTION = "¿Dónde será la reunión ministerial?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SEED, tmp_path / "documents")
    return tmp_path


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was indexed once, for commands that only look."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(SEED, folder / "documents")
    run(folder, "index")
    return folder


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SEED.parent), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@dataclass(frozen=True)
class Ended:
    """How a command ended that ran in this process."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Runs a command as its process would, to its exit status, without the second that a process takes to start."""

    def run_in(folder: Path, *arguments: str, **environment: str) -> Ended:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            patch.setattr(sys, "argv", ["hemeroteca", *arguments])
            for name, value in environment.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return run_in


def json_of(finished: subprocess.CompletedProcess[str] | Ended) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(finished.stdout)
    return parsed


def test_ask_indexes_a_new_folder_and_prints_one_json_object(folder: Path) -> None:
    finished = run(folder, "ask", QUESTION, "--json")
    answer = json_of(finished)
    assert finished.returncode == 0
    assert set(answer) >= {
        "question",
        "answered",
        "text",
        "language",
        "engine",
        "fallback",
        "sentences",
        "dropped",
        "citations",
        "timings_ms",
    }
    assert set(answer["timings_ms"]) == {"rewrite", "retrieve", "generate", "first", "total"}
    citation = answer["citations"][0]
    assert set(citation) == {*"marker quote start end focus page speaker kind verified document also".split()}
    assert set(citation["document"]) == {"id", "path", "title", "date", "url"}
    text = (folder / "documents" / citation["document"]["path"]).read_text("utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_prints_the_answer_and_the_dated_source_for_people(indexed: Path) -> None:
    finished = run(indexed, "ask", QUESTION)
    assert "Washington, D.C." in finished.stdout
    assert "2026-01-16" in finished.stdout


def test_a_refusal_is_no_failure(indexed: Path, run_here: Callable[..., Ended]) -> None:
    finished = run_here(indexed, "ask", "¿Cuál es el PIB de México?", "--json")
    assert finished.returncode == 0
    assert json_of(finished)["answered"] is False


def test_index_counts_this_run_and_the_live_index(folder: Path) -> None:
    first = json_of(run(folder, "index", "--json"))
    (folder / "documents" / "otra.txt").write_text(" date 2026-01-17 La reunión se pospuso.", "utf-8")
    second = json_of(run(folder, "index", "--json"))
    assert (first["added"], first["documents"]) == (1, 1)
    assert (second["added"], second["unchanged"], second["documents"]) == (1, 1, 2)
    assert second["skipped"] == []


def test_status_tells_what_is_kept_and_where(folder: Path) -> None:
    before = json_of(run(folder, "status", "--json"))
    run(folder, "index")
    after = json_of(run(folder, "status", "--json"))
    assert (before["documents"], after["documents"]) == (0, 1)
    assert after["vectors"]["count"] == after["chunks"] > 0
    assert (after["pending"], after["engine"]) == (0, "extractive")
    assert not (folder / "documents" / ".hemeroteca").exists()


def test_show_prints_the_stored_text_that_offsets_count_in(indexed: Path) -> None:
    name = "2026-01-16-de-la-fuente-rubio.txt"
    shown = json_of(run(indexed, "show", name, "--json"))
    assert set(shown) >= {"id", "path", "title", "date", "url", "language", "text"}
    assert shown["text"] == (indexed / "documents" / name).read_text("utf-8")
    assert (shown["date"], shown["language"], shown["left_out"]) == ("2026-01-16", "es", [])
    assert all(block["kind"] and block["start"] < block["end"] for block in shown["blocks"])
    assert shown["blocks"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask",), "question"),
        (("ask", "hola", "--engine", "nonsense"), "engine"),
        (("index", "--documents", "nowhere"), "nowhere"),
        (("show", "nothing.txt"), "nothing.txt"),
        (("ask", " "), "empty"),
        (("nonsense",), "nonsense"),
        (("ask", QUESTION, "--ics", "nowhere/a.ics"), "--ics"),
        (("timeline", "reunión ministerial", "--ics", "nowhere/a.ics"), "--ics"),
        (("feedback", "--export", "/dev/null/set"), "--export"),
    ],
)
def test_a_mistake_is_one_sentence_and_a_failure(
    indexed: Path, arguments: tuple[str, ...], words: str, run_here: Callable[..., Ended]
) -> None:
    finished = run_here(indexed, *arguments)
    as_json = run_here(indexed, *arguments, "--json")
    assert finished.returncode != 0
    assert words in finished.stderr
    assert "Traceback" not in finished.stderr + as_json.stderr
    assert words in json_of(as_json)["error"]


def test_a_flag_beats_the_environment_which_beats_the_file(
    folder: Path, run_here: Callable[..., Ended]
) -> None:
    (folder / "hemeroteca.toml").write_text('index = "from-file"\n', "utf-8")
    from_file = json_of(run_here(folder, "status", "--json"))
    from_environment = json_of(run_here(folder, "status", "--json", HEMEROTECA_INDEX="from-environment"))
    from_flag = json_of(run_here(folder, "status", "--json", "--index", "from-flag", HEMEROTECA_INDEX="x"))
    assert from_file["index_path"] == "from-file"
    assert from_environment["index_path"] == "from-environment"
    assert from_flag["index_path"] == "from-flag"


@pytest.mark.parametrize("content", ["nonsense = 1\n", "index = [\n", "deadline = -5\n"])
def test_a_settings_file_that_cannot_be_used_is_named(
    folder: Path, content: str, run_here: Callable[..., Ended]
) -> None:
    (folder / "hemeroteca.toml").write_text(content, "utf-8")
    finished = run_here(folder, "status")
    assert finished.returncode == 1
    assert "Traceback" not in finished.stderr
    assert finished.stderr.startswith("Error: ")


def test_an_unknown_setting_in_the_environment_is_named(folder: Path) -> None:
    assert "HEMEROTECA_ENGIN" in run(folder, "status", HEMEROTECA_ENGIN="local").stderr


def test_an_empty_archive_says_how_to_add_documents(tmp_path: Path, run_here: Callable[..., Ended]) -> None:
    (tmp_path / "documents").mkdir()
    answer = json_of(run_here(tmp_path, "ask", "¿Qué pasó?", "--json"))
    assert answer["answered"] is False
    assert "hemeroteca index" in answer["text"]
