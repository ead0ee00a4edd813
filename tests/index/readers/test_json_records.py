"""JSON that holds no documents: its records are rows, each readable by itself."""

import json
from typing import Any

import pytest

from index.document import BlockKind, Reading
from index.errors import UnreadableDocument
from index.readers import read_bytes


def _read(content: Any, path: str = "datos/empresas-2025.json") -> Reading:
    (reading,) = read_bytes(json.dumps(content).encode(), path)
    return reading


def _told(reading: Reading) -> list[str]:
    return [block.span.of(reading.text) for block in reading.blocks]


def test_a_list_of_objects_is_a_table_with_a_row_for_each() -> None:
    reading = _read(
        [
            {"id": 7, "titulo": "Fuga", "hecho": True, "nota": None},
            {"id": 8, "titulo": "Puerta", "hecho": False},
        ]
    )
    assert _told(reading) == ["id: 7; titulo: Fuga; hecho: true", "id: 8; titulo: Puerta; hecho: false"]
    assert {block.kind for block in reading.blocks} == {BlockKind.ROW}
    assert reading.title == "empresas 2025"


def test_objects_within_are_named_by_what_holds_them_and_lists_stand_below() -> None:
    reading = _read(
        {
            "vinos": [{"nombre": "Peña", "precio": 11.5}],
            "nombre": "Fontecha",
            "contacto": {"gerente": "Leire"},
            "tags": ["a", "b"],
        }
    )
    assert _told(reading) == [
        "nombre: Fontecha; contacto gerente: Leire; tags: a, b",
        "vinos",
        "nombre: Peña; precio: 11.5",
    ]
    assert reading.blocks[-1].headings == ("vinos",)


def test_a_large_object_is_a_row_for_each_field() -> None:
    reading = _read({f"campo{n}": n for n in range(30)} | {"red": {f"host{n}": "x" for n in range(3)}})
    assert _told(reading)[:2] == ["campo0: 0", "campo1: 1"]
    assert _told(reading)[-2:] == ["red", "host0: x; host1: x; host2: x"]


def test_the_lines_of_jsonl_without_texts_are_rows_too() -> None:
    (reading,) = read_bytes(b'{"a": 1}\n{"a": 2}\nroto\n', "a.jsonl").readings
    assert _told(reading) == ["a: 1", "a: 2"]


@pytest.mark.parametrize("content", [[], {}, [[]], None, [None], {"a": {"b": []}}])
def test_json_that_says_nothing_is_refused_with_a_reason(content: Any) -> None:
    with pytest.raises(UnreadableDocument, match="no document"):
        _read(content)


def test_objects_nested_deep_are_read_or_refused() -> None:
    content: Any = {"dato": 1}
    for _ in range(400):
        content = {"a": content}
    try:
        assert "1" in _read(content).text
    except UnreadableDocument as error:
        assert "deep" in str(error)
