"""Indexing and asking with servers instead of files."""

import pytest

from assistant import Assistant, Settings
from tests.servers import chroma_server

pytestmark = pytest.mark.services


def test_an_archive_whose_vectors_are_in_a_chroma_server_is_indexed_and_asked(
    seed: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        chroma_server(tmp_path_factory.mktemp("chroma")) as url,
        Assistant(seed.model_copy(update={"vectors": url})) as assistant,
    ):
        report = assistant.sync()
        assert assistant.index_summary()["vectors"] == {"state": "ready", "count": report.chunks}
        assert not list(seed.index.glob("*/chroma"))
        answer = assistant.ask("¿Quién es el canciller?")
        assert any("Juan Ramón de la Fuente" in citation.quote for citation in answer.citations)
