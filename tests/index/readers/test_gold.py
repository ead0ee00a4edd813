"""Real files in many formats, found through HEMEROTECA_EVAL: none breaks a run, pages match their gold."""

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.errors import UnreadableDocument
from index.inside import open_inside
from index.readers import READERS, read_bytes
from index.sandbox import ReaderPool, ReadJob
from index.walk import walk

FORMATS = Path(os.environ.get("HEMEROTECA_EVAL", "/nonexistent")) / "formats"

pytestmark = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="HEMEROTECA_EVAL does not name a folder with `formats`"
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def gold_pages() -> Iterator[tuple[Path, Path]]:
    for page in sorted(FORMATS.glob("*/*.html.gz")):
        yield page, page.with_name(page.name.split("_")[0] + ".json")


def test_every_real_file_is_read_or_skipped_with_a_reason() -> None:
    found = walk(FORMATS)
    jobs = (ReadJob(open_inside(FORMATS, file.path), file.path, file.modified) for file in found.files)
    with ReaderPool() as pool:
        readings = {job.path: pool.submit(job) for job in jobs}
        refused = {path: error for path, reading in readings.items() if (error := reading.exception())}
    assert all(isinstance(error, UnreadableDocument) and str(error) for error in refused.values())
    for line in (FORMATS / "MANIFEST.jsonl").read_text().splitlines():
        entry = json.loads(line)
        if entry["kind"].startswith("ok") and Path(entry["file"]).suffix in READERS.keys() - {".pdf"}:
            assert entry["file"] not in refused


def test_the_same_words_are_found_in_every_format() -> None:
    samples = [path for path in FORMATS.glob("*/eng_spa_mult.*") if path.suffix in READERS]
    counts = [words(read_bytes(path.read_bytes(), path.name).readings[0].text) for path in samples]
    assert len(counts) >= 5
    assert all(count == counts[0] for count in counts)


@pytest.mark.parametrize(("page", "gold"), list(gold_pages()), ids=lambda path: path.stem)
def test_a_news_page_matches_its_gold(page: Path, gold: Path) -> None:
    expected = json.loads(gold.read_text("utf-8"))["V1"]
    paragraphs = [part for section in expected["body"]["sections"] for part in section["paragraphs"]]
    body = words(" ".join([*expected["body"]["summary"], *paragraphs]))
    (reading,) = read_bytes(gzip.decompress(page.read_bytes()), "page.html")
    assert reading.date == date.fromisoformat(expected["publishing_date"][:10])
    assert reading.title == expected["title"]
    assert (words(reading.text) & body).total() >= 0.9 * body.total()
