"""What becomes of the parts of a reply: shown, marked, left out, written anew."""

import datetime

import pytest

from assistant.answer import Evidence, Verified
from assistant.prove.facts import opinions_of, second_look_prompt
from assistant.prove.manuscript import Manuscript
from assistant.prove.proof import Reason
from assistant.write.reply import parts_of
from index.document import BlockKind, Document
from index.text.sentences import split_sentences

TEXT = (
    "La reunión será el 23 de enero en Valdoria. "
    "El plan costará 1.500 millones de pesos. "
    "El ministerio no aceptó el progreso gradual. "
    "Ejecute feria-cli --alta para dar de alta un puesto."
)


def a_manuscript(*, is_strict: bool = False) -> Manuscript:
    document = Document("nota", "nota.txt", "El plan", TEXT, "es", datetime.date(2026, 1, 16))
    evidence = [Evidence(n, document, span, 1.0, 0.9) for n, span in enumerate(split_sentences(TEXT), 1)]
    return Manuscript("es", evidence, question="¿Qué se sabe del plan?", is_strict=is_strict)


def written(reply: str, **options: bool) -> tuple[Manuscript, list[Verified]]:
    manuscript = a_manuscript(**options)
    shown = [each for part in parts_of(reply) for each in manuscript.settle(part)]
    return manuscript, [*shown, *manuscript.close()]


def told(reply: str, **options: bool) -> list[tuple[str, tuple[int, ...], bool]]:
    """The sentences of the answer, their citations, and whether they are told as proved."""
    manuscript, shown = written(reply, **options)
    assert [each.sentence for each in shown] == list(manuscript.sentences)
    return [(each.text, each.citations, each.supported) for each in manuscript.sentences]


def test_a_sentence_carries_its_citations_wherever_they_stand() -> None:
    for reply in (
        "La reunión será el 23 de enero [1].",
        "La reunión [1] será el 23 de enero.",
        "La reunión será el 23 de enero. [1]",
        "La reunión será el 23 de enero.\n[1]",
    ):
        assert told(reply) == [("La reunión será el 23 de enero.", (1,), True)]


def test_the_sentences_of_a_paragraph_share_the_citations_at_its_end() -> None:
    assert told("Habrá una reunión. Será el 23 de enero [1].") == [
        ("Habrá una reunión.", (1,), True),
        ("Será el 23 de enero.", (1,), True),
    ]


@pytest.mark.parametrize("opener", ["## El plan", "Acordaron lo siguiente:", "Sí.", "**Tres puntos:**"])
def test_what_introduces_needs_no_citation_of_its_own(opener: str) -> None:
    sentences = told(f"{opener}\n\n- La reunión será el 23 de enero [1]")
    assert [(citations, is_proved) for _, citations, is_proved in sentences] == [((), True), ((1,), True)]


def test_a_heading_and_a_lead_in_with_nothing_behind_are_not_shown() -> None:
    reply = "La reunión será el 23 de enero [1].\n\n## Costes\n\nSon estos:\n\n- Costará 9 pesos [2]"
    assert told(reply) == [("La reunión será el 23 de enero.", (1,), True)]


def test_a_heading_whose_only_sentence_is_struck_goes_with_it() -> None:
    manuscript, _ = written(
        "La reunión será en Valdoria [1].\n\n## Postura\n\nEl ministerio aceptó el plan [3]."
    )
    manuscript.review({claim.number: Reason.CONTRADICTED for claim in manuscript.claims()[1:]})
    assert [sentence.text for sentence in manuscript.sentences] == ["La reunión será en Valdoria."]


def test_a_table_has_its_head_and_each_row_its_citations() -> None:
    manuscript, _ = written(
        "| Cosa | Dato |\n|---|---|\n| Reunión | 23 de enero [1] |\n| Coste | 9 pesos [2] |\n"
    )
    assert [(s.text, s.citations) for s in manuscript.sentences] == [
        ("Cosa | Dato", ()),
        ("Reunión | 23 de enero", (1,)),
    ]
    assert [dropped.text for dropped in manuscript.dropped] == ["Coste | 9 pesos [2]"]


def test_items_and_code_rest_on_what_leads_them_in() -> None:
    assert told("Se hace así [4]:\n\n```\nferia-cli --alta\n```") == [
        ("Se hace así:", (1,), True),
        ("feria-cli --alta", (1,), True),
    ]


def test_code_rests_on_the_markers_behind_it_and_what_is_adapted_is_marked() -> None:
    proved = "La reunión será en Valdoria [1].\n\n"
    assert told(f"{proved}```\nferia-cli --alta\n```\n[4]")[1] == ("feria-cli --alta", (2,), True)
    assert told(f"{proved}```\nrm -rf /\n```\n[4]")[1] == ("rm -rf /", (2,), False)


def test_a_closing_sentence_joins_what_is_cited_before_it() -> None:
    cited = "La reunión será el 23 de enero [1]. El plan costará 1.500 millones [2].\n\n"
    assert told(f"{cited}En suma, habrá reunión y un plan de 1.500 millones.")[-1][1:] == ((), True)
    assert len(told(f"{cited}En suma, costará 1.700 millones.")) == 2


@pytest.mark.parametrize(
    "sentence",
    ["El ministerio tiene dudas.", "El ministerio tiene dudas [9].", "El coste es de 1.500 millones [1]."],
)
def test_what_is_unproved_is_marked_with_its_reason(sentence: str) -> None:
    manuscript, _ = written(
        f"La reunión será el 23 de enero [1].\n\n{sentence}\n\nEl plan costará dinero [2]."
    )
    proved, marked, _ = manuscript.sentences
    assert proved.supported and marked.doubt.endswith((".", "»."))
    assert manuscript.dropped == ()


def test_nothing_is_shown_as_long_as_nothing_is_cited() -> None:
    manuscript, shown = written("El ministerio tiene dudas. Nadie sabe más.")
    assert shown == [] and manuscript.sentences == ()
    assert len(manuscript.dropped) == 2 and all(dropped.reason for dropped in manuscript.dropped)


def test_the_only_sentence_is_shown_if_it_cites_though_it_is_unproved() -> None:
    assert told("El coste es de 1.500 millones [1].") == [("El coste es de 1.500 millones.", (1,), False)]


def test_what_was_held_is_shown_in_its_order_once_something_is_cited() -> None:
    assert [text for text, *_ in told("El ministerio duda [9].\n\nLa reunión será en Valdoria [1].")] == [
        "El ministerio duda.",
        "La reunión será en Valdoria.",
    ]


def test_a_sentence_that_leans_on_one_left_out_is_marked() -> None:
    reply = "La reunión será en Valdoria [1]. Irán 40 alcaldes [1]. De ellos, la mitad será de Valdoria [1]."
    manuscript, _ = written(reply)
    assert [(s.text, s.supported) for s in manuscript.sentences] == [
        ("La reunión será en Valdoria.", True),
        ("De ellos, la mitad será de Valdoria.", False),
    ]


def test_what_is_written_anew_stands_in_its_place_and_is_not_listed() -> None:
    manuscript, _ = written("La reunión será el 24 de enero [1]. El plan costará 1.500 millones [2].")
    (invention,) = manuscript.inventions()
    (shown,) = manuscript.mend(parts_of("La reunión será el 23 de enero [1].\nEl plan durará 9 años [2]."))
    assert invention.mended is not None and shown.sentence == manuscript.sentences[0]
    assert [s.text for s in manuscript.sentences] == [
        "La reunión será el 23 de enero.",
        "El plan costará 1.500 millones.",
    ]
    assert manuscript.dropped == ()


def test_a_part_that_the_documents_do_not_say_is_a_gap() -> None:
    manuscript, _ = written("La reunión será en Valdoria [1].\n\nMISSING: el nombre del ministro")
    gap = manuscript.sentences[-1]
    assert gap.gap and gap.supported and gap.text == "Los documentos no dicen: el nombre del ministro."


@pytest.mark.parametrize("reply", ["NO_ANSWER", "NO_ANSWER\nSEARCH: puestos de feria", "MISSING: todo"])
def test_a_refusal_shows_nothing(reply: str) -> None:
    manuscript, shown = written(reply)
    assert manuscript.refused and shown == [] and manuscript.sentences == () and manuscript.dropped == ()


def test_a_small_model_is_held_to_the_words_and_nothing_of_it_is_marked() -> None:
    assert told("La reunión será el 23 de enero [1].", is_strict=True)
    assert told("El ministerio aceptó el progreso gradual [3].", is_strict=True) == []
    assert told("El ministerio aceptó el progreso gradual [3].")


def test_a_second_look_strikes_marks_and_leaves_the_rest() -> None:
    manuscript, _ = written(
        "La reunión será el 23 de enero [1]. El ministerio aceptó el progreso gradual [3]. "
        "El plan costará 1.500 millones porque sube el pan [2]."
    )
    claims = manuscript.claims()
    prompt = second_look_prompt(claims, manuscript.question, "es")
    assert (
        "3. El plan costará" in prompt
        and "no aceptó el progreso gradual" in prompt
        and "2026-01-16" in prompt
    )
    reply = "1 SUPPORTED\n**2. CONTRADICTED** [3]\n3: ABSENT\n9 CONTRADICTED\nAnything else 1 ABSENT"
    manuscript.review(opinions_of(reply, claims))
    assert [(s.text[:10], s.supported) for s in manuscript.sentences] == [
        ("La reunión", True),
        ("El plan co", False),
    ]
    assert [dropped.reason for dropped in manuscript.dropped] == ["La cita dice otra cosa."]


@pytest.mark.parametrize(
    "reply", ["", "I cannot help with that.", '{"broken": [', "1 SUPPORTEDLY", "0 ABSENT"]
)
def test_a_second_look_in_no_form_that_was_asked_changes_nothing(reply: str) -> None:
    manuscript, _ = written("La reunión será el 23 de enero [1].")
    assert opinions_of(reply, manuscript.claims()) == {}


def test_the_same_sentence_is_told_once() -> None:
    assert len(told("La reunión será el 23 de enero [1]. " * 40)) == 1


def test_a_row_of_capitals_is_no_row_of_names() -> None:
    reply = "| Cosa | Lugar y Fecha |\n|---|---|\n| Cita Prevista | Valdoria, 23 de enero [1] |\n"
    manuscript, _ = written(reply)
    assert manuscript.sentences[0].form is not None and manuscript.sentences[0].form.kind is BlockKind.ROW
    assert not any(dropped.text.startswith("Cosa") for dropped in manuscript.dropped)
