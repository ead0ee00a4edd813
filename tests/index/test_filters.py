import json
from datetime import date

from index.filters import EVERYTHING, DocumentFilter


def test_a_filter_goes_through_json_and_back() -> None:
    wanted = DocumentFilter(
        published_from=date(2026, 1, 1), documents=("a.txt", "b.txt"), language="es", as_of=date(2026, 2, 1)
    )
    assert DocumentFilter.from_dict(json.loads(json.dumps(wanted.to_dict()))) == wanted
    assert EVERYTHING.to_dict() == {}
    assert DocumentFilter.from_dict({}) == EVERYTHING
