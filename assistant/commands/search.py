"""`hemeroteca search`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from assistant.commands.frame import (
    AsOf,
    Documents,
    Index,
    Json,
    PublishedFrom,
    PublishedTo,
    document_filter,
    ensure_indexed,
    opened,
    print_json,
)

if TYPE_CHECKING:
    from assistant.finding.search import Hit


def search(
    words: Annotated[list[str], typer.Argument(help="What to search for.")],
    documents: Documents = None,
    index: Index = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="The most passages to show.")] = 10,
    trace: Annotated[
        bool, typer.Option("--trace", help="Tell the scores of each passage, and which words met.")
    ] = False,
    json_: Json = False,
) -> None:
    """Find the passages nearest to some words, without an answer."""
    from assistant.incoming import checked

    wanted = document_filter(published_from, published_to, as_of)
    asked = checked(" ".join(words))
    with opened(documents, index, brief=True) as assistant:
        ensure_indexed(assistant, json_)
        hits = assistant.search(asked, wanted=wanted, limit=limit)
    if json_:
        print_json({"words": asked, "hits": [_entry(hit, trace) for hit in hits]})
    else:
        from assistant.display import print_hits

        print_hits(Console(), hits, trace=trace)


def _entry(hit: "Hit", trace: bool) -> dict[str, Any]:
    return {**hit.to_dict(), "why": hit.why.to_dict()} if trace else hit.to_dict()
