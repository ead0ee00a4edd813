"""The archive's tools and documents as the MCP SDK's own client sees them, over HTTP and over pipes."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.ui.conftest import Archive
from ui.mcp_server import document_uri

SEED = "2026-01-16-de-la-fuente-rubio.txt"
ROOT = Path(__file__).parents[3]
QUESTION = "¿Dónde será la reunión ministerial?"


@pytest.fixture(params=["http", "stdio"])
def place(request: pytest.FixtureRequest, archive: Archive) -> Any:
    """Where the client finds the server: an address, or a command to run."""
    if request.param == "http":
        return f"{archive.address}/mcp"
    settings = archive.assistant.settings
    folders = ["--documents", str(settings.documents), "--index", str(settings.index)]
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp", *folders],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_the_tools_and_documents_serve_a_client(place: Any, archive: Archive) -> None:
    text = archive.assistant.document(SEED).text

    async def use() -> None:
        async with Client(place) as client:
            tools = (await client.list_tools()).tools
            assert {tool.name for tool in tools} == {
                "ask",
                "search",
                "timeline",
                "read_document",
                "list_documents",
            }
            steps: list[str] = []

            async def step(progress: float, total: float | None, message: str | None) -> None:
                steps.append(message or "")

            asked = await client.call_tool("ask", {"question": QUESTION}, progress_callback=step)
            answer = asked.structured_content
            assert "Washington" in answer["text"]
            assert steps[1:] == [sentence["text"] for sentence in answer["sentences"]]
            described = {tool.name: tool.description or "" for tool in tools}
            assert "characters" in described["ask"] and "at most" in described["list_documents"]
            for cited in answer["citations"]:
                assert text[cited["start"] : cited["end"]] == cited["quote"]
            found = await client.call_tool("search", {"words": "reunión", "published_to": "2026-01-15"})
            assert found.structured_content["hits"] == []
            told = await client.call_tool("timeline", {"topic": "reunión ministerial"})
            assert told.structured_content["events"]
            listed = (await client.call_tool("list_documents", {})).structured_content
            assert [entry["id"] for entry in listed["documents"]] == [SEED]
            read = (await client.call_tool("read_document", {"id": SEED})).structured_content
            assert read["text"] == text
            resources = (await client.list_resources()).resources
            assert [(str(r.uri), r.name, r.title, r.description) for r in resources] == [
                (document_uri(SEED), SEED, archive.assistant.document(SEED).title, "2026-01-16")
            ]
            contents = (await client.read_resource(resources[0].uri)).contents
            assert contents[0].text == text
            page = json.loads((await client.read_resource("hemeroteca://documents/0")).contents[0].text)
            assert [entry["uri"] for entry in page["resources"]] == [document_uri(SEED)]
            assert (page["total"], page["next"]) == (1, None)

    anyio.run(use)


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("read_document", {"id": "nothing.txt"}, "nothing.txt"),
        ("ask", {"question": " "}, "empty"),
        ("search", {"words": "x", "limit": 0}, "limit"),
        ("list_documents", {"offset": 10**20}, "offset"),
    ],
)
def test_a_mistake_is_told_to_the_client(
    archive: Archive, tool: str, arguments: dict[str, Any], words: str
) -> None:
    async def use() -> None:
        async with Client(f"{archive.address}/mcp") as client:
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            assert words in result.content[0].text

    anyio.run(use)


def test_a_document_that_is_not_there_cannot_be_read(archive: Archive) -> None:
    async def use() -> None:
        async with Client(f"{archive.address}/mcp") as client:
            with pytest.raises(MCPError, match=r"nothing\.txt"):
                await client.read_resource(document_uri("nothing.txt"))
            with pytest.raises(MCPError, match="number"):
                await client.read_resource("hemeroteca://documents/first")

    anyio.run(use)


def test_mcp_needs_a_key_once_there_is_one(client: httpx.Client, keyed: Callable[[], str]) -> None:
    keyed()
    assert client.post("/mcp", json={}).status_code == 401


def test_a_client_with_a_key_asks_over_http(archive: Archive, keyed: Callable[[], str]) -> None:
    key = keyed()

    async def use() -> None:
        headers = {"Authorization": f"Bearer {key}"}
        async with (
            httpx.AsyncClient(headers=headers, timeout=60, follow_redirects=True) as http,
            Client(streamable_http_client(f"{archive.address}/mcp", http_client=http)) as client,
        ):
            result = await client.call_tool("ask", {"question": QUESTION})
            assert "Washington" in result.structured_content["text"]

    anyio.run(use)
