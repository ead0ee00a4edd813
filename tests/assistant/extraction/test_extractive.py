"""The answer written without a model: what is asked first, then the proof."""

from dataclasses import replace
from datetime import date

from assistant.answer import Evidence
from assistant.extraction.extractive import write
from assistant.questions.understanding import understand
from index.document import DateSource, Document
from index.sentences import split_sentences
from tests.assistant.extraction.transcripts import transcript

TEXT = (
    "La ministra Ana María de los Ríos viajó ayer a Ottawa. Acordaron que la próxima reunión del Grupo de "
    "Seguimiento, que será realizada el 23 de enero, tratará del agua.\n\n"
    "Asistirán 40 delegados de doce países."
)
DOCUMENT = Document("d", "d.txt", "El agua", TEXT, "es", date(2026, 1, 16))


def evidence(*sentences: str, document: Document = DOCUMENT) -> list[Evidence]:
    spans = split_sentences(document.text)
    found = [next(span for span in spans if part in span.of(document.text)) for part in sentences]
    return [Evidence(n, document, span, 1.0 / n, 0.9) for n, span in enumerate(found, 1)]


def texts(question: str, language: str, found: list[Evidence]) -> list[str]:
    return [sentence.text for sentence in write(understand(question, language), found)[0]]


def test_the_answer_opens_with_the_date_in_full_and_then_proves_it() -> None:
    first, second = texts("¿Cuándo será la próxima reunión del grupo?", "es", evidence("23 de enero"))
    assert first == "23 de enero de 2026."
    assert second.startswith("Según el documento del 16 de enero de 2026: «Acordaron")


def test_an_english_question_is_answered_in_english_around_the_spanish_quote() -> None:
    first, second = texts("When is the next meeting of the group?", "en", evidence("23 de enero"))
    assert first == "January 23, 2026."
    assert second.startswith("According to the document of January 16, 2026: «Acordaron")


def test_a_name_opens_the_answer_as_it_stands() -> None:
    assert texts("¿Quién es la ministra?", "es", evidence("ministra"))[0] == "Ana María de los Ríos."


def test_a_name_in_capitals_is_written_as_prose_and_a_code_as_it_stands() -> None:
    said = (
        "La directora del banco es ANA DE LA RUIZ.\n\nLa cuenta del banco es la cuenta ES66 2100 0418 4012."
    )
    document = replace(DOCUMENT, text=said)
    named = texts("¿Quién es la directora del banco?", "es", evidence("directora", document=document))
    assert named[0] == "Ana de la Ruiz."
    account = texts("¿Cuál es la cuenta del banco?", "es", evidence("cuenta", document=document))
    assert account[0] == "ES66 2100 0418 4012."


def test_every_citation_is_exact_and_its_focus_lies_within() -> None:
    _, citations = write(understand("¿Qué pasará?", "es"), evidence("23 de enero", "40 delegados"))
    assert [citation.marker for citation in citations] == [1, 2]
    for citation in citations:
        assert citation.verified
        assert (
            citation.focus is None
            or citation.start <= citation.focus.start < citation.focus.end <= citation.end
        )


def test_every_sentence_is_proved_by_a_citation() -> None:
    sentences, citations = write(
        understand("¿Quién es la ministra?", "es"), evidence("ministra", "40 delegados")
    )
    assert all(sentence.citations for sentence in sentences)
    assert {n for sentence in sentences for n in sentence.citations} == {c.marker for c in citations}


def test_a_fact_gets_at_most_three_quotes() -> None:
    found = evidence("ministra", "23 de enero", "40 delegados")
    assert len(write(understand("¿Cuántos delegados asistirán?", "es"), found)[1]) <= 3


def test_the_same_words_are_not_quoted_twice() -> None:
    copy = Document("e", "e.txt", "Otra", TEXT, "es", date(2026, 1, 17))
    found = [*evidence("ministra"), *evidence("ministra", document=copy)]
    assert len(write(understand("¿Quién es la ministra?", "es"), found)[1]) == 1


def test_a_quote_off_the_subject_is_left_out() -> None:
    _, citations = write(understand("¿Quién es la ministra?", "es"), evidence("ministra", "40 delegados"))
    assert len(citations) == 1


def test_a_question_in_a_transcript_is_shown_only_where_nothing_answers() -> None:
    text = "¿Dónde está la ministra de Salud? La ministra de Salud está en Ottawa."
    document = Document("g", "g.txt", "Conferencia", text, "es", date(2026, 1, 16))
    found = evidence("¿Dónde", "está en", document=document)
    first = write(understand("¿Dónde está la ministra de Salud?", "es"), found)[1][0]
    assert first.quote == "La ministra de Salud está en Ottawa."


def test_where_and_when_are_both_answered_at_the_start() -> None:
    text = "La cumbre del agua será en Ottawa el 3 de marzo."
    document = Document("h", "h.txt", "Cumbre", text, "es", date(2026, 1, 16))
    opening = texts("¿Dónde y cuándo será la cumbre del agua?", "es", evidence("Ottawa", document=document))[
        0
    ]
    assert opening == "Ottawa, 3 de marzo de 2026."


def test_documents_that_disagree_are_both_told_with_their_dates_the_newest_first() -> None:
    old = Document("i", "i.txt", "Parte", "Hubo 12 casos nuevos en Ottawa.", "es", date(2026, 1, 10))
    new = Document("j", "j.txt", "Parte", "En Ottawa hubo ayer 31 casos nuevos.", "es", date(2026, 1, 16))
    found = [*evidence("12 casos", document=old), *evidence("31 casos", document=new)]
    first, second, *_ = texts("¿Cuántos casos nuevos hubo en Ottawa?", "es", found)
    assert first == "Según el documento del 16 de enero de 2026: 31."
    assert second == "Según el documento del 10 de enero de 2026: 12."


def test_a_number_said_of_somebody_else_does_not_open_the_answer() -> None:
    document = Document(
        "k", "k.txt", "Programas", "El programa tiene 42 millones de socios.", "es", date(2026, 1, 16)
    )
    first = texts("¿Cuántos socios tiene Sembrando Futuro?", "es", evidence("42", document=document))[0]
    assert first.startswith("Según el documento")


def test_no_day_is_worked_out_from_the_time_of_a_file() -> None:
    copied = replace(DOCUMENT, date_source=DateSource.FILE_TIME)
    found = evidence("23 de enero", document=copied)
    assert texts("¿Cuándo será la próxima reunión del grupo?", "es", found)[0] == "El 23 de enero."


def test_a_document_without_a_date_is_named_by_its_title() -> None:
    undated = Document("f", "f.txt", "El agua", TEXT, "es")
    assert texts("¿Quién es la ministra?", "es", evidence("ministra", document=undated))[1].startswith(
        "Según «El agua»"
    )


def test_without_evidence_nothing_is_said() -> None:
    assert write(understand("¿Quién es la ministra?", "es"), []) == ((), ())


def test_a_file_time_is_not_told_as_the_day_of_publication() -> None:
    undated = replace(DOCUMENT, date_source=DateSource.FILE_TIME)
    sentences, _ = write(
        understand("¿Cuántos delegados asistirán?", "es"), evidence("Asistirán", document=undated)
    )
    assert not any("2026" in sentence.text for sentence in sentences)


TRANSCRIPT = transcript(
    "PREGUNTA\nSecretaria, las vacunas de Oaxaca son el tema.\n"
    "SECRETARIA DE SALUD, ANA RUIZ\nLas vacunas de Oaxaca llegaron a tiempo.\n"
    "PREGUNTA\nGracias.",
)


def test_in_a_transcript_the_answer_says_who_speaks_and_leaves_out_the_press() -> None:
    found = evidence("son el tema", "llegaron a tiempo", document=TRANSCRIPT)
    (only,) = texts("¿Qué dijo Ana Ruiz de las vacunas de Oaxaca?", "es", found)
    assert only.startswith("Ana Ruiz, secretaria de Salud, en el documento del 9 de enero de 2026: «Las")


def test_what_a_thing_is_is_told_by_an_apposition_of_its_kind_only() -> None:
    text = "El Plan Norte, un programa de obras, sigue. El Plan Norte, ahí hay 90 acciones, sigue."
    told = replace(DOCUMENT, text=text)
    question = "¿Qué es el Plan Norte?"
    assert texts(question, "es", evidence("programa", document=told))[0] == "Un programa de obras."
    assert "90" not in texts(question, "es", evidence("ahí hay", document=told))[0].partition(":")[0]


def test_the_minister_of_another_country_does_not_open_the_answer() -> None:
    text = "Lo pidió la ministra de Salud, Ana Ruiz, ante el parlamento."
    document = Document("m", "m.txt", "La salud en Valdoria", text, "es", date(2026, 1, 16))
    found = evidence("Ana Ruiz", document=document)
    assert texts("¿Quién es la ministra de Salud de Valdoria?", "es", found)[0] == "Ana Ruiz."
    assert texts("¿Quién es la ministra de Salud de Norlandia?", "es", found)[0].startswith("Según")
