"""No pattern takes more than linear time, whatever text comes in."""

import json
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_no_pattern_is_worse_than_linear() -> None:
    """Every pattern that the packages compile, on the characters and words that slow patterns down."""
    command = [sys.executable, "-m", "tests.security.patterns"]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert [json.loads(line) for line in finished.stdout.splitlines()] == []
