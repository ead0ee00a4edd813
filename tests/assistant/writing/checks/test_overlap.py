"""How much of a sentence its evidence says."""

import pytest

from assistant.writing.checks.overlap import adds_unsaid, overlap
from assistant.writing.checks.proof import Proof
from assistant.writing.citations import Reason, judge

AGENCY = Proof("La Agencia de Riego (ARI) anunció ayer un concurso para financiar bombas de agua.", "es")


@pytest.mark.parametrize(
    ("claim", "share"),
    [
        ("La agencia anunció un concurso.", 1.0),
        ("Las agencias anunciaron concursos.", 1.0),
        ("La agencia anunció un desfile.", 2 / 3),
        ("Los delfines nadan.", 0.0),
        ("", 0.0),
    ],
)
def test_overlap_is_the_share_of_content_words_in_any_form(claim: str, share: float) -> None:
    assert overlap(claim, "es", [AGENCY]) == pytest.approx(share)


def test_a_synonym_counts_as_the_word() -> None:
    assert overlap("Se contaron 40 contagios.", "es", [Proof("Se contaron 40 casos.", "es")]) == 1.0


@pytest.mark.parametrize(
    ("question", "claim", "unsaid"),
    [
        ("¿Qué es la ARI?", "La ARI es una institución pública que investiga tecnologías.", True),
        ("¿Qué es la ARI?", "La ARI es la Agencia de Riego.", False),
        ("¿Qué anunció la ARI?", "La ARI anunció un concurso que financia bombas.", False),
        ("¿Qué hizo la ARI?", "La ARI celebrará un concurso, que tendrá lugar para financiar bombas.", False),
    ],
)
def test_what_is_added_to_the_question_must_mostly_be_said(question: str, claim: str, unsaid: bool) -> None:
    assert adds_unsaid(claim, "es", question, [AGENCY]) is unsaid


def test_what_a_model_knows_by_itself_is_dropped() -> None:
    claim = "La Agencia de Riego (ARI) es una institución pública que investiga tecnologías."
    assert judge(claim, "es", [AGENCY], question="¿Qué es la ARI?").reason is Reason.MEANING


def test_evidence_in_another_language_says_it_in_other_words() -> None:
    claim = "The agency is a public institution for new technologies."
    assert not adds_unsaid(claim, "en", "What is the agency?", [AGENCY])
