from pathlib import Path

from assistant import Assistant, Settings
from ui.access.visitor import Visitor, Way
from ui.desk import Desk
from ui.drawing import Pen
from ui.texts import load_texts


def desk(tmp_path: Path, **settings: str) -> Desk:
    chosen = Settings(documents=tmp_path / "documents", index=tmp_path / "index", **settings)  # type: ignore[arg-type]
    return Desk(Assistant(chosen), Pen(load_texts("es")))


def test_the_reader_is_told_where_text_goes_before_the_first_question(tmp_path: Path) -> None:
    notice = desk(tmp_path, engine="openai", base_url="https://models.example/v1", api_key="x").notice()
    assert "models.example" in notice
    assert "HEMEROTECA_ENGINE=extractive" in notice


def test_without_a_model_the_reader_is_told_that_all_stays_here(tmp_path: Path) -> None:
    assert "Todo se queda en este equipo" in desk(tmp_path, engine="extractive").notice()


def test_the_reader_is_told_where_documents_are_embedded_if_that_is_elsewhere(tmp_path: Path) -> None:
    there = desk(
        tmp_path, engine="extractive", embedding="openai", embedding_base_url="https://vectors.example/v1"
    ).notice()
    assert "vectors.example" in there and "HEMEROTECA_EMBEDDING=e5" in there
    assert "Todo se queda" not in there and "se escriben en este equipo" in there


def test_the_masthead_tells_how_many_documents_there_are_and_of_when(seed_assistant: Assistant) -> None:
    shipped = Desk(seed_assistant, Pen(load_texts("en")))
    assert "1 document, dated January 16, 2026" in shipped.masthead(Visitor("", Way.OPEN))
