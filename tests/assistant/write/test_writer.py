"""What a model is shown, and what stands in for it."""

from time import monotonic

import pytest

from assistant.answer import Evidence
from assistant.finding.found import Found
from assistant.llms.choice import EngineChoice, open_llm
from assistant.llms.record import Calls
from assistant.settings import Settings
from assistant.write.prompts import Asking
from assistant.write.writer import Writer
from index.document import Document, Span
from tests.embedders import HashEmbedder
from tests.model_server import ModelServer, says

SMALL = EngineChoice("local", "m", most_evidence=3, most_characters=50, repair=False)


def evidence(*texts: str) -> list[Evidence]:
    return [
        Evidence(n, Document(f"d{n}", f"d{n}.txt", f"Nota {n}", text, "es"), Span(0, len(text)), 1.0, 0.9)
        for n, text in enumerate(texts, 1)
    ]


def write(server: ModelServer, choice: EngineChoice, items: list[Evidence]) -> list[str]:
    settings = Settings(base_url=server.url, api_key="sk-1", model="m")
    llm = open_llm(settings, EngineChoice("openai", "m"))
    assert llm is not None
    writer = Writer(settings, choice, Calls(llm, monotonic() + 20, 0), HashEmbedder())
    written = writer.write(Asking("¿Qué pasó?", "es"), Found(tuple(items), 1.0, None))
    return [verified.sentence.text for verified in written]


def test_a_small_model_is_shown_few_and_short_sentences() -> None:
    items = evidence("Llovió en toda la costa norte.", "Nevó en la sierra.", "Granizó en el valle bajo.")
    with ModelServer(says("Llovió en toda la costa norte [1].")) as server:
        write(server, SMALL, items)
        prompt = server.prompt()
    assert "Llovió" in prompt and "Nevó" in prompt and "Granizó" not in prompt


def test_one_sentence_is_shown_however_long_it_is() -> None:
    long = "Llovió en toda la costa norte y en el valle bajo durante la noche del lunes."
    with ModelServer(says("Llovió en toda la costa norte [1].")) as server:
        assert write(server, SMALL, evidence(long)) == ["Llovió en toda la costa norte."]


@pytest.mark.parametrize("held", ["", "Llovió en toda la costa norte [1]. "])
def test_a_small_model_is_not_asked_again_for_what_failed(held: str) -> None:
    reply, items = f"{held}Murieron 900 personas [1].", evidence("Llovió en toda la costa norte.")
    with ModelServer(says(reply)) as server:
        (told,) = write(server, SMALL, items)
        assert "Llovió" in told
        assert len(server.requests) == 1
    with ModelServer(says(reply)) as server:
        write(server, EngineChoice("openai", "m"), items)
        assert len(server.requests) == 2
