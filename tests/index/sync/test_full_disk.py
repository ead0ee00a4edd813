import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    trial = [*NAMESPACE, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("size", ["2m", "3m", "5m"])
def test_a_full_disk_is_told_the_old_index_answers_and_the_next_run_goes_on(
    tmp_path: Path, size: str
) -> None:
    if not may_mount():
        pytest.skip("no small disk can be mounted here (unshare and user namespaces are needed)")
    command = [*NAMESPACE, sys.executable, "-m", "tests.full_disk", str(tmp_path / "archive"), size]
    finished = subprocess.run(
        [*command, str(tmp_path / "fresh")], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count("is full: make room") == 2
