"""The question's words as the archive knows them."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.understanding import understand
from assistant.questions.wording import Wording, wording, words_found
from index.language.terms import terms


def even(stems: Sequence[str]) -> dict[str, float]:
    return dict.fromkeys(stems, 1.0)


def read(question: str, language: str = "es", languages: Sequence[str] = ("es",)) -> Wording:
    return wording(understand(question, language), languages, even)


def test_stop_words_of_the_question_are_no_content_even_in_an_archive_of_another_language() -> None:
    assert len(read("Who is the minister of health?", "en").weights) == 2


def test_a_modal_verb_is_no_content() -> None:
    assert read("¿Qué tráfico quieren detener?").weights == read("¿Qué tráfico detienen?").weights


def test_forms_of_one_word_are_one_word() -> None:
    question = read("¿Qué ministros vieron al ministro?")
    assert question.places["ministr"] == 0
    assert len(question.weights) == 2


def test_a_rare_word_carries_more_of_the_question() -> None:
    question = wording(
        understand("¿Cuántos casos hubo en Trinidad?", "es"),
        ["es"],
        lambda stems: {stem: 9.0 if stem == "trinid" else 1.0 for stem in stems},
    )
    assert question.share(words_found(question.hits(terms("Trinidad", "es")))) > 0.7


def test_a_synonym_and_a_word_that_begins_alike_are_found_loosely_only() -> None:
    question = read("¿Cuántos contagios presidenciales hubo?")
    passage = terms("Los casos del presidente", "es")
    assert question.hits(passage) == []
    assert len(question.loosely(passage)) == 2


def test_a_question_of_stop_words_alone_shares_nothing() -> None:
    question = read("¿Qué es esto?")
    assert question.weights == ()
    assert question.share(frozenset()) == 0.0


@given(st.text(max_size=80), st.text(max_size=200))
def test_every_share_is_between_0_and_1(question_text: str, passage: str) -> None:
    question = read(question_text, languages=("es", "en"))
    hits = question.hits(terms(passage, "es"))
    for share in (
        question.share(words_found(hits)),
        question.share(question.loosely(terms(passage, "es"))),
    ):
        assert 0 <= share <= 1 + 1e-9


def test_a_word_of_the_question_weighs_what_its_stem_does_and_a_stop_word_nothing() -> None:
    question = read("¿Quién preside el comité olímpico?")
    assert question.weight_of("Comité") == question.weights[question.places["comit"]] > 0
    assert question.weight_of("el") == 0.0
