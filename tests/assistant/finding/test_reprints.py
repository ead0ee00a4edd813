"""One wire story in several papers: it takes one place, and the other papers are named beside it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answer import Evidence
from assistant.answer_json import answer_from_dict
from assistant.finding.reprints import is_reprint, is_reworded, merged, opposed
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


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("subio", "bajo", "es"),
        ("aumentaron", "disminuyen", "es"),
        ("mas", "menos", "es"),
        ("exporto", "importo", "es"),
        ("legal", "ilegal", "es"),
        ("exministro", "ministro", "es"),
        ("martes", "jueves", "es"),
        ("abril", "marzo", "es"),
        ("rose", "fell", "en"),
        ("monday", "friday", "en"),
    ],
)
def test_opposites_rivals_and_words_with_another_prefix_are_told(one: str, other: str, language: str) -> None:
    assert opposed(["el", one], [other], language)
    assert opposed([other], [one, "el"], language)


@pytest.mark.parametrize(
    ("one", "other"),
    [("informo", "comunico"), ("informacion", "comunicacion"), ("martes", "martes"), ("casa", "")],
)
def test_other_words_are_no_opposites(one: str, other: str) -> None:
    assert not opposed([one], [other], "es")


BEFORE = "La terminal de granos del puerto de Caldera trabajó sin pausa durante todo el verano austral. "
AFTER = " La cosecha llegó en tren hasta los silos del muelle norte y de allí a los barcos de bandera griega."
TOLD = "El puerto de Caldera exportó 52.000 toneladas de trigo en marzo y superó su marca anterior, dijo Ana Ruiz."
EDITED = (
    "Durante marzo, el puerto de Caldera exportó 52 mil toneladas de trigo "
    "y superó su anterior récord, según Ana Ruiz."
)


def worded(
    sentence: str, paper: str = "a", day: date | None = DAY, before: str = BEFORE, after: str = AFTER
) -> Evidence:
    text = f"{before}{sentence}{after}"
    document = Document(paper, f"{paper}.txt", f"Título de {paper}", text, "es", day, DateSource.HEADER)
    return Evidence(1, document, Span(len(before), len(before) + len(sentence)), 1.0, 0.9)


def test_a_story_with_some_words_changed_is_the_same() -> None:
    assert is_reprint(worded(TOLD), worded(EDITED, "b"))
    assert is_reprint(worded(EDITED, "b"), worded(TOLD))


def test_a_story_that_lost_a_paragraph_and_goes_to_print_two_days_later_is_the_same() -> None:
    later = worded(EDITED, "b", DAY + timedelta(2), before="")
    assert is_reprint(worded(TOLD), later)


@pytest.mark.parametrize(
    ("true", "other"),
    [
        ("52 mil", "54 mil"),
        ("52 mil", "52"),
        ("toneladas", "sacos"),
        ("Caldera", "Bahía Clara"),
        ("Ana Ruiz", "Luz Paz"),
        ("marzo", "abril"),
        ("exportó", "importó"),
        ("superó", "no superó"),
        ("anterior", "mayor"),
    ],
)
def test_edited_words_do_not_hide_another_figure_thing_name_month_verb_or_a_denial(
    true: str, other: str
) -> None:
    told = TOLD.replace("anterior", "menor") if true == "anterior" else TOLD
    altered = EDITED.replace(true, other)
    assert altered != EDITED
    assert not is_reprint(worded(told), worded(altered, "b"))
    assert not is_reprint(worded(altered, "b"), worded(told))


def test_who_won_against_whom_must_be_the_same() -> None:
    told = "El equipo de Peñarol venció con claridad al de Nacional en la final del torneo de verano."
    turned = "El equipo de Nacional venció claramente al de Peñarol en la final del torneo de verano."
    same = "El equipo de Peñarol venció claramente al de Nacional en la final del torneo de verano."
    assert is_reprint(worded(told), worded(same, "b"))
    assert not is_reprint(worded(told), worded(turned, "b"))


def test_like_words_weeks_apart_or_in_another_story_are_not_the_same() -> None:
    assert not is_reworded(worded(TOLD), worded(EDITED, "b", DAY + timedelta(20)))
    elsewhere = worded(
        EDITED,
        "b",
        before="Los vecinos del barrio alto piden otra escuela desde hace cinco años, sin respuesta alguna. "
        * 4,
        after=" El intendente recibirá a los padres esta semana y ofrecerá aulas móviles para el invierno."
        * 4,
    )
    assert not is_reworded(worded(TOLD), elsewhere)


def test_daily_figures_in_the_same_words_are_different_news() -> None:
    today = "El ministerio informó que se registraron 13 500 casos nuevos y 267 fallecimientos en el país."
    tomorrow = (
        "El ministerio comunicó que se registraron 14 115 casos nuevos y 291 fallecimientos en el país."
    )
    assert not is_reprint(worded(today), worded(tomorrow, "b", DAY + timedelta(1)))


def test_papers_in_two_languages_are_not_compared() -> None:
    english = Document("c", "c.txt", "Title", TOLD, "en", DAY, DateSource.HEADER)
    assert not is_reworded(worded(TOLD), Evidence(1, english, Span(0, len(TOLD)), 1.0, 0.9))
