"""Publication dates of real documents, found through HEMEROTECA_EVAL; where there is none, none is made up."""

import gzip
import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from index.document import DateSource, Reading
from index.readers import read_bytes

DATA = Path(os.environ.get("HEMEROTECA_EVAL", "/nonexistent"))
TRANSCRIPTS = sorted(DATA.glob("mananeras/*.txt"))
PAGES = sorted(DATA.glob("formats/fundus-html-es/*.html.gz"))

pytestmark = pytest.mark.skipif(
    not (TRANSCRIPTS and PAGES), reason="HEMEROTECA_EVAL does not name a folder with transcripts and pages"
)


def read(text: str, name: str) -> Reading:
    return read_bytes(text.encode(), name).readings[0]


def page(path: Path) -> tuple[str, date]:
    """A news page and the day its gold tells."""
    gold = json.loads(path.with_name(path.name.split("_")[0] + ".json").read_text("utf-8"))
    published = datetime.fromisoformat(gold["V1"]["publishing_date"]).date()
    return gzip.decompress(path.read_bytes()).decode("utf-8"), published


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_dated_by_its_first_line_whatever_its_name(path: Path) -> None:
    found = read(path.read_text("utf-8"), "conferencia.txt")
    assert (found.date, found.date_source) == (date.fromisoformat(path.stem), DateSource.HEADER)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_news_page_is_dated_as_its_gold_whatever_its_name(path: Path) -> None:
    text, published = page(path)
    assert read(text, "pagina.html").date == published


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_what_is_said_in_a_transcript_does_not_date_it(path: Path) -> None:
    _, _, said = path.read_text("utf-8").partition("---")
    found = read(said, "conferencia.txt")
    assert (found.date, found.date_source) == (None, None)


def test_news_without_its_date_field_has_no_date() -> None:
    rows = [json.loads(line) for line in (DATA / "rss" / "documents.jsonl").read_text("utf-8").splitlines()]
    lines = "\n".join(
        json.dumps({"id": row["id"], "title": row["title"], "text": row["text"]}) for row in rows
    )
    readings = read_bytes(lines.encode(), "noticias.jsonl").readings
    assert len(readings) == len(rows)
    assert {reading.date for reading in readings} == {None}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_words_of_a_news_page_do_not_date_it(path: Path) -> None:
    text, _ = page(path)
    found = read(read(text, "pagina.html").text, "pagina.txt")
    assert found.date is None
