"""Values into HTML: templates with autoescaping, so that nothing from a document can become markup."""

from datetime import date

from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answer import ResolvedDate
from assistant.inline import runs_of
from assistant.layout import join_sentences
from index.text.characters import is_invisible
from prompts import phrase
from ui.blocks import blocks_of
from ui.shelf import change
from ui.sources import Source
from ui.texts import Texts
from ui.turns import Turn

# Tab, newline, and what joins or parts letters of some scripts and pictures.
_NEEDED = frozenset("\t\n\u200c\u200d")


def plain(text: str) -> str:
    """`text` with a visible sign in place of each character that would hide or reorder what is read."""
    lines = text.replace("\r\n", "\n")
    deceptive = {ord(c) for c in set(lines) - _NEEDED if is_invisible(c)}
    return lines.translate(dict.fromkeys(deceptive, "\N{REPLACEMENT CHARACTER}")) if deceptive else lines


class Pen:
    """Draws templates in one language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._environment = Environment(
            loader=PackageLoader("ui"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["plain"] = plain
        self._environment.filters["iso"] = _iso
        self._environment.globals.update(
            t=texts,
            engine_name=self._engine_name,
            seconds=self._seconds,
            copy_text=copy_text,
            change=change,
            blocks_of=blocks_of,
            runs_of=runs_of,
            days_of=self._days_of,
        )

    def draw(self, template: str, **values: object) -> str:
        """The template `ui/templates/<template>.html` filled in. UndefinedError if a value lacks."""
        return self._environment.get_template(f"{template}.html").render(values)

    def _engine_name(self, engine: str) -> str:
        known = f"engine_{engine}"
        return self.texts(known) if known in self.texts.entries else engine

    def _days_of(self, resolved: ResolvedDate) -> str:
        """The days that words mean, in the reader's language."""
        days = self.texts.period(resolved.first, resolved.last)
        return days if resolved.sure else self.texts("dated_unsure", days=days)

    def _seconds(self, seconds: float) -> str:
        return str(format_decimal(seconds, "0.0" if seconds >= 0.1 else "0.00", locale=self.texts.language))


def copy_text(turn: Turn) -> str:
    """The question, the answer with its markers, and the sources, as plain text for pasting elsewhere."""
    said = join_sentences([sentence.told for sentence in turn.sentences], lines=not _is_written(turn))
    caution = "" if turn.sure else phrase("not_sure", turn.language)
    listed = [_listed(source) for source in turn.sources]
    return "\n\n".join(filter(None, [turn.question, caution, said, "\n".join(listed)]))


def _is_written(turn: Turn) -> bool:
    """Whether a model wrote the answer, so that it has paragraphs."""
    return any(sentence.told.form is not None for sentence in turn.sentences)


def _listed(source: Source) -> str:
    markers = " ".join(f"[{marker}]" for marker in source.markers)
    return f"{markers} {source.title} ({_iso(source.date) or source.path})"


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
