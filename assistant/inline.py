"""The Markdown within a sentence: bold, italic and code, as runs of plain text and back.

Links and pictures become their words: what a model was made to write may not make a reader's program fetch anything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPECIAL = re.compile(r"([\\`*_\[\]])")
_TICKS = re.compile(r"`+")
_NUMBER = re.compile(r"\d[\d\s,;–-]*")
# No address is looked for in angle brackets, and signs stand for themselves.
_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["autolink", "entity", "html_inline"])


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


def runs_of(markdown: str) -> tuple[Run, ...]:
    """The runs of one paragraph's Markdown; line breaks are spaces."""
    (inline,) = _PARSER.parseInline(markdown)
    return joined(_runs(inline.children or ()))


def plain_text(markdown: str) -> str:
    """The words alone."""
    return "".join(run.text for run in runs_of(markdown))


def markdown_of(runs: Iterable[Run]) -> str:
    """Markdown that `runs_of` reads as these runs; signs are escaped only where they would be taken for style.

    A style that Markdown cannot have at a place, such as bold for a bracket within a word, is left out.
    """
    text = joined(runs)
    escaped = [run if run.code else replace(run, text=_escaped(run.text)) for run in text]
    for written in (text, escaped):
        markdown = "".join(map(_written, written))
        if runs_of(markdown) == text:
            return markdown
    return "".join(_written(replace(run, bold=False, italic=False)) for run in escaped)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours of one style in one."""
    whole: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if whole and replace(whole[-1], text=run.text) == run:
            run = replace(run, text=whole.pop().text + run.text)
        whole.append(run)
    return tuple(whole)


def _runs(tokens: Iterable[Token]) -> Iterator[Run]:
    bold = italic = 0
    for token, following in _with_links(list(tokens)):
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak" | "hardbreak":
                yield Run(" ", bool(bold), bool(italic))
            case "code_inline":
                yield Run(token.content, bool(bold), bool(italic), code=True)
            case "link_open":
                yield Run("[" if following else "", bool(bold), bool(italic))
            case "link_close":
                yield Run("]" if following else "", bool(bold), bool(italic))
            case _:
                yield Run(token.content, bool(bold), bool(italic))


def _with_links(tokens: list[Token]) -> Iterator[tuple[Token, bool]]:
    """Each token, and whether it opens or closes a link whose words are a citation's marker."""
    is_marker = False
    for place, token in enumerate(tokens):
        if token.type == "link_open":
            is_marker = _NUMBER.fullmatch(tokens[place + 1].content) is not None
        yield token, is_marker


def _written(run: Run) -> str:
    text = run.text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    core = text.strip()
    if not core:
        return text
    if run.code:
        core = _fenced(core)
    mark = "*" * (2 * run.bold + run.italic)
    return f"{lead}{mark}{core}{mark}{tail}"


def _fenced(code: str) -> str:
    longest = max(map(len, _TICKS.findall(code)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {code} {fence}" if longest else f"{fence}{code}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
