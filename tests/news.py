"""Small archives that a test makes up."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant, Settings


@contextmanager
def small_archive(folder: Path, documents: Iterable[Mapping[str, str]]) -> Iterator[Assistant]:
    """An assistant over documents given as the objects of a JSONL file, indexed as any, in an empty folder."""
    (folder / "documents").mkdir()
    lines = (json.dumps(document) for document in documents)
    (folder / "documents" / "archive.jsonl").write_text("\n".join(lines), "utf-8")
    settings = Settings(
        documents=folder / "documents",
        index=folder / "index",
        conversations=folder / "conversations.sqlite3",
        engine="extractive",
    )
    with Assistant(settings) as opened:
        opened.sync()
        yield opened
