"""The values of the OpenAI-compatible API: what clients send, and what they get."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ui.api.models import Bounds, Incoming

_LONGEST_MESSAGE = 100_000  # characters
_MOST_MESSAGES = 10_000
_MOST_INPUTS = 2048  # as many as OpenAI takes, so that clients send batches of that size
_LONGEST_INPUT = 20_000  # characters

Text = Annotated[str, Field(min_length=1, max_length=_LONGEST_INPUT)]


class Part(BaseModel):
    """A part of a message: words, or an image, a recording, a file, which the archive does not read."""

    type: str = Field(max_length=100)
    text: str | None = Field(None, max_length=_LONGEST_MESSAGE)


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = Field(None, max_length=_LONGEST_MESSAGE)

    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""

    def is_text(self) -> bool:
        """Whether nothing but words is in it."""
        return not isinstance(self.content, list) or all(part.text is not None for part in self.content)


class StreamOptions(BaseModel):
    """What a stream carries besides the answer."""

    include_usage: bool = False


class ResponseFormat(BaseModel):
    """The form of the answer: text, or the whole cited answer as JSON. No answer is fitted to a client's schema."""

    type: Literal["text", "json_object"]


class ChatRequest(Incoming):
    """A conversation that ends with a question; of a very long one the oldest messages are left out.

    `hemeroteca` bounds the documents that may answer. Options that steer how a model writes, and tools, are accepted
    and have no effect.
    """

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=_MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    response_format: ResponseFormat | None = None
    hemeroteca: Bounds = Field(default_factory=lambda: Bounds.model_validate({}))


class Completion(BaseModel):
    """An answer in OpenAI's form; `hemeroteca` is the whole cited answer, null for what a client asks for itself."""

    model_config = ConfigDict(extra="allow")

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]
    hemeroteca: dict[str, Any] | None


class InputItem(BaseModel):
    """A message of the conversation, or what else a client keeps of it, such as the call of a tool."""

    type: str = Field("message", max_length=100)
    role: str = Field("", max_length=100)
    content: str | list[Part] | None = Field(None, max_length=_LONGEST_MESSAGE)


class TextOptions(BaseModel):
    """How the answer is written."""

    format: ResponseFormat | None = None


class ResponsesRequest(Incoming):
    """A question, or a conversation that ends with one, as the Responses API has it; else as for chat completions.

    Nothing is kept between requests, so none can go on from an earlier response by its id.
    """

    model: str = Field(max_length=200)
    input: (
        Annotated[str, Field(max_length=_LONGEST_MESSAGE)]
        | Annotated[list[InputItem], Field(min_length=1, max_length=_MOST_MESSAGES)]
    )
    stream: bool = False
    text: TextOptions | None = None
    previous_response_id: None = None
    conversation: None = None
    hemeroteca: Bounds = Field(default_factory=lambda: Bounds.model_validate({}))

    def messages(self) -> list[Message]:
        """The conversation; what is no message of it is left out."""
        if isinstance(self.input, str):
            return [Message(role="user", content=self.input)]
        return [
            Message(role=item.role, content=item.content)  # type: ignore[arg-type]
            for item in self.input
            if item.type == "message" and item.role in get_args(Message.model_fields["role"].annotation)
        ]


class ResponseObject(BaseModel):
    """An answer in the form of the Responses API; `hemeroteca` is the whole cited answer."""

    model_config = ConfigDict(extra="allow")

    id: str
    object: Literal["response"]
    created_at: int
    status: str
    model: str
    output: list[dict[str, Any]]
    usage: dict[str, Any] | None


class EmbeddingsRequest(Incoming):
    """Texts to embed; `input_type` tells questions from the passages that answer them, in any maker's words."""

    model: str = Field(max_length=200)
    input: Text | Annotated[list[Text], Field(min_length=1, max_length=_MOST_INPUTS)]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = Field(None, ge=1)
    input_type: Literal["query", "search_query", "passage", "document", "search_document"] | None = None

    @field_validator("input", mode="before")
    @classmethod
    def _is_text(cls, sent: Any) -> Any:
        if isinstance(sent, list) and sent and isinstance(sent[0], int | list):
            raise ValueError(
                "send texts, not tokens of another model (LangChain: check_embedding_ctx_length=False)"
            )
        return sent

    def texts(self) -> list[str]:
        """The texts, one or many."""
        return [self.input] if isinstance(self.input, str) else self.input

    def are_questions(self, default: bool) -> bool:
        """Whether the texts are questions; `default` where the request does not say."""
        return default if self.input_type is None else self.input_type.endswith("query")


class EmbeddingEntry(BaseModel):
    """The vector of one text: numbers, or little-endian float32 in base64."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str


class Embeddings(BaseModel):
    """The vectors, in the order of the texts."""

    object: Literal["list"] = "list"
    data: list[EmbeddingEntry]
    model: str
    usage: dict[str, int]


class Model(BaseModel):
    """Something that can be asked for by name."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "hemeroteca"


class Models(BaseModel):
    """The names that can be asked for."""

    object: Literal["list"] = "list"
    data: list[Model]


class File(BaseModel):
    """A document as a file: `bytes` of its text in UTF-8, `created_at` its date in Unix time, 0 without one."""

    id: str
    object: Literal["file"] = "file"
    bytes: int
    created_at: int
    filename: str
    purpose: Literal["user_data"] = "user_data"
    status: Literal["processed"] = "processed"


class Files(BaseModel):
    """A page of the documents; the next one begins after `last_id`."""

    object: Literal["list"] = "list"
    data: list[File]
    has_more: bool
    first_id: str | None
    last_id: str | None
