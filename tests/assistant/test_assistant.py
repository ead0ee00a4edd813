import asyncio
import weakref
from pathlib import Path

import pytest

from assistant import Assistant, Event, Finished, Retrieved, Verified
from index.embed.e5.weights import default_cache
from tests.news import small_archive

QUESTION = "¿Cuándo será la próxima reunión del Grupo de Implementación de Seguridad?"


def test_an_answer_streams_without_blocking_the_event_loop(seed_assistant: Assistant) -> None:
    async def collect() -> list[Event]:
        return [event async for event in seed_assistant.astream(QUESTION)]

    first, *verified, last = asyncio.run(collect())
    assert isinstance(first, Retrieved)
    assert verified
    assert all(isinstance(event, Verified) for event in verified)
    assert isinstance(last, Finished)
    assert last.answer.text == seed_assistant.ask(QUESTION).text


def test_a_closed_archive_holds_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Under another name the cache gives another reader than the one that these tests hold.
    (tmp_path / "cache").symlink_to(default_cache().parent, target_is_directory=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with small_archive(tmp_path, [{"text": "La feria abre en mayo."}]) as archive:
        reader = weakref.ref(archive.retriever().open_reader())
        assert reader() is not None
    assert reader() is None
    assert archive.settings.index.is_dir()
