"""Scripts that stand in a page run only if they are Gradio's own and ours; nobody's text becomes a page."""

import re
from collections.abc import Callable

import pytest

from tests.security.gradio_page import PageClient
from tests.ui.conftest import Archive, Visit
from ui.shell import dress
from ui.texts import load_texts

HOSTILE = "<script>document.title = 'owned'</script><b>nota</b>"


def script_sources(policy: str) -> list[str]:
    (sources,) = [part.split()[1:] for part in policy.split("; ") if part.startswith("script-src ")]
    return sources


@pytest.mark.parametrize(
    "path", ["/es/", "/en/", "/document?id=no", "/static/page.css", "/uploads", "/nowhere"]
)
def test_no_page_allows_scripts_for_standing_in_it(ana: PageClient, path: str) -> None:
    sources = script_sources(ana.client.get(path).headers["content-security-policy"])
    assert "'unsafe-inline'" not in sources
    assert [
        source for source in sources if not source.startswith(("'self'", "'unsafe-eval'", "'nonce-"))
    ] == []


def test_each_answer_has_a_nonce_of_its_own_on_every_script_of_gradio(ana: PageClient) -> None:
    nonces = set()
    for _ in range(3):
        page = ana.client.get("/es/")
        (nonce,) = [s for s in script_sources(page.headers["content-security-policy"]) if "nonce" in s]
        value = nonce.removeprefix("'nonce-").rstrip("'")
        assert len(value) >= 22
        inline = [tag for tag in re.findall(r"<script[^>]*>", page.text) if "src=" not in tag]
        assert inline and all(f'nonce="{value}"' in tag for tag in inline)
        nonces.add(value)
    assert len(nonces) == 3


def test_what_stands_in_the_page_as_a_value_is_no_script(ana: PageClient) -> None:
    value = b'<script>window.gradio_config = {"username": "\\u003cscript\\u003e"}</script></head>'
    dressed = dress(value, load_texts("es"), "abc").decode()
    assert dressed.count('nonce="abc"') == 1


def test_what_readers_and_documents_wrote_is_never_sent_as_a_page(ana: PageClient, closed: Archive) -> None:
    (closed.documents / "hostil.html").write_text(f"<title>{HOSTILE}</title><p>El puente {HOSTILE}.")
    closed.assistant.sync()
    shown = ana.client.get("/document", params={"id": "hostil.html"})
    assert shown.status_code == 200
    assert "<script>document" not in shown.text
    sent = ana.client.post("/uploads", files={"file": (f"{HOSTILE}.exe", b"x")}, params={"lang": "es"})
    for answer in (sent, ana.client.get("/uploads"), ana.client.get(f"/conversations/{HOSTILE}/export")):
        assert not answer.headers["content-type"].startswith("text/html")
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.browser
def test_a_script_that_gets_into_the_page_does_not_run(
    archives: Callable[..., Archive], visit: Callable[..., Visit]
) -> None:
    reader = visit(archives())
    reader.page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src='data:,x' onerror='window.owned = 1'>");
            const script = document.createElement("script");
            script.textContent = "window.owned = 2";
            document.body.append(script);
        }"""
    )
    reader.page.wait_for_function("() => document.images.length > 0")
    reader.ask("¿Quién es el canciller de México?")
    assert reader.page.evaluate("window.owned") is None
    refused = [wrong for wrong in reader.wrongs if "Content Security Policy" in wrong]
    assert len(refused) == 2
    reader.wrongs[:] = [wrong for wrong in reader.wrongs if wrong not in refused]
