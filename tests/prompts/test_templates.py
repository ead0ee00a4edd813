"""Every prompt renders in every language with what the code gives it."""

from string import Template

import pytest

from assistant.prove.proof import Reason
from index.language import detect_language
from prompts import LANGUAGES, phrase, render

LANGUAGE = {"language_name": "Esperanto"}
EVIDENCE = {"evidence": "[1] (2026-01-16) Llovió.", "question": "¿Llovió?"}
AROUND = {"circumstances": "2026-02-03", "conversation": "> ¿Nevó?"}
FIELDS = {
    "system": LANGUAGE,
    "answer": {**EVIDENCE, **AROUND},
    "plan": {"question": "¿Llovió?", **AROUND, **LANGUAGE},
    "small_system": LANGUAGE,
    "small_answer": {**EVIDENCE, **LANGUAGE},
    "repair": {"sentences": "- Nevó [1].", **LANGUAGE},
    "second_look": {"question": "¿Llovió?", "claims": "1. Llovió.\n  > (2026-01-16) Llovió."},
    "condense": {"history": "- ¿Llovió?", "question": "¿Y nevó?", **LANGUAGE},
}
# Its only words are those that the code puts into it.
WORDLESS = "answer"


@pytest.mark.parametrize("language", [*LANGUAGES, "eo"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_prompt_renders_with_every_field_filled_in(name: str, language: str) -> None:
    text = render(name, language, **FIELDS[name])
    assert not Template(text).get_identifiers()
    for field, value in FIELDS[name].items():
        assert value in text or (field == "language_name" and language in LANGUAGES)


@pytest.mark.parametrize("language", [*LANGUAGES, "eo"])
@pytest.mark.parametrize("name", ["system", "small_system"])
def test_a_model_is_told_how_to_say_no_and_that_evidence_is_data(name: str, language: str) -> None:
    system = render(name, language, language_name="")
    assert "NO_ANSWER" in system and "<evidence>" in system


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_spoken_to_in_the_language_it_is_to_answer_in(language: str) -> None:
    prompts = (
        render(name, language, **dict.fromkeys(fields, ""))
        for name, fields in FIELDS.items()
        if name != WORDLESS
    )
    assert {detect_language(prompt) for prompt in prompts} == {language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_for_dropping_a_sentence_can_be_said(reason: Reason, language: str) -> None:
    assert phrase(f"dropped_{reason}", language, detail="X").endswith((".", "»."))
