"""The sentences that are taken for evidence."""

from pathlib import Path

from assistant import Assistant, Settings
from assistant.answer import Evidence, Retrieved


def evidence_for(question: str, text: str, folder: Path) -> list[Evidence]:
    (folder / "documents").mkdir()
    (folder / "documents" / "2026-01-09.txt").write_text(text, "utf-8")
    settings = Settings(documents=folder / "documents", index=folder / "index", engine="extractive")
    with Assistant(settings) as assistant:
        events = list(assistant.stream(question))
    return [item for event in events if isinstance(event, Retrieved) for item in event.evidence]


def test_signs_without_words_are_no_evidence(tmp_path: Path) -> None:
    text = "\n\n".join(f"{sign}\n\nLa ministra habló de Venezuela." for sign in ("---", "―", "…", "***"))
    evidence = evidence_for("¿Qué se dijo sobre Venezuela?", text, tmp_path)
    assert evidence
    assert all("Venezuela" in item.quote for item in evidence)


def test_the_label_of_who_speaks_is_no_evidence(tmp_path: Path) -> None:
    label = "MINISTRA DE SALUD, ANA RUIZ"
    turns = ("El hospital abrirá en mayo.", "Habrá vacunas de salud pública.", "La salud es lo primero.")
    text = "\n".join(f"{label}\n{turn}\nPREGUNTA\n¿Qué más?" for turn in turns)
    evidence = evidence_for("¿Qué dijo la ministra de Salud Ana Ruiz?", text, tmp_path)
    assert evidence
    assert label not in {item.quote.strip() for item in evidence}
