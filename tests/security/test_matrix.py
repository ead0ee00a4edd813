"""Who may use which route: every identity at every route of the running application.

There is no administrator among the identities: nobody administers the archive over HTTP. Users, keys and the archive's
opening are commands on the machine, and a key or a login that its owner holds can do no more here than anybody's.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

import httpx
import pytest

from tests.security.routes import routes_of
from tests.ui.access.conftest import PASSWORD, log_in
from tests.ui.conftest import Archive, serving


class Rule(StrEnum):
    """Whom a route is for."""

    ANYBODY = "anybody"
    READERS = "readers"
    GRADIO = "readers, as far as Gradio is let"  # how far, test_gradio_gate.py tells
    PROGRAMS = "readers and programs"


# A route that none of these names has no rule, and fails.
RULES = {
    r"/login|/logout|/healthz|/readyz": Rule.ANYBODY,
    r"/static/page\.css": Rule.ANYBODY,
    r"/|/document|/document/(page|portrait|questions)|/uploads|/uploads/1|/uploads/progress": Rule.READERS,
    r"/conversations/1/(1/feedback|export|1/calendar)": Rule.READERS,
    r"/(es|en)/?": Rule.READERS,
    r"/(es|en)/.+": Rule.GRADIO,
    r"/v1/(chat/completions|responses|embeddings|models|models/1|files|files/1|files/1/content)": Rule.PROGRAMS,
    r"/api/(ask|search|timeline|documents|documents/1|status)": Rule.PROGRAMS,
    r"/mcp|/openapi\.json|/metrics": Rule.PROGRAMS,
}


class Identity(StrEnum):
    """Who comes."""

    NOBODY = "nobody"
    USER = "user"
    KEY = "key"
    REVOKED = "revoked key"
    FOREIGN_HOST = "user by a foreign host name"
    FOREIGN_ORIGIN = "user from a foreign origin"


ALLOWED = {
    Identity.NOBODY: {Rule.ANYBODY},
    Identity.USER: set(Rule),
    Identity.KEY: {Rule.ANYBODY, Rule.PROGRAMS},
    Identity.REVOKED: {Rule.ANYBODY},
    Identity.FOREIGN_HOST: set[Rule](),
    Identity.FOREIGN_ORIGIN: set[Rule](),
}
REFUSED = {Identity.FOREIGN_HOST: 400, Identity.FOREIGN_ORIGIN: 403}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The shipped documents, served to Ana, and to a program with a key."""
    with serving(tmp_path_factory) as serve:
        opened = serve()
        opened.assistant.people.users.add("ana", PASSWORD)
        yield opened


@pytest.fixture(scope="module")
def comer(archive: Archive) -> Iterator[Callable[[Identity], httpx.Client]]:
    """Somebody of an identity, ready to send requests."""
    keys = archive.assistant.people.keys
    key, revoked = keys.add("radio"), keys.add("old radio")
    keys.remove("old radio")
    headers = {
        Identity.KEY: {"authorization": f"Bearer {key}"},
        Identity.REVOKED: {"authorization": f"Bearer {revoked}"},
        Identity.FOREIGN_HOST: {"host": "archivo.attacker.example"},
        Identity.FOREIGN_ORIGIN: {"origin": "https://attacker.example"},
    }
    opened: list[httpx.Client] = []

    def come(identity: Identity) -> httpx.Client:
        client = httpx.Client(base_url=archive.address, timeout=60)
        opened.append(client)
        if identity in (Identity.USER, Identity.FOREIGN_HOST, Identity.FOREIGN_ORIGIN):
            assert log_in(client, "ana").status_code == 303
        client.headers.update(headers.get(identity, {}))
        return client

    yield come
    for client in opened:
        client.close()


@pytest.fixture(scope="module")
def routes(archive: Archive) -> list[tuple[str, str]]:
    """The routes, the one that ends a login last."""
    return sorted(routes_of(archive.assistant), key=lambda route: (route[1] == "/logout", route))


def rule_of(path: str) -> Rule | None:
    return next((rule for pattern, rule in RULES.items() if re.fullmatch(pattern, path)), None)


def test_every_route_has_a_rule_and_every_rule_a_route(routes: list[tuple[str, str]]) -> None:
    paths = {path for _, path in routes}
    assert {path for path in paths if rule_of(path) is None} == set()
    assert [pattern for pattern in RULES if not any(re.fullmatch(pattern, path) for path in paths)] == []


@pytest.mark.parametrize("identity", Identity)
def test_each_comes_in_where_the_rules_say_and_nowhere_else(
    routes: list[tuple[str, str]], comer: Callable[[Identity], httpx.Client], identity: Identity
) -> None:
    client = comer(identity)
    wrong = {}
    for method, path in routes:
        # An endless answer is not waited for: its status is enough.
        with client.stream(method, path, content=b"" if method in ("POST", "PUT") else None) as answer:
            if not is_right(identity, path, answer.status_code):
                wrong[method, path] = answer.status_code
    assert wrong == {}


def is_right(identity: Identity, path: str, status: int) -> bool:
    """Whether the route answers that identity as the rules say."""
    rule = rule_of(path)
    if rule not in ALLOWED[identity]:
        # Routes of Gradio that nobody has a use for are not there for anybody.
        return status == REFUSED.get(identity, 401) or (status == 404 and rule is Rule.GRADIO)
    if rule is Rule.GRADIO:
        return status != 401
    # A login without a name is heard, and is none.
    return (status not in (401, 403) and status < 500) or (path, status) == ("/login", 401)
