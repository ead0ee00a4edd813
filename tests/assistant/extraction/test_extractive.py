"""The answer written without a model: what is asked first, then the proof."""

from dataclasses import replace
from datetime import date

from assistant.answer import Evidence, ReadAnswer
from assistant.extraction.extractive import write
from assistant.questions.understanding import understand
from index.document import DateSource, Document, Span
from index.text.sentences import split_sentences
from tests.assistant.extraction.transcripts import transcript

TEXT = (
    "La ministra Ana María de los Ríos viajó ayer a Ottawa. Acordaron que la próxima reunión del Grupo de "
    "Seguimiento, que será realizada el 23 de enero, tratará del agua.\n\n"
    "Asistirán 40 delegados de doce países."
)
DOCUMENT = Document("d", "d.txt", "El agua", TEXT, "es", date(2026, 1, 16))


def evidence(*sentences: str, document: Document = DOCUMENT, answer: str = "") -> list[Evidence]:
    """The sentences that hold these words; the reader takes `answer` for the answer in those that say it."""
    spans = split_sentences(document.text)
    held = [next(span for span in spans if part in span.of(document.text)) for part in sentences]
    return [
        Evidence(n, document, span, 1.0 / n, 0.9, answer=_read(document, span, answer))
        for n, span in enumerate(held, 1)
    ]


def _read(document: Document, span: Span, answer: str) -> ReadAnswer | None:
    start = document.text.find(answer, span.start, span.end) if answer else -1
    return None if start < 0 else ReadAnswer(Span(start, start + len(answer)), 5.0, 5.0)


def texts(question: str, language: str, found: list[Evidence], *, sure: bool = True) -> list[str]:
    return [sentence.text for sentence in write(understand(question, language), found, sure=sure)[0]]


def test_the_answer_opens_with_the_date_in_full_and_then_proves_it() -> None:
    first, second = texts(
        "¿Cuándo será la próxima reunión del grupo?", "es", evidence("23 de enero", answer="23 de enero")
    )
    assert first == "23 de enero de 2026."
    assert second.startswith("Según el documento del 16 de enero de 2026: «Acordaron")


def test_an_english_question_is_answered_in_english_around_the_spanish_quote() -> None:
    first, second = texts(
        "When is the next meeting of the group?", "en", evidence("23 de enero", answer="23 de enero")
    )
    assert first == "January 23, 2026."
    assert second.startswith("According to the document of January 16, 2026: «Acordaron")


def test_a_name_opens_the_answer_as_it_stands() -> None:
    assert (
        texts("¿Quién es la ministra?", "es", evidence("ministra", answer="Ana María de los Ríos"))[0]
        == "Ana María de los Ríos."
    )


def test_a_name_in_capitals_is_written_as_prose_and_a_code_as_it_stands() -> None:
    said = (
        "La directora del banco es ANA DE LA RUIZ.\n\nLa cuenta del banco es la cuenta ES66 2100 0418 4012."
    )
    document = replace(DOCUMENT, text=said)
    named = texts(
        "¿Quién es la directora del banco?",
        "es",
        evidence("directora", document=document, answer="ANA DE LA RUIZ"),
    )
    assert named[0] == "Ana de la Ruiz."
    account = texts(
        "¿Cuál es la cuenta del banco?",
        "es",
        evidence("cuenta", document=document, answer="ES66 2100 0418 4012"),
    )
    assert account[0] == "ES66 2100 0418 4012."


def test_every_citation_is_exact_and_its_focus_lies_within() -> None:
    _, citations = write(understand("¿Qué pasará?", "es"), evidence("23 de enero", "40 delegados"), sure=True)
    assert [citation.marker for citation in citations] == [1, 2]
    for citation in citations:
        assert citation.verified
        assert (
            citation.focus is None
            or citation.start <= citation.focus.start < citation.focus.end <= citation.end
        )


def test_every_sentence_is_proved_by_a_citation() -> None:
    sentences, citations = write(
        understand("¿Quién es la ministra?", "es"), evidence("ministra", "40 delegados"), sure=True
    )
    assert all(sentence.citations for sentence in sentences)
    assert {n for sentence in sentences for n in sentence.citations} == {c.marker for c in citations}


def test_a_fact_gets_at_most_three_quotes() -> None:
    found = evidence("ministra", "23 de enero", "40 delegados")
    assert len(write(understand("¿Cuántos delegados asistirán?", "es"), found, sure=True)[1]) <= 3


def test_the_same_words_are_not_quoted_twice() -> None:
    copy = Document("e", "e.txt", "Otra", TEXT, "es", date(2026, 1, 17))
    found = [*evidence("ministra"), *evidence("ministra", document=copy)]
    assert len(write(understand("¿Quién es la ministra?", "es"), found, sure=True)[1]) == 1


def test_a_quote_off_the_subject_is_left_out() -> None:
    _, citations = write(
        understand("¿Quién es la ministra?", "es"), evidence("ministra", "40 delegados"), sure=True
    )
    assert len(citations) == 1


def test_a_question_in_a_transcript_is_shown_only_where_nothing_answers() -> None:
    text = "¿Dónde está la ministra de Salud? La ministra de Salud está en Ottawa."
    document = Document("g", "g.txt", "Conferencia", text, "es", date(2026, 1, 16))
    found = evidence("¿Dónde", "está en", document=document)
    first = write(understand("¿Dónde está la ministra de Salud?", "es"), found, sure=True)[1][0]
    assert first.quote == "La ministra de Salud está en Ottawa."


def test_documents_that_disagree_are_both_told_with_their_dates_the_newest_first() -> None:
    old = Document("i", "i.txt", "Parte", "Hubo 12 casos nuevos en Ottawa.", "es", date(2026, 1, 10))
    new = Document("j", "j.txt", "Parte", "En Ottawa hubo ayer 31 casos nuevos.", "es", date(2026, 1, 16))
    found = [
        *evidence("12 casos", document=old, answer="12"),
        *evidence("31 casos", document=new, answer="31"),
    ]
    first, second, *_ = texts("¿Cuántos casos nuevos hubo en Ottawa?", "es", found)
    assert first == "Según el documento del 16 de enero de 2026: 31."
    assert second == "Según el documento del 10 de enero de 2026: 12."


def test_no_day_is_worked_out_from_the_time_of_a_file() -> None:
    copied = replace(DOCUMENT, date_source=DateSource.FILE_TIME)
    found = evidence("23 de enero", document=copied, answer="23 de enero")
    assert texts("¿Cuándo será la próxima reunión del grupo?", "es", found)[0] == "El 23 de enero."


def test_a_document_without_a_date_is_named_by_its_title() -> None:
    undated = Document("f", "f.txt", "El agua", TEXT, "es")
    assert texts("¿Quién es la ministra?", "es", evidence("ministra", document=undated))[0].startswith(
        "Según «El agua»"
    )


def test_without_evidence_nothing_is_said() -> None:
    assert write(understand("¿Quién es la ministra?", "es"), [], sure=True) == ((), ())


def test_a_file_time_is_not_told_as_the_day_of_publication() -> None:
    undated = replace(DOCUMENT, date_source=DateSource.FILE_TIME)
    sentences, _ = write(
        understand("¿Cuántos delegados asistirán?", "es"), evidence("Asistirán", document=undated), sure=True
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


def test_where_it_is_not_sure_only_the_quote_is_told() -> None:
    read = evidence("ministra", answer="Ana María de los Ríos")
    first = texts("¿Quién es la ministra?", "es", read, sure=False)[0]
    assert first.startswith("Según el documento")


def test_a_question_for_yes_or_no_is_told_which_where_the_passage_decides_it() -> None:
    asked = "¿Viajó la ministra a Ottawa?"
    says_yes, says_no, undecided = (
        [replace(item, yes=yes) for item in evidence("ministra")] for yes in (4.0, -4.0, 0.5)
    )
    assert texts(asked, "es", says_yes)[0] == "Sí."
    assert texts(asked, "es", says_no)[0] == "No."
    assert texts(asked, "es", undecided)[0].startswith("Según")
