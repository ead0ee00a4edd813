"""Words of a sentence that its evidence does not have, and verbs in another form."""

import pytest

from assistant.writing.checks.literal import word_of_its_own
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

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


def test_only_a_model_that_is_to_be_literal_is_held_to_it() -> None:
    claim = "La propuesta del alcalde señala que es notoria su falta de equidad."
    assert judge(claim, "es", [PROPOSAL]).supported
    assert judge(claim, "es", [PROPOSAL], literal=True).reason is Reason.LITERAL
