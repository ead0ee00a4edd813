import pytest
from starlette.datastructures import Headers

from ui.security import LOOPBACK, MAX_BODY, MAX_UPLOAD, Hosts, host_name, refusal


def refused(method: str = "GET", path: str = "/es/", **headers: str) -> int | None:
    sent = {"host": "127.0.0.1:7860", **{name.replace("_", "-"): value for name, value in headers.items()}}
    answer = refusal(method, path, Headers(sent), LOOPBACK)
    return answer and answer[0]


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:1", "LOCALHOST", "[::1]:7860"])
def test_the_machines_own_names_are_answered(host: str) -> None:
    assert refused(host=host) is None


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "evil@127.0.0.1", "[::1", "a b"]
)
def test_any_other_host_name_is_refused(host: str) -> None:
    assert refused(host=host) == 400


def test_a_request_from_the_page_itself_passes() -> None:
    assert refused("POST", origin="http://127.0.0.1:7860", sec_fetch_site="same-origin") is None


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:9999", "null", "http://localhost"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_from_another_origin_is_refused(method: str, origin: str) -> None:
    assert refused(method, origin=origin) == 403


def test_a_form_on_another_site_cannot_post_even_without_an_origin() -> None:
    assert refused("POST", sec_fetch_site="cross-site") == 403


def test_a_link_on_another_site_may_open_the_page() -> None:
    assert refused("GET", sec_fetch_site="cross-site") is None


def test_a_body_that_is_too_large_or_of_unknown_length_is_refused() -> None:
    assert refused("POST", content_length=str(MAX_BODY + 1)) == 413
    assert refused("POST", content_length="-1") == 413
    assert refused("POST", "/uploads", content_length=str(MAX_UPLOAD)) is None
    assert refused("POST", "/uploads", content_length=str(MAX_UPLOAD + 1)) == 413
    assert refused("POST", transfer_encoding="chunked") == 411


def test_a_port_and_brackets_are_not_part_of_a_host_name() -> None:
    assert [host_name(host) for host in ("[::1]:80", "Localhost:80")] == ["::1", "localhost"]


def test_a_server_answers_to_where_it_listens_and_to_the_names_it_was_given() -> None:
    hosts = Hosts("192.0.2.7", ["Archivo.example.org"])
    assert all(name in hosts for name in ("192.0.2.7", "archivo.example.org", "localhost"))
    assert not any(name in hosts for name in ("192.0.2.8", "evil.example", ""))


def test_a_server_that_listens_everywhere_answers_to_addresses_but_to_no_name_that_leads_here() -> None:
    hosts = Hosts("0.0.0.0")
    assert all(name in hosts for name in ("192.0.2.8", "2001:db8::1", "127.0.0.1"))
    assert not any(name in hosts for name in ("evil.example", "192.0.2.8.evil.example", ""))
