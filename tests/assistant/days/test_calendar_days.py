"""The calendar days beside the words of an answer, and behind its quotes."""

from dataclasses import replace
from datetime import date

from assistant.answer import AnswerSentence, Citation
from assistant.days.calendar_days import show_dates
from index.document import DateSource, Document

HEARING = "La vista se celebró el 15 de enero, con el resultado que obra en la grabación."


def citation(quote: str, published: date) -> Citation:
    return Citation(1, quote, 0, len(quote), Document("d", "d.txt", "", quote, "es", published))


def shown(text: str, quote: str, published: date) -> str:
    return show_dates(AnswerSentence(text, (1,)), [citation(quote, published)], "es").in_full


def test_a_bare_day_means_what_it_means_in_its_quote() -> None:
    published = date(2026, 11, 23)
    lead, proof = (
        shown("El 15 de enero.", HEARING, published),
        shown(f"Según él: «{HEARING}»", HEARING, published),
    )
    days = lead.removeprefix("El 15 de enero (").removesuffix(").")
    assert days.startswith("15 de enero de 2026")
    assert f"(el 15 de enero: {days})" in proof


def test_a_day_that_the_quote_does_not_name_is_read_by_itself() -> None:
    assert (
        shown("Fue el 20 de noviembre.", HEARING, date(2026, 11, 23))
        == "Fue el 20 de noviembre (20 de noviembre de 2026)."
    )


def test_a_day_with_its_year_needs_no_telling() -> None:
    assert shown("El 15 de enero de 2026.", HEARING, date(2026, 11, 23)) == "El 15 de enero de 2026."


def test_the_text_itself_stays_as_it_is_said() -> None:
    told = show_dates(
        AnswerSentence("Fue el 20 de noviembre.", (1,)), [citation(HEARING, date(2026, 11, 23))], "es"
    )
    assert (told.text, told.dated) == (
        "Fue el 20 de noviembre.",
        "Fue el 20 de noviembre (20 de noviembre de 2026).",
    )


def test_a_citation_is_of_its_documents_own_day_not_of_its_files() -> None:
    cited = citation(HEARING, date(2026, 11, 23))
    copied = replace(cited, document=replace(cited.document, date_source=DateSource.FILE_TIME))
    assert cited.to_dict()["document"]["date"] == "2026-11-23"
    assert copied.to_dict()["document"]["date"] is None
