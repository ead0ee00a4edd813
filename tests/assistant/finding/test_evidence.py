"""The sentences that are taken for evidence."""

from pathlib import Path

from assistant import Assistant, Settings
from assistant.answer import Retrieved


def test_signs_without_words_are_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    said = "\n\n".join(f"{sign}\n\nLa ministra habló de Venezuela." for sign in ("---", "―", "…", "***"))
    (tmp_path / "documents" / "2026-01-09.txt").write_text(said, "utf-8")
    settings = Settings(documents=tmp_path / "documents", index=tmp_path / "index", engine="extractive")
    with Assistant(settings) as assistant:
        events = list(assistant.stream("¿Qué se dijo sobre Venezuela?"))
    evidence = [item for event in events if isinstance(event, Retrieved) for item in event.evidence]
    assert evidence
    assert all("Venezuela" in item.quote for item in evidence)
