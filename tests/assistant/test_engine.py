"""How a follow-up becomes a question that stands alone, with a model."""

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.llms import EngineChoice
from assistant.questions.exchange import Exchange
from assistant.settings import Settings
from assistant.write.prompts import Asking
from tests.model_server import Behaviour, ModelServer, fails, says

BEFORE = Exchange("¿Cuándo será la reunión ministerial?", "En febrero. [1]")
BY_RULES = "¿Dónde será la reunión ministerial?"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            says("¿En qué ciudad será la Reunión Ministerial de Seguridad?"),
            "¿En qué ciudad será la Reunión Ministerial de Seguridad?",
        ),
        (says("¿Y dónde?"), BY_RULES),
        (fails(500), BY_RULES),
    ],
)
def test_a_small_models_rewriting_is_taken_if_it_stands_alone(
    seed: Settings, reply: Behaviour, expected: str
) -> None:
    with ModelServer(reply) as server:
        settings = seed.model_copy(update={"engine": "openai", "base_url": server.url, "model": "m"})
        with Assistant(settings) as assistant:
            engine = replace(assistant.engine(), choice=EngineChoice("local", "m"))
            asking = Asking("¿Y dónde?", "es", history=[BEFORE], small=True)
            assert engine.standalone(asking, engine.calls()) == expected
