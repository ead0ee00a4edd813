"""The OpenAI clients that a LlamaIndex model talks through. They hold the key, so that the model cannot show it."""

from typing import Any

import httpx
import openai

from assistant.llms.connections import http_client

CONNECT_SECONDS = 10.0
# A model's fields are printed and traced; this is what stands there.
_HIDDEN = "hidden"


def client_options(url: str, key: str, deadline: float, *, loopback: bool) -> dict[str, Any]:
    """Arguments for a LlamaIndex OpenAI model at `url`. `deadline` in seconds bounds each wait for the server.

    Proxies are never used for a loopback host. Nothing is tried again here: `calls` owns retries.
    """
    timeout = httpx.Timeout(deadline, connect=min(deadline, CONNECT_SECONDS))
    common: dict[str, Any] = {"api_key": key, "base_url": url, "max_retries": 0, "timeout": timeout}
    return {
        "api_base": url,
        "api_key": _HIDDEN,
        "max_retries": 0,
        "timeout": deadline,
        "openai_client": openai.OpenAI(**common, http_client=httpx.Client(trust_env=not loopback)),
        "async_openai_client": openai.AsyncOpenAI(**common, http_client=http_client(loopback=loopback)),
        "additional_kwargs": {"stream_options": {"include_usage": True}},
    }
