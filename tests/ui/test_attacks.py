"""Documents that attack their reader: shown as the text they are, in a real browser."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.ui.conftest import Archive, Visit

pytestmark = pytest.mark.browser

PAYLOADS = """
<script>document.title = "owned"; alert(1)</script>
<img src="https://evil.example/leak.png" onerror="alert(1)">
![pixel](https://evil.example/pixel.png)
[pulse aquí](javascript:alert(1))
<svg onload=alert(1)></svg><iframe src="https://evil.example"></iframe>
<style>@import url(https://evil.example/x.css); body { display: none }</style>
<form action="https://evil.example"><button>Entrar</button></form>
<meta http-equiv="refresh" content="0;url=https://evil.example">
{{ constructor.constructor("alert(1)")() }} ${alert(1)} `${alert(1)}`
"""
HOSTILE = f" date 2026-03-01 El presupuesto de Villahermosa subió a 77 millones {PAYLOADS} según el cabildo."
NAME = "nota<img src=x onerror=alert(1)>"


def test_a_hostile_document_does_nothing_but_be_read(
    archives: Callable[..., Archive], visit: Callable[..., Visit]
) -> None:
    served = archives({NAME: HOSTILE, "plain": "<script>alert(2)</script> El presupuesto de Comala subió."})
    reader = visit(served)
    reader.ask("¿A cuánto subió el presupuesto de Villahermosa?")
    reader.ask("¿Qué dice <img src=x onerror=alert(1)> de Villahermosa?")
    reader.page.locator("#live .card a.open, #history .card a.open").first.click()
    reader.page.locator("dialog .fulltext").wait_for()
    reader.page.keyboard.press("Escape")
    reader.show_documents()
    assert "onerror" in reader.page.locator("table.documents").inner_text()
    planted = "#history, #live, #documents, #welcome"
    for tag in ("script", "img", "iframe", "form", "style", "svg", "meta"):
        assert reader.page.locator(planted).locator(tag).count() == 0
    assert reader.page.title() == "Hemeroteca"
    address = urlencode({"id": f"{NAME}.txt", "lang": "es"})
    reader.page.goto(f"{served.address}/document?{address}")
    assert "onerror" in reader.page.locator(".fulltext").inner_text()
    assert reader.page.locator("main img, main script, main iframe").count() == 0
