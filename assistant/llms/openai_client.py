"""The OpenAI clients that a LlamaIndex model talks through, and what their failures mean: permanent or transient.

The clients hold the key, so that the model cannot show it.
"""

from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import httpx
import openai

from assistant.errors import ContextExceeded, EngineFailed, RequestRefused
from assistant.llms.calls import http_client

# What a client library raises when a server does not speak the protocol: broken or endlessly nested JSON, missing
# fields.
PROTOCOL_ERRORS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
MODEL_ERRORS = (openai.OpenAIError, httpx.HTTPError, TimeoutError, *PROTOCOL_ERRORS)

_ADVICE = {
    401: "it refused the key: check HEMEROTECA_API_KEY or OPENAI_API_KEY",
    403: "the key may not use this: check HEMEROTECA_API_KEY or OPENAI_API_KEY",
    404: "it knows no such model or address: check HEMEROTECA_MODEL and HEMEROTECA_BASE_URL",
    429: "it is busy or a quota is used up: try again later",
}
_TRANSIENT_STATUSES = frozenset({408, 409, 425, 429})
_REFUSED = frozenset({400, 422})
_CONTEXT_WORDS = ("context_length_exceeded", "context length", "context size", "maximum context")


def classify(error: Exception) -> EngineFailed:
    """The failure that `error` stands for. Its message names the setting to mend and never holds a key."""
    if isinstance(error, EngineFailed):
        return error
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
        return EngineFailed(
            "The model server did not answer in time: see HEMEROTECA_DEADLINE.", transient=True
        )
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return EngineFailed("The model server cut its answer off in the middle.", transient=True)
    if isinstance(error, openai.APIConnectionError | httpx.HTTPError):
        return EngineFailed(
            "The model server cannot be reached: check HEMEROTECA_BASE_URL and that it is running.",
            transient=True,
        )
    if isinstance(error, openai.APIError):
        return _of_event(error)
    return EngineFailed(
        f"The model server's answer is not of the OpenAI protocol ({type(error).__name__}): "
        "check HEMEROTECA_BASE_URL.",
        transient=False,
    )


def _of_status(error: openai.APIStatusError) -> EngineFailed:
    status = error.status_code
    if _is_about_context(error):
        return ContextExceeded("The question and its evidence are too long for the model.", transient=False)
    kind = RequestRefused if status in _REFUSED else EngineFailed
    advice = _ADVICE.get(status, "it failed: try again later" if status >= 500 else "check HEMEROTECA_MODEL")
    return kind(
        f"The model server answered {status}; {advice}.",
        transient=status in _TRANSIENT_STATUSES or status >= 500,
        retry_after=_retry_after(error.response),
    )


def _of_event(error: openai.APIError) -> EngineFailed:
    """A failure told inside a stream that began well."""
    if _is_about_context(error):
        return ContextExceeded("The question and its evidence are too long for the model.", transient=False)
    return EngineFailed("The model server reported a failure while it was answering.", transient=True)


def _is_about_context(error: openai.APIError) -> bool:
    message = f"{error.code} {error.message}".lower()
    return any(words in message for words in _CONTEXT_WORDS)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the server asks to wait, as a number or until a date; None if it does not say."""
    header = response.headers.get("retry-after", "")
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time())
    except ValueError:
        return None


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
