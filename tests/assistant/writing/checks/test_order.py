"""The words of a quote, put together as they were or otherwise."""

import pytest

from assistant.writing.checks.order import is_in_order
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

TAX = Proof(
    "El frente criticó el aumento del impuesto por medio de la disminución del descuento para compras con tarjeta, "
    "de 4% a 2%.",
    "es",
)
MINISTER = Proof("La ministra de Pesca de Valdoria, Ana Ruiz, viajó el lunes a la costa con su equipo.", "es")
BOTH = Proof(
    "El ministro de Riego, Juan Sosa, la ministra de Pesca, Ana Ruiz, y el ingeniero Paz hablaron.", "es"
)


@pytest.mark.parametrize(
    ("claim", "proof", "ordered"),
    [
        ("El frente criticó el aumento del impuesto.", TAX, True),
        ("El aumento del impuesto fue de 4% a 2%.", TAX, False),
        ("El descuento para compras con tarjeta, de 4% a 2%.", TAX, True),
        ("Ana Ruiz viajó el lunes a la costa.", MINISTER, True),
        ("Ana Ruiz es la ministra de Pesca de Valdoria.", MINISTER, True),
        ("La ministra de Pesca de Valdoria es Ana Ruiz.", MINISTER, True),
        ("El equipo es de Ana Ruiz.", MINISTER, False),
        ("La costa viajó con Ana Ruiz.", MINISTER, False),
        ("Sosa es el ministro de Riego, Juan Sosa, la ministra de Pesca, Ana Ruiz.", BOTH, False),
    ],
)
def test_what_is_said_must_be_said_in_the_order_of_the_quote(claim: str, proof: Proof, ordered: bool) -> None:
    assert is_in_order(claim, "es", [proof]) is ordered


def test_a_name_that_only_the_context_gives_has_no_place() -> None:
    born = Proof("Nació en Varsovia en 1867.", "es", context="Marie Curie fue física.")
    assert is_in_order("Marie Curie nació en Varsovia en 1867.", "es", [born])


def test_a_quote_that_says_little_of_a_sentence_gives_it_no_order() -> None:
    ill = Proof("Un 80% de los enfermos tiene síntomas leves y un 15% atraviesa una enfermedad grave.", "es")
    died = Proof("Se estima que un 2% de los enfermos de más de 60 años ha muerto.", "es")
    swapped = "Un 15% de los enfermos tiene síntomas leves y atraviesa una enfermedad grave."
    assert not is_in_order(swapped, "es", [ill, died])
    assert is_in_order("Un 80% de los enfermos tiene síntomas leves.", "es", [died, ill])


def test_what_somebody_is_must_stand_in_the_quote_and_not_before_it() -> None:
    markets = Proof(
        "“Hay dos ferias cerradas”, comentó Sosa.", "es", context="El secretario de Riego, Juan Sosa"
    )
    assert not is_in_order("El secretario de Riego es Juan Sosa.", "es", [markets])


def test_what_only_the_context_names_is_not_told_of_the_rest() -> None:
    tea = Proof(
        "Después fue al salón de té Inés, en Pocitos.", "es", context="Recorrió la feria del Parque Rodó."
    )
    assert is_in_order("El salón de té Inés, en Pocitos.", "es", [tea])
    assert not is_in_order("El salón de té Inés, en Pocitos, en el Parque Rodó.", "es", [tea])


def test_who_did_it_is_not_taken_from_the_context_where_the_quote_names_another() -> None:
    prize = Proof(
        "La Universidad de Sur ganó el premio a la mejor biblioteca.", "es", context="La Universidad de Norte"
    )
    assert not is_in_order("La Universidad de Norte ganó el premio a la mejor biblioteca.", "es", [prize])


def test_what_the_quote_does_not_speak_of_is_nothing_that_it_names() -> None:
    credit = Proof("Marta Paz, fotógrafa", "es", context="La intendencia de Salina amplió el horario.")
    assert not is_in_order("La intendencia de Salina es Marta Paz.", "es", [credit])


def test_evidence_in_another_language_has_another_order() -> None:
    assert is_in_order("Ana Ruiz, of Valdoria, is the minister of Fishing.", "en", [MINISTER])


def test_only_a_model_that_is_to_be_literal_is_held_to_it() -> None:
    claim = "El aumento del impuesto fue de 4% a 2%."
    assert judge(claim, "es", [TAX]).supported
    assert judge(claim, "es", [TAX], literal=True).reason is Reason.ORDER
