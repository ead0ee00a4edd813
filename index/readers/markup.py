"""All the words of an HTML or XHTML page, block by block, however deep it is nested."""

from collections.abc import Iterator

from lxml import etree, html

from index.errors import UnreadableDocument

_SILENT = frozenset({"script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)


def parse_page(page: str) -> html.HtmlElement:
    """The tree of an HTML page, mended where it is broken. Raises UnreadableDocument if nothing is left."""
    # As bytes: lxml refuses a str that declares its own encoding.
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"not an HTML page: {error}") from error
    return tree


def blocks(tree: html.HtmlElement) -> Iterator[str]:
    """The words of each paragraph, heading, list item or cell, in the order of the page."""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        named = isinstance(element.tag, str)
        tag = element.tag.rpartition("}")[2].lower() if named else ""
        if named and tag not in _INLINE and pieces:
            yield "".join(pieces)
            pieces = []
        if tag in _SILENT:
            silent += 1 if event == "start" else -1
        words = element.text if event == "start" else element.tail
        if words and not silent:
            pieces.append(words)
    yield "".join(pieces)
