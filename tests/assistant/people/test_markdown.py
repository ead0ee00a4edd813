from assistant.people.conversations import Turn, conversation_markdown

CITATION = {
    "marker": 1,
    "quote": "una <b>frase</b>\ncon salto",
    "start": 3,
    "end": 30,
    "document": {"title": "Título *raro*", "date": "2026-01-16", "path": "a_b.txt"},
}


def test_a_conversation_is_exported_with_the_sources_of_each_answer() -> None:
    turn = Turn(1, "¿Y dónde?", "¿Dónde será?", {"text": "En Washington. [1]", "citations": [CITATION]})
    exported = conversation_markdown("La reunión", [turn])
    assert exported.splitlines() == [
        "# La reunión",
        "",
        "## ¿Y dónde?",
        "",
        "*¿Dónde será?*",
        "",
        r"En Washington. \[1\]",
        "",
        r"- \[1\] «una \<b\>frase\</b\> con salto» — Título \*raro\*, 2026-01-16, a\_b.txt, 3–30",
    ]


def test_what_a_model_wrote_stays_markdown_below_the_question() -> None:
    answer = {
        "text": "## Costes\n\n- **dos** [1]",
        "citations": [],
        "sentences": [{"form": {"kind": "item"}}],
    }
    exported = conversation_markdown("La feria", [Turn(1, "¿Qué?", "¿Qué?", answer)])
    assert exported.endswith("## ¿Qué?\n\n#### Costes\n\n- **dos** [1]\n")
