"""Rules of `.hemerotecaignore` in any folder, compared with what git makes of the same rules."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from index.walk import IGNORE_FILE, walk

TREE = (
    "a.txt",
    "a.csv",
    "notes/a.txt",
    "notes/b.csv",
    "notes/old/a.txt",
    "notes/old/deep/a.txt",
    "notes/new/a.txt",
    "other/notes/a.txt",
    "other/drafts/a.txt",
    "other/keep/a.csv",
)


def lay_out(root: Path, rules: dict[str, str]) -> None:
    for path in TREE:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("Hola.")
    for folder, lines in rules.items():
        (root / folder / IGNORE_FILE).write_text(lines)


def read_by_git(root: Path) -> list[str]:
    """The files that git would add, with the same rules in its own files."""
    for rules in list(root.rglob(IGNORE_FILE)):
        shutil.copy(rules, rules.with_name(".gitignore"))
    nothing = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_DIR": str(root / ".git"),
    }
    git = ["git", "-c", "core.excludesFile=", "-C", str(root)]
    subprocess.run([*git, "init", "-q"], check=True, env={**os.environ, **nothing})
    listed = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **nothing},
    )
    return sorted(path for path in listed.stdout.splitlines() if not path.rpartition("/")[2].startswith("."))


@pytest.mark.skipif(shutil.which("git") is None, reason="git, which is compared with, is not installed")
@pytest.mark.parametrize(
    "rules",
    [
        {"": "*.csv\n", "notes": "!b.csv\n"},
        {"": "a.txt\n", "notes": "!a.txt\n", "notes/old": "a.txt\n", "notes/old/deep": "!a.txt\n"},
        {"notes": "/a.txt\n"},
        {"notes": "old/a.txt\n"},
        {"notes": "old/\n", "notes/old": "!a.txt\n"},
        {"": "notes/\n", "notes": "!*\n"},
        {"": "/notes/\n"},
        {"": "**/drafts\n*.csv\n!other/keep/a.csv\n"},
        {"other": "*\n!keep/\n", "other/keep": "!*\n"},
        {"": "*\n!*/\n!*.txt\n"},
        {"": "/*\n!/other/\n", "other": "drafts\n"},
        {"": "notes/**\n!notes/old/\n"},
        {"": "notes/*\n!notes/old\n"},
        {"": "other/**/a.txt\n"},
        {"other": "# all\n\n\\!a.txt\nkeep/*.csv \n"},
    ],
)
def test_rules_leave_out_what_the_same_rules_would_in_git(tmp_path: Path, rules: dict[str, str]) -> None:
    lay_out(tmp_path, rules)
    found = [file.path for file in walk(tmp_path).files]
    assert found == read_by_git(tmp_path)
    assert found != sorted(TREE)


def test_the_deepest_folder_with_a_rule_decides(tmp_path: Path) -> None:
    lay_out(tmp_path, {"": "*.txt\n", "notes": "!*.txt\n", "notes/old": "a.txt\n"})
    found = [file.path for file in walk(tmp_path).files]
    assert [path for path in found if path.endswith(".txt")] == ["notes/a.txt", "notes/new/a.txt"]


def test_rules_that_cannot_be_used_are_reported_and_those_above_hold(tmp_path: Path) -> None:
    lay_out(tmp_path, {"": "*.csv\n"})
    (tmp_path / "notes" / IGNORE_FILE).mkdir()
    found = walk(tmp_path)
    assert [skipped.path for skipped in found.skipped] == [f"notes/{IGNORE_FILE}"]
    assert "rules cannot be used" in str(found.skipped[0].reason)
    assert "notes/a.txt" in {file.path for file in found.files}
    assert "notes/b.csv" not in {file.path for file in found.files}


def test_rules_that_are_a_pipe_or_a_link_out_of_the_archive_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("*\n")
    root = tmp_path / "root"
    lay_out(root, {})
    os.mkfifo(root / IGNORE_FILE)
    (root / "notes" / IGNORE_FILE).symlink_to(tmp_path / "elsewhere")
    found = walk(root)
    assert {skipped.path for skipped in found.skipped} == {IGNORE_FILE, f"notes/{IGNORE_FILE}"}
    assert [file.path for file in found.files] == sorted(TREE)
