"""Values into HTML: templates with autoescaping, so that nothing from a document can become markup."""

import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ui.texts import Texts

# Characters that hide or reorder text: C0 and C1 controls but tab and newline, zero-width and bidirectional ones.
_DECEPTIVE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def plain(text: str) -> str:
    """`text` with a visible sign in place of each character that would hide or reorder what is read."""
    return _DECEPTIVE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


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
        self._environment.globals["t"] = texts

    def draw(self, template: str, **values: object) -> Markup:
        """The template `ui/templates/<template>.html` filled in. Raises UndefinedError for a missing value."""
        return Markup(self._environment.get_template(f"{template}.html").render(values))


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
