"""Every reason for leaving a document out can be told in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import index
from ui.skip_reasons import told_reason
from ui.texts import LANGUAGES

# What tells reasons as its last string, and the functions that return them.
_TOLD_BY = frozenset({"UnreadableDocument", "Skipped", "skip"})
_RETURNED_BY = frozenset({"_unwanted_name", "unwanted_link", "_obituary"})
# Names of reasons kept apart, whose own texts are asked for elsewhere in the list.
_WHOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


def reasons() -> Iterator[str]:
    """The reasons that the index gives, with a sign for what differs."""
    for path in sorted(Path(index.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _TOLD_BY:
                yield from _texts(node.args)
            elif isinstance(node, ast.FunctionDef) and node.name in _RETURNED_BY:
                for told in ast.walk(node):
                    if isinstance(told, ast.Return) and told.value is not None:
                        yield from _texts([told.value])


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
        elif isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else _WHOLE for part in node.values)
            text = "".join(map(str, parts))
            if " " in text.replace(_WHOLE, "").strip(" ;,"):
                yield text


def test_the_index_gives_reasons() -> None:
    assert len(set(reasons())) > 40


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_that_the_index_gives_is_translated(reason: str, language: str) -> None:
    assert told_reason(reason, language) != reason


def test_what_differs_is_kept_and_a_reason_within_a_reason_is_told_too() -> None:
    scanned = "no text (scanned?); install tesseract-ocr and tesseract-ocr-spa to have it read"
    assert told_reason(f"no document in this archive ({scanned})", "es") == (
        "ningún documento en este archivo comprimido (sin texto (¿escaneado?); instale tesseract-ocr y "
        "tesseract-ocr-spa para que se lea)"
    )
    assert told_reason("no reader for files that end in .mp3", "es").endswith("acaban en .mp3")


def test_english_and_unknown_reasons_stay_as_they_are() -> None:
    assert told_reason("the file is empty", "en") == "the file is empty"
    assert told_reason("{} something else {0}", "es") == "{} something else {0}"
