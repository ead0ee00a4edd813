"""Embeds on an OpenAI-compatible server. Texts are sent as they are, without prefixes."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import httpx
import numpy as np
import openai
from numpy.typing import NDArray
from openai.types import CreateEmbeddingResponse
from pydantic import BaseModel, ValidationError

from index.embed import Embedded, unit
from index.embed.e5.tokenizer import E5Tokenizer, open_tokenizer
from index.errors import EmbeddingFailed

URL_SETTING = "HEMEROTECA_EMBEDDING_BASE_URL"
MODEL_SETTING = "HEMEROTECA_EMBEDDING_MODEL"
KEY_SETTING = "HEMEROTECA_API_KEY or OPENAI_API_KEY"
_BATCH_TEXTS = 128
_BATCH_CHARACTERS = 200_000
_SECONDS = 60.0
_NOT_A_URL = f"{URL_SETTING} is not the URL of a server; it should look like http://127.0.0.1:8080/v1."
# Compatible servers run without a key, but the client insists on one.
_NO_KEY = "none"


class _Row(BaseModel):
    index: int
    embedding: list[float]


class _Reply(BaseModel):
    data: list[_Row]


class OpenAIEmbedder:
    """A model on a server that speaks OpenAI's protocol. Safe to call from several threads.

    `identity` covers the model and the server: two servers may serve different weights under one name.
    """

    def __init__(self, *, model: str, base_url: str | None, api_key: str | None, retries: int = 2) -> None:
        """`base_url` None means OPENAI_BASE_URL or else OpenAI itself, which needs a key.

        Nothing is sent yet. Raises EmbeddingFailed when the URL or the key cannot be used.
        """
        self._model = model
        self._dimensions: int | None = None
        self._client = _client(base_url, (api_key or "").strip(), retries)

    @property
    def identity(self) -> str:
        return f"{self._model}@{self._server}"

    @property
    def dimensions(self) -> int:
        """As the server's first reply had them; asks for one when there was none. Raises EmbeddingFailed."""
        if self._dimensions is None:
            self._dimensions = len(self.embed_query("hemeroteca"))
        return self._dimensions

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, (dimensions,). Raises EmbeddingFailed."""
        vector: NDArray[np.float32] = self._embed([text])[0]
        return vector

    @property
    def tokens(self) -> None:
        """A server tells nothing of single tokens."""

    def embed_passages(self, texts: Sequence[str]) -> list[Embedded]:
        """The vector of each text. Raises EmbeddingFailed."""
        distinct = list(dict.fromkeys(texts))
        vectors = dict(zip(distinct, self._embed(distinct), strict=True))
        return [Embedded(vectors[text]) for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens of multilingual-e5 each text has: chunks are the same whatever embeds them."""
        return self._tokenizer.counts(texts)

    @cached_property
    def _tokenizer(self) -> E5Tokenizer:
        return open_tokenizer()

    @property
    def _server(self) -> str:
        """The server's address without the user name and password that a URL can hold."""
        url = self._client.base_url
        return f"{url.scheme}://{url.netloc.decode()}{url.path.rstrip('/')}"

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The unit vectors of texts, (texts, dimensions)."""
        parts = [self._request(batch) for batch in _batches(texts)]
        return np.concatenate(parts) if parts else np.empty((0, self.dimensions), np.float32)

    def _request(self, texts: list[str]) -> NDArray[np.float32]:
        # The protocol refuses the empty string.
        sent = [text or " " for text in texts]
        try:
            reply = self._client.embeddings.create(model=self._model, input=sent, encoding_format="float")
        except openai.APIError as error:
            raise EmbeddingFailed(self._explain(error)) from error
        except (ValueError, RecursionError) as error:
            raise EmbeddingFailed(self._unusable("was not JSON")) from error
        return self._checked(reply, len(texts))

    def _checked(self, reply: CreateEmbeddingResponse, count: int) -> NDArray[np.float32]:
        try:
            rows = _Reply.model_validate(reply, from_attributes=True).data
        except ValidationError as error:
            raise EmbeddingFailed(self._unusable("held no vectors")) from error
        if sorted(row.index for row in rows) != list(range(count)):
            raise EmbeddingFailed(self._unusable(f"held {len(rows)} vectors for {count} texts"))
        lengths = {len(row.embedding) for row in rows}
        expected = self._dimensions or max(lengths)
        if lengths != {expected}:
            found = ", ".join(map(str, sorted(lengths)))
            raise EmbeddingFailed(self._unusable(f"held vectors of {found} dimensions, not {expected}"))
        vectors = np.array([row.embedding for row in sorted(rows, key=lambda row: row.index)], np.float32)
        if not (np.isfinite(vectors).all() and vectors.any(axis=1).all()):
            raise EmbeddingFailed(self._unusable("held a vector that is zero or not a number"))
        self._dimensions = expected
        return unit(vectors)

    def _unusable(self, problem: str) -> str:
        return (
            f"The reply of the embedding server {self._server} {problem}; "
            f"check that {URL_SETTING} and {MODEL_SETTING} name an embedding model."
        )

    def _explain(self, error: openai.APIError) -> str:
        """What went wrong and which setting to look at; never the server's words, which may echo the key."""
        match error:
            case openai.APITimeoutError():
                problem = f"did not answer within {_SECONDS:.0f} seconds; try again, or check {URL_SETTING}"
            case openai.APIConnectionError():
                problem = f"cannot be reached; check {URL_SETTING} and that the server is running"
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                problem = f"refused the key; check {KEY_SETTING}, and {URL_SETTING}"
            case openai.NotFoundError():
                problem = f"does not know the model {self._model}; check {MODEL_SETTING} and {URL_SETTING}"
            case openai.RateLimitError():
                problem = "refuses more requests for now (limit or credit used up); try again later"
            case openai.APIStatusError():
                problem = f"answered with status {error.status_code}; try again, or check {URL_SETTING}"
            case _:
                return self._unusable("could not be read")
        return f"The embedding server {self._server} {problem}."


def _client(base_url: str | None, key: str, retries: int) -> openai.OpenAI:
    if not key.isascii():
        raise EmbeddingFailed(f"The key holds characters that no key has; check {KEY_SETTING}.")
    try:
        client = openai.OpenAI(
            api_key=key or _NO_KEY, base_url=base_url or None, max_retries=retries, timeout=_SECONDS
        )
    except httpx.InvalidURL as error:
        raise EmbeddingFailed(_NOT_A_URL) from error
    if client.base_url.scheme not in ("http", "https"):
        raise EmbeddingFailed(_NOT_A_URL)
    if not key and client.base_url.host == "api.openai.com":
        raise EmbeddingFailed(f"Embedding with OpenAI needs a key; set {KEY_SETTING}, or {URL_SETTING}.")
    return client


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in order, in batches of bounded number and size; a text over the size goes alone."""
    batch: list[str] = []
    characters = 0
    for text in texts:
        full = len(batch) == _BATCH_TEXTS or characters + len(text) > _BATCH_CHARACTERS
        if batch and full:
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch
