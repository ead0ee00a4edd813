import json

import pytest

from index.store.listing import Order, Overview, Wish
from ui.shelf import PAGE, View, bars, change, read_view


def test_a_view_asks_for_what_its_reader_chose() -> None:
    view = View(first=2024, last=2025, language="es", order=Order.TITLE, page=3)
    assert view.wish("puente") == Wish("puente", 2024, 2025, "es", Order.TITLE)
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


def test_there_is_a_bar_for_every_year_also_for_empty_ones() -> None:
    drawn = bars(Overview(years=((2021, 4), (2023, 1))))
    assert [(bar.label, bar.documents, bar.height) for bar in drawn] == [
        ("2021", 4, 100.0),
        ("2022", 0, 0.0),
        ("2023", 1, 25.0),
    ]


def test_many_years_are_put_together_by_decades() -> None:
    drawn = bars(Overview(years=((1953, 1), (1958, 1), (2024, 2))))
    assert [bar.label for bar in drawn][:2] == ["1950-1959", "1960-1969"]
    assert drawn[0].documents == 2 and drawn[-1].label == "2020-2029"


def test_without_dates_there_is_no_plot() -> None:
    assert bars(Overview()) == ()
