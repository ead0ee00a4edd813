"""What a small model is held to: the words of its evidence, in their form and order."""

import pytest

from assistant.prove.facts import judge
from assistant.prove.proof import Proof, Reason
from assistant.prove.strict import (
    contradicts,
    is_in_order,
    judge_strictly,
    reason_of_its_own,
    word_of_its_own,
)

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


PROPOSAL = Proof("En cuanto a la propuesta del alcalde, señalan que es notoria su falta de equidad.", "es")
MEASURES = Proof("Enumeró las medidas del Grupo Asesor que se llevaron a cabo y la obra que terminó.", "es")
STATEMENT = Proof(
    "El comunicado fue difundido por el sindicato y firmado por Ana Ruiz.", "es", context="Sequía"
)


@pytest.mark.parametrize(
    ("claim", "proof", "own"),
    [
        ("La propuesta del alcalde señala que es notoria su falta de equidad.", PROPOSAL, "señala"),
        ("De la propuesta señalan que es notoria su falta de equidad.", PROPOSAL, None),
        ("El Grupo Asesor se llevó a cabo.", MEASURES, "llevó"),
        ("Las obras terminaron.", MEASURES, "terminaron"),
        ("La obra terminó.", MEASURES, None),
        ("El asesor enumeró medidas.", MEASURES, None),
        ("Ana Ruiz difundió el comunicado.", STATEMENT, "difundió"),
        ("El comunicado fue difundido en la sequía por el sindicato.", STATEMENT, None),
        ("El comunicado fue difundido por la prensa.", STATEMENT, "prensa"),
        ("El comunicado fue firmado por Ana Ruiz en 2026, en total.", STATEMENT, None),
    ],
)
def test_every_word_must_be_the_evidences(claim: str, proof: Proof, own: str | None) -> None:
    assert word_of_its_own(claim, "es", [proof]) == own


def test_of_evidence_in_another_language_only_names_and_figures_pass() -> None:
    assert word_of_its_own("The union spread a statement.", "en", [STATEMENT]) == "union"
    assert word_of_its_own("Ana Ruiz, 515", "en", [STATEMENT]) is None


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


@pytest.mark.parametrize(
    ("claim", "quote", "contradicted"),
    [
        ("Marco Rubio aceptó el plan.", "Marco Rubio no aceptó el plan.", True),
        ("Marco Rubio no aceptó el plan.", "Marco Rubio aceptó el plan.", True),
        ("Marco Rubio no aceptó el plan.", "Marco Rubio rechazó el plan y no lo aceptó.", False),
        ("Marco Rubio aceptó el plan.", "Marco Rubio aceptó el plan.", False),
    ],
)
def test_what_is_denied_on_one_side_is_not_stated_on_the_other(
    claim: str, quote: str, contradicted: bool
) -> None:
    assert contradicts(claim, "es", [Proof(quote, "es")]) is contradicted


@pytest.mark.parametrize(
    ("claim", "proof", "reason"),
    [
        ("El aumento del impuesto fue de 4% a 2%.", TAX, Reason.ORDER),
        ("La propuesta del alcalde señala que es notoria su falta de equidad.", PROPOSAL, Reason.LITERAL),
    ],
)
def test_what_a_large_model_may_say_a_small_one_may_not(claim: str, proof: Proof, reason: Reason) -> None:
    assert judge(claim, "es", [proof]).is_proved
    assert judge_strictly(claim, "es", [proof]).reason is reason
