"""One wire story in several papers: it takes one place, and the other papers are named beside it."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Evidence
from assistant.answer_json import answer_from_dict
from assistant.finding.reprints import is_reprint, merged
from index.document import DateSource, Document, Span

DAY = date(2024, 4, 9)
WIRE = "El puerto de Caldera exportó 52 000 toneladas de trigo en marzo y superó su marca anterior."


def printed(text: str, paper: str = "a", day: date = DAY, similarity: float = 0.9) -> Evidence:
    document = Document(paper, f"{paper}.txt", "Puerto", text, "es", day, DateSource.HEADER)
    return Evidence(1, document, Span(0, len(text)), 1.0, similarity)


@pytest.mark.parametrize(
    "other",
    [
        WIRE,
        f"CALDERA (Agencia Sur).- {WIRE}",
        WIRE.replace(" anterior.", " anterior, informó la terminal."),
    ],
)
def test_a_story_with_a_dateline_or_a_byline_is_the_same(other: str) -> None:
    assert is_reprint(printed(WIRE), printed(other, "b"))
    assert is_reprint(printed(other, "b"), printed(WIRE))


@pytest.mark.parametrize(
    "other",
    [
        WIRE.replace("52 000", "54 000"),
        WIRE.replace("Caldera", "Bahía Clara"),
        WIRE.replace("superó", "no superó"),
        WIRE.replace("marzo", "abril"),
        WIRE.replace("exportó", "importó"),
        WIRE.replace("anterior.", "anterior, con 12 barcos."),
        "El puerto exportó trigo.",
    ],
)
def test_another_figure_name_day_verb_or_a_denial_is_another_story(other: str) -> None:
    assert not is_reprint(printed(WIRE), printed(other, "b"))
    assert not is_reprint(printed(other, "b"), printed(WIRE))


def test_yesterday_in_papers_of_two_days_is_not_the_same() -> None:
    text = "La fragata Aurora zarpó ayer con cuarenta marineros a bordo."
    assert is_reprint(printed(text), printed(text, "b"))
    assert not is_reprint(printed(text), printed(text, "b", date(2024, 4, 10)))


def test_a_document_that_repeats_itself_is_no_reprint() -> None:
    assert not is_reprint(printed(WIRE), printed(WIRE))


def test_the_fuller_is_quoted_and_of_equals_the_newer() -> None:
    old, new = printed(WIRE), printed(WIRE, "b", date(2024, 4, 11))
    full = printed(f"CALDERA.- {WIRE}", "c")
    both = merged(old, new)
    assert (both.document.id, [document.id for document in both.also]) == ("b", ["a"])
    three = merged(both, full)
    assert (three.document.id, [document.id for document in three.also]) == ("c", ["b", "a"])
    assert three.quote == f"CALDERA.- {WIRE}"
    again = merged(three, old)
    assert {document.id for document in again.also} == {"a", "b"}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    stories = [
        {
            "id": paper,
            "date": f"2024-04-0{9 - number}",
            "title": f"{paper}: Marca de trigo",
            "text": f"{WIRE} La cosecha llegó en tren hasta los silos.",
        }
        for number, paper in enumerate(("Alba", "Brisa", "Costa", "Delta", "Eco"))
    ]
    other = "El trigo de Caldera se vendió a molinos de siete países, según la cámara del puerto."
    stories.append({"id": "Faro", "date": "2024-04-02", "title": "Faro: el trigo", "text": other})
    (tmp_path / "documents").mkdir()
    lines = "".join(json.dumps(story) + "\n" for story in stories)
    (tmp_path / "documents" / "papers.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_five_papers_share_one_place_among_the_sources_and_are_all_named(papers: Path) -> None:
    with Assistant(Settings(documents=papers / "documents", index=papers / "index")) as archive:
        archive.sync()
        answer = archive.ask("¿Cuántas toneladas de trigo exportó el puerto de Caldera?")
    assert answer.answered
    told = [citation for citation in answer.citations if "52 000" in citation.quote]
    assert [citation.document.id for citation in told] == ["Alba"]
    assert {document.id for document in told[0].also} == {"Brisa", "Costa", "Delta", "Eco"}
    also = answer.to_dict()["citations"][told[0].marker - 1]["also"]
    assert {document["id"] for document in also} == {"Brisa", "Costa", "Delta", "Eco"}
    stored = json.loads(json.dumps(answer.to_dict()))
    kept = {document.id: document for citation in answer.citations for document in citation.also}
    kept |= {citation.document.id: citation.document for citation in answer.citations}
    assert answer_from_dict(stored, kept.get).citations == answer.citations


def test_papers_that_edited_the_story_share_one_place_and_a_changed_figure_stays_visible(
    tmp_path: Path,
) -> None:
    rest = " La cosecha llegó en tren hasta los silos del muelle norte, según la cámara del puerto."
    edited = (
        "Durante marzo el puerto de Caldera exportó 52 mil toneladas de trigo y superó su anterior récord."
    )
    stories = {
        "Alba": WIRE.replace("52 000", "52.000"),
        "Brisa": edited,
        "Costa": edited.replace("52 mil", "48 mil"),
    }
    lines = [
        json.dumps({"id": paper, "date": "2024-04-09", "title": f"{paper}: trigo", "text": f"{text}{rest}"})
        for paper, text in stories.items()
    ]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "papers.jsonl").write_text("\n".join(lines), "utf-8")
    with Assistant(Settings(documents=tmp_path / "documents", index=tmp_path / "index")) as archive:
        archive.sync()
        answer = archive.ask("¿Cuántas toneladas de trigo exportó el puerto de Caldera?")
    told = [item for item in answer.citations if "toneladas" in item.quote]
    places = sorted(sorted([item.document.id, *(other.id for other in item.also)]) for item in told)
    assert places == [["Alba", "Brisa"], ["Costa"]]
