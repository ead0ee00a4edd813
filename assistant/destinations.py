"""Where text of the archive is sent, if it leaves this machine: to be told before it first does."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from assistant.settings import Settings

OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Destination:
    """A host that text is sent to, and the model there."""

    host: str
    model: str


def embedding_destination(settings: Settings) -> Destination | None:
    """Where documents and questions are embedded; None if that is on this machine."""
    if settings.embedding != "openai":
        return None
    url = settings.embedding_base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL
    host = host_beyond(urlsplit(url))
    return None if host is None else Destination(host, settings.embedding_model)


def host_beyond(url: SplitResult) -> str | None:
    """The host and port of a URL, without a user's name and password; None if it is this machine."""
    return None if is_loopback(url) else url.netloc.rpartition("@")[2]


def is_loopback(url: SplitResult) -> bool:
    """Whether the URL's host is this machine."""
    host = url.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
