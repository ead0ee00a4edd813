"""Verbs whose number is changed."""

import pytest

from assistant.writing.checks.proof import Proof
from assistant.writing.checks.subject import changed_verb
from assistant.writing.citations import Reason, judge

PROPOSAL = Proof("En cuanto a la propuesta del alcalde, señalan que es notoria su falta de equidad.", "es")
MEASURES = Proof("Enumeró las medidas del Grupo Asesor que se llevaron a cabo y la obra que terminó.", "es")


@pytest.mark.parametrize(
    ("claim", "proof", "changed"),
    [
        ("La propuesta del alcalde señala que es notoria su falta de equidad.", PROPOSAL, "senala"),
        ("De la propuesta señalan que es notoria su falta de equidad.", PROPOSAL, None),
        ("El Grupo Asesor se llevó a cabo.", MEASURES, "llevo"),
        ("Las obras terminaron.", MEASURES, "terminaron"),
        ("La obra terminó.", MEASURES, None),
        ("El asesor enumeró medidas.", MEASURES, None),
    ],
)
def test_a_verb_keeps_its_number(claim: str, proof: Proof, changed: str | None) -> None:
    assert changed_verb(claim, "es", [proof]) == changed


def test_other_languages_do_not_show_it_by_the_ending() -> None:
    assert changed_verb("O plano disse que sim.", "pt", [Proof("Os planos dissen que sim.", "pt")]) is None


def test_only_a_model_that_is_to_be_literal_is_held_to_it() -> None:
    claim = "La propuesta del alcalde señala que es notoria su falta de equidad."
    assert judge(claim, "es", [PROPOSAL]).supported
    assert judge(claim, "es", [PROPOSAL], literal=True).reason is Reason.SUBJECT
