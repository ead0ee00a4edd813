import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.listing import Order, Wish
from ui.shelf import PAGE, View, bars, change, read_view


def test_a_view_asks_for_what_its_reader_chose() -> None:
    view = View(first=date(2024, 1, 1), last=date(2025, 12, 31), language="es", order=Order.TITLE, page=3)
    assert view.wish("puente") == Wish("puente", date(2024, 1, 1), date(2025, 12, 31), "es", Order.TITLE)
    assert view.offset == 2 * PAGE


@pytest.mark.parametrize(
    "sent", [None, "x", {"page": 0}, {"order": "worst"}, {"language": "<b>"}, {"first": 10**9}, {"other": 1}]
)
def test_what_cannot_be_a_view_shows_the_first_one(sent: object) -> None:
    assert read_view(sent) == View()


def test_a_view_goes_through_the_page_and_back() -> None:
    view = View(state="skipped", page=2)
    assert read_view(json.loads(view.model_dump_json())) == view
    assert json.loads(change(first=None, state="indexed")) == {"first": None, "state": "indexed"}


def test_there_is_a_bar_for_every_month_also_for_empty_ones() -> None:
    drawn = bars([(date(2025, 11, 1), 4), (date(2026, 1, 1), 1)])
    assert [(bar.first, bar.last, bar.documents, bar.height) for bar in drawn] == [
        (date(2025, 11, 1), date(2025, 11, 30), 4, 100.0),
        (date(2025, 12, 1), date(2025, 12, 31), 0, 0.0),
        (date(2026, 1, 1), date(2026, 1, 31), 1, 25.0),
    ]


def test_many_months_are_put_together_by_years() -> None:
    drawn = bars([(date(2021, 3, 1), 4), (date(2021, 9, 1), 1), (date(2023, 5, 1), 1)])
    assert [(bar.years, bar.documents) for bar in drawn] == [("2021", 5), ("2022", 0), ("2023", 1)]
    assert not any(bar.is_month for bar in drawn)


def test_many_years_are_put_together_by_decades() -> None:
    drawn = bars([(date(1953, 2, 1), 1), (date(1958, 2, 1), 1), (date(2024, 2, 1), 2)])
    assert [bar.years for bar in drawn][:2] == ["1950-1959", "1960-1969"]
    assert drawn[0].documents == 2 and drawn[-1].years == "2020-2029"


MONTHS = st.dates().map(lambda day: day.replace(day=1))


@given(
    st.lists(st.tuples(MONTHS, st.integers(1, 50)), min_size=1, unique_by=lambda told: told[0]).map(sorted)
)
def test_the_bars_follow_one_another_and_hold_every_document_once(months: list[tuple[date, int]]) -> None:
    drawn = bars(months)
    assert all(one.last + timedelta(1) == other.first for one, other in pairwise(drawn))
    assert sum(bar.documents for bar in drawn) == sum(count for _, count in months)
    assert drawn[0].first <= months[0][0] and months[-1][0] <= drawn[-1].last


def test_without_dates_there_is_no_plot() -> None:
    assert bars([]) == ()
