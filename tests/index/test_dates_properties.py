"""What holds for the date finder on any text."""

from datetime import date
from functools import cache
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates import Grain, Interval, find_dates, format_date
from index.dates.finder import read_expressions
from index.dates.lexicon import Kind, Lexicon, lexicon_for
from index.dates.tokens import Sentence, fold, may_hold_date, tokenize
from tests.growth import least

VOCABULARY = """
hace
el la de del desde hasta entre y a próximo pasado primer último 3 16 31 2024 enero mayo lunes viernes semana
mes año días tres ayer mañana Navidad siglo XX los años noventa mediados después antes , . ( 12/05/2020 29/2
2020-02-30 que viene en lo va 1º mil novecientos the of next May Q3 1990s last
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))
# The ends of the calendar too, which days drawn by chance hardly ever are.
DAYS = st.dates() | st.sampled_from(
    [date.min, date(1, 1, 8), date(9999, 12, 14), date(9999, 12, 16), date.max]
)
REFERENCES = st.one_of(st.none(), st.dates())


@settings(max_examples=300, deadline=None)
@given(TEXTS, REFERENCES, st.sampled_from(["es", "en", "pt", "", "xx"]))
def test_any_text_gives_ordered_expressions_that_stand_where_they_say(
    text: str, reference: date | None, language: str
) -> None:
    last = 0
    for found in find_dates(text, reference, language):
        assert found.span.of(text) == found.text
        assert last <= found.span.start < found.span.end
        last = found.span.end
        assert 1 <= len(found.readings) <= 3
        assert found.interval == found.readings[0]
        assert found.sure is False or len(found.readings) == 1
        for reading in found.readings:
            assert reading.start or reading.end
            assert not (reading.start and reading.end) or reading.start <= reading.end


def _words_of(lexicon: Lexicon, *kinds: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [word for word, senses in lexicon.words.items() if any(kind in senses for kind in kinds)]
    )


@cache
def _phrases(language: str) -> st.SearchStrategy[str]:
    """Words in the order in which the grammar joins them, as words drawn by chance seldom stand in it."""
    lexicon = lexicon_for("", language)
    sides = _words_of(lexicon, Kind.NEXT, Kind.LAST, Kind.THIS, Kind.RELATIVE, Kind.NUMBER, Kind.ORDINAL)
    links = _words_of(lexicon, Kind.OF, Kind.THE, Kind.AFTER, Kind.BEFORE, Kind.SINCE, Kind.UNTIL, Kind.AND)
    named = _words_of(lexicon, Kind.MONTH, Kind.WEEKDAY, Kind.SEASON, Kind.FEAST, Kind.DEICTIC, Kind.DECADE)
    no_word = st.just("")
    parts = (
        no_word | _words_of(lexicon, Kind.PART, Kind.AGO, Kind.WITHIN, Kind.HALF),
        no_word | links,
        no_word | links,
        no_word | sides,
        _words_of(lexicon, Kind.UNIT) | named,
        no_word | sides | links | _words_of(lexicon, Kind.TO_DATE, Kind.AGO_AFTER, Kind.ONWARD),
        no_word | sides | named,
    )
    return st.tuples(*parts).map(lambda words: " ".join(filter(None, words)))


@settings(max_examples=1_000, deadline=None)
@given(st.data(), st.sampled_from(["es", "en", "pt", "fr"]), DAYS)
def test_no_phrase_of_date_words_on_any_day_raises(data: st.DataObject, language: str, day: date) -> None:
    text = " ".join(data.draw(st.lists(_phrases(language), min_size=1, max_size=3)))
    for found in find_dates(text, day, language):
        assert found.readings


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("later this hour", "en"),
        ("the end of the past hour", "en"),
        ("a finales de la última hora", "es"),
        ("la hora después de la próxima", "es"),
        ("fim da última hora", "pt"),
    ],
)
def test_an_hour_names_no_days(text: str, language: str) -> None:
    assert find_dates(text, date(2026, 1, 16), language) == []


def test_the_last_fortnight_of_the_calendar_ends_with_it() -> None:
    (found,) = find_dates("esta quincena", date.max, "es")
    assert found.interval == Interval(date(9999, 12, 16), date.max)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("a principios de este bimestre", date(2026, 9, 1), date(2026, 9, 20)),
        ("a mediados de este bimestre", date(2026, 9, 21), date(2026, 10, 10)),
        ("a finales de este bimestre", date(2026, 10, 11), date(2026, 10, 31)),
    ],
)
def test_a_part_of_two_months_is_a_third_of_their_days(text: str, first: date, last: date) -> None:
    (found,) = find_dates(text, date(2026, 10, 10), "es")
    assert found.interval == Interval(first, last)


def _every_word(language: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [*lexicon_for("", language).words, *VOCABULARY.split(), "Juan", "habló", "_", "a_b"]
    )


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(["es", "en", "pt", "fr"]))
def test_the_gate_turns_away_only_texts_in_which_the_grammar_finds_nothing(
    data: st.DataObject, language: str
) -> None:
    words = st.lists(_every_word(language) | st.text(max_size=6), max_size=8)
    folded = fold(data.draw(st.sampled_from([" ", "", "'", "’", "_", ", "])).join(data.draw(words)))
    lexicon = lexicon_for(folded, language)
    if not may_hold_date(folded, lexicon):
        assert not list(read_expressions(Sentence(folded, tokenize(folded, lexicon), lexicon)))


@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_a_text_without_digits_or_words_of_time_is_turned_away(language: str) -> None:
    for text in ("", "Juan Pérez habló con Ana.", "O prefeito falou.", "The mayor spoke to them."):
        assert not may_hold_date(fold(text), lexicon_for(fold(text), language))


@settings(max_examples=200, deadline=None)
@given(
    st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)),
    st.sampled_from(["es", "en", "pt", "fr"]),
)
def test_a_date_written_in_words_is_read_back(day: date, language: str) -> None:
    interval = Interval(day, day)
    written = format_date(interval, Grain.DAY, language)
    assert [found.interval for found in find_dates(written, None, language)] == [interval]


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_a_date_in_digits_is_read_back(day: date) -> None:
    for written in (day.isoformat(), f"{day.day}/{day.month}/{day.year:04d}"):
        assert [found.interval.start for found in find_dates(written, None, "es")] == [day]


@pytest.mark.parametrize(
    "piece",
    [
        "de ",
        "el 3 de ",
        "primera semana de la ",
        "1",
        "1/",
        "lunes, ",
        "hace tres ",
        "a",
        "\n",
        "entre el 3 y ",
        "1,",
    ],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        start = process_time()
        find_dates(text, date(2026, 1, 16), "es")
        return process_time() - start

    seconds(50)
    assert least(seconds, 2_000) < 40 * least(seconds, 250) + 0.5
