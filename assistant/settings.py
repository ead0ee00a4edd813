"""The settings, each with its bounds. A flag beats the environment, which beats `hemeroteca.toml`."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    IPvAnyNetwork,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError

EngineName = Literal["auto", "extractive", "openai", "local"]
Item = TypeVar("Item")


def _split(given: Any) -> Any:
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


def _place(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if given.startswith(_POSTGRESQL):
        return SecretStr(given)
    if "://" in given:
        raise ValueError("neither a file nor a URL that begins with postgresql://")
    return Path(given)


def _beside_the_index(file: str) -> Callable[[dict[str, Any]], Path | SecretStr]:
    """The default of a place of people: the database of the index, if that is in one, else a file."""
    return lambda given: given.get("store") or Path(file)


_POSTGRESQL = ("postgresql://", "postgres://")
# A file, or the URL of a PostgreSQL database.
Place = Annotated[Path | SecretStr, BeforeValidator(_place)]
Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.*-]{1,253}(:[0-9]{1,5})?$")]
# Several values: in the environment with commas between them.
Listing = Annotated[tuple[Item, ...], NoDecode, BeforeValidator(_split)]
ENV_PREFIX = "HEMEROTECA_"
# Of a request to a model server, what is not an option.
_OWN_FIELDS = frozenset({"model", "messages", "stream", "stream_options", "n", "tools", "functions"})
# Variables that other parts of the product read; they are not settings of an answer.
_OTHER_VARIABLES: frozenset[str] = frozenset({"HEMEROTECA_EVAL"})


class Settings(BaseSettings):
    """Every setting. Environment variables are the names in capitals behind `HEMEROTECA_`."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, extra="forbid", frozen=True, populate_by_name=True, validate_default=True
    )

    documents: Path = Field(Path("documents"), description="The folder of documents.")
    index: Path = Field(Path(".hemeroteca"), description="Where the index is kept.")
    store: SecretStr | None = Field(
        None,
        description="URL of a PostgreSQL database for the index and people's things, not files; needs `vectors`.",
    )
    vectors: str | None = Field(
        None,
        pattern=r"^https?://[^/?#@]+(/[^/?#]+/[^/?#]+)?/?$",
        description="URL of a Chroma server for the vectors, which are else kept with the index.",
    )
    vectors_headers: SecretStr | None = Field(
        None, description="Headers that the Chroma server is sent, `Name: value`, one a line."
    )
    conversations: Place = Field(
        default_factory=_beside_the_index(".hemeroteca-conversations.sqlite3"),
        description="The file that keeps conversations, or the URL of a PostgreSQL database.",
    )
    keys: Place = Field(
        default_factory=_beside_the_index(".hemeroteca-keys.json"),
        description="The file of API keys, as hashes, or the URL of a database.",
    )
    auth: Place = Field(
        default_factory=_beside_the_index(".hemeroteca-users.json"),
        description="The file of users, with hashed passwords, or the URL of a database.",
    )
    sessions: Place = Field(
        default_factory=_beside_the_index(".hemeroteca-sessions.sqlite3"),
        description="The file that keeps who is logged in, or the URL of a database.",
    )
    session_idle: float = Field(12, gt=0, le=8760, description="Hours unused after which a login ends.")
    session_longest: float = Field(168, gt=0, le=8760, description="Hours after which any login ends.")
    hosts: Listing[str] = Field((), description="Names, with commas, that the chat is reached by.")
    proxies: Listing[IPvAnyNetwork] = Field(
        (), description="Addresses or networks, with commas, of the reverse proxies before the chat."
    )
    root_path: str = Field(
        "",
        pattern=r"^((/[A-Za-z0-9._~-]{1,100}){1,8})?$",
        description="Path that the chat is a part of another site under, such as `/archivo`.",
    )
    frame_ancestors: Listing[Origin] = Field(
        (), description="Sites, `https://name`, with commas, whose pages may show the chat within theirs."
    )
    trusted_header: str | None = Field(
        None,
        pattern="^[A-Za-z][A-Za-z0-9-]*$",
        description="The header in which those proxies name the user.",
    )
    answers_at_once: int = Field(8, ge=1, le=1000, description="Answers that are worked on at a time.")
    answers_waiting: int = Field(200, ge=0, le=10_000, description="Questions that may wait behind those.")
    answers_each: int = Field(
        20, ge=1, le=10_000, description="Answers and waiting questions of one user or key."
    )
    questions_per_minute: int = Field(
        30, ge=1, le=10_000, description="Questions a minute, of each user or key."
    )
    embeddings_per_minute: int = Field(
        600, ge=1, le=100_000, description="Requests for embeddings a minute, of each user or key."
    )
    quota: int = Field(10_000, ge=1, description="MB that the documents folder may grow to by uploads.")
    bin_days: int = Field(
        30, ge=0, le=3650, description="Days that a removed file can be brought back; 0 deletes it at once."
    )
    farewell: float = Field(7, ge=0, le=3600, description="Seconds that answers on their way get at the end.")
    engine: EngineName = Field("auto", description="What writes answers.")
    model: str = Field("gpt-5-mini", description="The model that the openai engine asks for.")
    base_url: str | None = Field(None, description="URL of an OpenAI-compatible server.")
    api_key: SecretStr | None = Field(None, description="Its key; OPENAI_API_KEY is read as well.")
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None = Field(
        None, description="How long a server's model thinks; OpenAI's own think little if it is not set."
    )
    model_options: dict[str, Any] = Field(
        default_factory=dict, description="More fields of each request to the model server, as JSON."
    )
    prompt_characters: int = Field(
        28_000, ge=1000, le=1_000_000, description="Characters of passages that a server's model is shown."
    )
    second_look: bool = Field(
        True, description="Whether a model server is asked if its answer says what it cites."
    )
    reply_tokens: int = Field(
        4000, ge=100, le=1_000_000, description="Tokens that a reply may have, thoughts included."
    )
    about: str = Field("", max_length=2000, description="What the archive is, in words for the model.")
    local_model: Path | None = Field(None, description="A GGUF file for the local engine, not its own model.")
    deadline: float = Field(60.0, gt=0, le=3600, description="Seconds an answer may take, retries included.")
    price_in: float | None = Field(None, ge=0, description="Price of a million tokens that the model reads.")
    price_out: float | None = Field(None, ge=0, description="Price of a million tokens that it writes.")
    trace_text: bool = Field(False, description="Whether OpenTelemetry spans hold questions, prompts, texts.")
    retries: int = Field(2, ge=0, le=10, description="How often a failed call to a model is tried again.")
    embedding: Literal["e5", "openai"] = Field("e5", description="In process, or a server (openai).")
    embedding_model: str = Field("text-embedding-3-small", description="The model of embedding = openai.")
    embedding_base_url: str | None = Field(None, description="The server of embedding = openai.")
    token_states: bool = Field(
        True, description="Whether e5's token states are kept, 10 KB a passage, or made when they are needed."
    )
    reader: bool = Field(
        True,
        description="Whether the trained reader reads the passages found; off, they stay in the search's order.",
    )
    log_format: Literal["text", "json"] = Field("text", description="The form of the log on standard error.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="What is logged; info has a line for every request and every answer."
    )
    threshold: float = Field(0.4, ge=0, le=1, description="Confidence below which the answer is a refusal.")
    sure_threshold: float = Field(0.85, ge=0, le=1, description="Below this the answer says it is not sure.")

    @field_validator("model_options")
    @classmethod
    def _options_are_no_parts_of_the_protocol(cls, options: dict[str, Any]) -> dict[str, Any]:
        if own := sorted(_OWN_FIELDS & options.keys()):
            raise ValueError(f"{', '.join(own)} cannot be set here")
        return options

    @field_validator("trusted_header")
    @classmethod
    def _header_has_a_proxy(cls, header: str | None, info: ValidationInfo) -> str | None:
        if header and not info.data.get("proxies"):
            raise ValueError("it is believed from proxies only: name their addresses with HEMEROTECA_PROXIES")
        return header

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, Path("hemeroteca.toml"))
        return init_settings, env_settings, toml

    @model_validator(mode="after")
    def _servers_go_together(self) -> Self:
        if self.store is not None:
            if not self.store.get_secret_value().startswith(_POSTGRESQL):
                raise ValueError("store: not a URL that begins with postgresql://")
            if self.vectors is None:
                raise ValueError("store: needs the URL of a Chroma server in vectors as well")
        return self

    def databases(self) -> tuple[SecretStr, ...]:
        """The URLs of the PostgreSQL databases that it names, each once."""
        places = (self.store, self.conversations, self.keys, self.auth, self.sessions)
        return tuple(dict.fromkeys(place for place in places if isinstance(place, SecretStr)))

    def chroma_headers(self) -> dict[str, str]:
        """The headers for the Chroma server, by name."""
        lines = "" if self.vectors_headers is None else self.vectors_headers.get_secret_value()
        pairs = (line.partition(":") for line in lines.splitlines() if line.strip())
        return {name.strip(): value.strip() for name, _, value in pairs}

    def openai_key(self) -> str | None:
        """The key for the model server, from the setting or from OPENAI_API_KEY."""
        if self.api_key is not None:
            return self.api_key.get_secret_value()
        return os.environ.get("OPENAI_API_KEY") or None

    def openai_url(self) -> str | None:
        """The model server's URL, from the setting or from OPENAI_BASE_URL; None means OpenAI itself."""
        return self.base_url or os.environ.get("OPENAI_BASE_URL") or None


def default_of(place: str) -> Path:
    """The file that a place of people is by default."""
    return Path(Settings.model_fields[place].get_default(call_default_factory=True, validated_data={}))


def load_settings(**given: Any) -> Settings:
    """Settings from the flags in `given` (None means not given), the environment and `hemeroteca.toml`.

    Raises SettingsError, naming each setting that is unknown or out of bounds.
    """
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(ENV_PREFIX)
        and name not in _OTHER_VARIABLES
        and name.removeprefix(ENV_PREFIX).lower() not in Settings.model_fields
    )
    if unknown:
        raise SettingsError(f"Unknown setting in the environment: {', '.join(unknown)}.")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"Settings cannot be used: {problems}.") from error
    except ValueError as error:
        raise SettingsError(f"hemeroteca.toml cannot be read: {error}.") from error
