"""What a file can make the machine do is bounded: memory by what it unpacks to, time by what is read of it."""

import gzip
import subprocess
import sys
from datetime import date
from pathlib import Path

from index.document import Document, Span
from index.event_dates import dates_of_sentence

PROJECT = Path(__file__).parents[2]
READ = """
import resource, sys
from index.errors import UnreadableDocument
from index.readers import read_bytes
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_bytes(data, "bomb.txt.gz")
except UnreadableDocument as error:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, error)
"""


def test_a_gzip_bomb_is_let_go_before_it_fills_the_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.txt.gz"
    with gzip.open(bomb, "wb") as file:
        for _ in range(600):
            file.write(b"a" * 1024**2)
    command = [sys.executable, "-c", READ, str(bomb)]
    shown = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    kilobytes, _, reason = shown.partition(" ")
    assert "zip bomb" in reason
    assert int(kilobytes) < 300_000


def test_of_a_text_without_a_stop_dates_are_read_in_its_beginning_alone() -> None:
    text = "el 3 de mayo y " * 10_000
    document = Document("a", "a.txt", "A", text, "es", date(2026, 1, 1))
    dates = dates_of_sentence(document, Span(0, len(text)))
    assert dates
    assert max(found.span.end for found in dates) <= 10_000
