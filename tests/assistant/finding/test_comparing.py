"""Evidence for the two sides of a comparison."""

from pathlib import Path

from assistant import Assistant, Settings


def test_a_sentence_that_speaks_of_both_sides_stands_under_the_nearer_one(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "2026-01-09.txt").write_text(
        "El ministerio promete abrir el canal del norte en mayo, según dijo la embajada.\n\n"
        "La embajada exige cerrar el canal del sur en junio, según dijo el ministerio.",
        "utf-8",
    )
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as assistant:
        told = assistant.ask("Compara lo que promete el ministerio con lo que exige la embajada").sentences
    assert [sentence.text.partition("«")[2][:20] for sentence in told if sentence.citations] == [
        "El ministerio promet",
        "La embajada exige ce",
    ]
    assert [sentence.text for sentence in told if not sentence.citations] == [
        "Lo que promete el ministerio:",
        "Lo que exige la embajada:",
    ]
