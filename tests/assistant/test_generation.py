"""The path from a prompt to proved sentences, against a real HTTP server."""

import datetime
from collections.abc import Iterator
from time import monotonic

import pytest

from assistant.answer import Evidence, Verified
from assistant.errors import EngineFailed
from assistant.generation import Written, write
from assistant.llms import EngineChoice, open_llm
from assistant.settings import Settings
from index.documents import Document, Span
from index.sentences import split_sentences
from tests.model_server import ModelServer, cut_after, fails, says, sends, stalls_after, streams, trickles

TEXT = (
    "El canciller Juan Ramón de la Fuente habló con el secretario Marco Rubio. "
    "La próxima reunión será realizada el 23 de enero. "
    "El Departamento de Estado no aceptó el progreso gradual. "
    "El plan costará 1.500 millones de pesos."
)
KEY = "sk-very-secret"


@pytest.fixture
def evidence() -> tuple[Evidence, ...]:
    date = datetime.date(2026, 1, 16)
    document = Document("nota", "nota.txt", "Seguridad bilateral", TEXT, "es", date)
    return tuple(Evidence(n, document, span, 1.0, 0.9) for n, span in enumerate(split_sentences(TEXT), 1))


def ask(
    server: ModelServer, evidence: tuple[Evidence, ...], *, deadline: float = 20.0, retries: int = 0
) -> Iterator[Verified | Written]:
    settings = Settings(base_url=server.url, api_key=KEY, model="test-model", deadline=deadline)
    llm = open_llm(settings, EngineChoice("openai", "test-model"))
    assert llm is not None
    return write("¿Cuándo es la reunión?", "es", evidence, llm, deadline=deadline, retries=retries)


def test_a_supported_sentence_is_yielded_with_an_exact_citation(evidence: tuple[Evidence, ...]) -> None:
    with ModelServer(says("La reunión será ", "el 23 de enero", " [2].")) as server:
        *verified, written = ask(server, evidence)
    (first,) = verified
    assert isinstance(first, Verified) and isinstance(written, Written)
    assert first.sentence.text == "La reunión será el 23 de enero."
    assert [(c.marker, c.quote, c.verified) for c in first.citations] == [(1, evidence[1].quote, True)]
    assert written.sentences == (first.sentence,)
    assert (written.tokens_in, written.tokens_out) == (7, 3)
