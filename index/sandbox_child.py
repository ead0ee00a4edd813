"""The child process of `index.sandbox`: reads files within its limits until its parent goes."""

import json
import os
import resource
import sys
from datetime import datetime
from typing import IO, Any

from index.document import PageQuote
from index.errors import UnreadableDocument
from index.readers import read_bytes
from index.wire import picture_to_json, readings_to_json, refusal_to_json


def serve(memory: int) -> None:
    """Answer each file that comes by standard input, read or drawn, with a line of JSON.

    An error of a reader's library ends the process: the parent tells the last line of its traceback.
    """
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)
    incoming = sys.stdin.buffer
    outgoing = _answers()
    while head := incoming.readline():
        job = json.loads(head)
        _limit_cpu(job["seconds"])
        data = incoming.read(job["size"])
        outgoing.write(json.dumps(_answer(data, job)).encode() + b"\n")
        outgoing.flush()


def _answers() -> IO[bytes]:
    """Standard output for the answers alone: what a library prints goes to standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _answer(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    try:
        return _picture(data, job) if "page" in job else _readings(data, job)
    except UnreadableDocument as error:
        return refusal_to_json(error)


def _readings(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    modified = job["modified"]
    found = read_bytes(data, job["path"], datetime.fromisoformat(modified) if modified else None)
    return readings_to_json(found)


def _picture(data: bytes, job: dict[str, Any]) -> dict[str, Any]:
    from index.readers.pdf.picture import picture  # PDFium is loaded where a PDF is drawn

    quotes = [PageQuote(**quote) for quote in job["quotes"]]
    return picture_to_json(picture(data, job["page"], quotes))


def _limit(what: int, amount: int) -> None:
    resource.setrlimit(what, (amount, amount))


def _limit_cpu(seconds: float) -> None:
    """The limit counts from the start of the process, so it moves on with every file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
