"""The served archive as programs reach it."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from openai import OpenAI

from tests.ui.conftest import Archive


@pytest.fixture(scope="package")
def client(archive: Archive) -> Iterator[httpx.Client]:
    """Plain HTTP to the shipped documents."""
    with httpx.Client(base_url=archive.address, timeout=60) as opened:
        yield opened


@pytest.fixture(scope="package")
def openai_client(archive: Archive) -> Iterator[OpenAI]:
    """OpenAI's own client, pointed at the shipped documents with a key that nobody gave out."""
    with OpenAI(base_url=f"{archive.address}/v1", api_key="any", max_retries=0) as opened:
        yield opened


@pytest.fixture
def keyed(archive: Archive) -> Iterator[Callable[[], str]]:
    """Makes a key of the served archive; all are gone after the test."""
    keys = archive.assistant.people.keys

    def make() -> str:
        return keys.add("a program")

    yield make
    for key in keys.all():
        keys.remove(key.name)
    keys.open_to_all()
