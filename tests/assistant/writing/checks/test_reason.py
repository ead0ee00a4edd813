"""Causes and aims that a sentence makes of what it was shown."""

import pytest

from assistant.writing.checks.proof import Proof
from assistant.writing.checks.reason import reason_of_its_own

LISTED = Proof("El Área de Defensa del Consumidor publicó la lista de precios para evitar abusos.", "es")
CLOSED = Proof("La escuela cerró debido a la sequía, porque el pozo no daba agua.", "es")


@pytest.mark.parametrize(
    "claim",
    [
        "Para evitar abusos.",
        "Para evitar los abusos.",
        "Debido a la sequía.",
        "Porque el pozo no daba agua.",
        "El área publicó la lista de precios.",
        "Para",
        "",
    ],
)
def test_a_reason_that_a_quote_gives_as_one_stands(claim: str) -> None:
    assert reason_of_its_own(claim, [LISTED, CLOSED]) is None


@pytest.mark.parametrize(
    ("claim", "link"),
    [
        ("Porque el Área de Defensa del Consumidor publicó la lista de precios.", "porque"),
        ("Para publicar la lista.", "para"),
        ("Porque la escuela cerró.", "porque"),
        ("El pozo no daba agua porque la escuela cerró.", "porque"),
    ],
)
def test_a_fact_is_no_reason_for_being_told_as_one(claim: str, link: str) -> None:
    assert reason_of_its_own(claim, [LISTED, CLOSED]) == link
