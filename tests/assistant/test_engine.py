"""How a follow-up becomes a question that stands alone, with a model."""

from dataclasses import replace

import pytest

from assistant.answer import finished
from assistant.assistant import Assistant
from assistant.llms.choice import EngineChoice
from assistant.questions.history import Exchange
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
            assert engine.standalone(asking, engine.calls()).text == expected


@pytest.mark.parametrize("reply", [says("¿En qué ciudad?"), says('{"question": '), fails(503)])
def test_without_a_plan_that_can_be_read_rules_word_the_search_and_the_model_still_decides(
    seed: Settings, reply: Behaviour
) -> None:
    with ModelServer(reply, says("NO_ANSWER")) as server:
        settings = seed.model_copy(update={"engine": "openai", "base_url": server.url, "model": "m"})
        with Assistant(settings) as assistant:
            answer = finished(assistant.stream("¿Y dónde?", history=[BEFORE]))
        assert (answer.standalone, answer.answered, answer.fallback) == (BY_RULES, False, None)
        assert len(server.requests) == 2 and "Washington" in server.prompt(1)


def test_no_weak_evidence_keeps_a_question_from_a_model_that_reads(seed: Settings) -> None:
    with ModelServer(says("NO_ANSWER")) as server:
        settings = seed.model_copy(update={"engine": "openai", "base_url": server.url, "model": "m"})
        with Assistant(settings) as assistant:
            answer = assistant.ask("¿Quién escribió Cien años de soledad?")
        assert len(server.requests) == 1
    assert not answer.answered and answer.confidence < settings.threshold
