"""Why a file, or a part of one, is not in the index: a code with its fields, put into words in each language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self

SkipCode = Literal[
    "being_written",
    "crashed",
    "damaged",
    "damaged_page",
    "damaged_part",
    "dangling_link",
    "duplicate_id",
    "empty",
    "empty_archive",
    "failed",
    "json_too_deep",
    "lacks_part",
    "lacks_text",
    "linked_folder",
    "linked_outside",
    "linked_twice",
    "misnamed",
    "no_contents",
    "no_document",
    "no_document_in_archive",
    "no_reader",
    "no_reader_but",
    "no_records",
    "no_such_page",
    "no_text",
    "not_html",
    "not_json",
    "not_mailbox",
    "not_record",
    "not_regular",
    "not_rich_text",
    "not_text",
    "not_zip",
    "other",
    "out_of_memory",
    "outside",
    "packed_unknown",
    "password",
    "scanned",
    "scanned_without_ocr",
    "taken_id",
    "temporary",
    "tesseract_failed",
    "too_deep",
    "too_large",
    "too_long",
    "too_many_entries",
    "too_many_pages",
    "too_slow",
    "too_tight",
    "unexamined",
    "unknown_encoding",
    "unlisted_folder",
    "unpacks_beyond",
    "unpacks_too_large",
    "unreadable",
    "unusable_answer",
    "unusable_rules",
    "vanished",
]
"""The reasons there are, each with its words in `reasons.toml`. Indexes keep them: none is ever given a new name."""

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class SkipReason:
    """A reason, and what its words need: a `name` (of a part, an id, a format) and an `other` one; a `size` and the
    `limit` that it goes over, in the unit that the words name; the `detail` that a library or the system gave, in its
    own words; the parts `within`, each with its own reason.
    """

    code: SkipCode
    name: str = ""
    other: str = ""
    size: int = 0
    limit: float = 0
    detail: str = ""
    within: "tuple[Skipped, ...]" = ()

    def in_words(self, language: str) -> str:
        """The reason for people: in `language` if it has texts here, else in English."""
        words = _texts()[self.code]
        language = language if language in words else _ENGLISH
        return words[language].format(
            name=self.name,
            other=self.other,
            size=_number(self.size, language),
            limit=_number(self.limit, language),
            detail=self.detail,
            within="; ".join(part.in_words(language) for part in self.within),
        )

    def __str__(self) -> str:
        return self.in_words(_ENGLISH)

    def to_dict(self) -> dict[str, Any]:
        """The code and the fields that it has, for JSON; the inverse of `of_dict`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        parts = [{"path": part.path, **part.reason.to_dict()} for part in self.within]
        return {name: value for name, value in {**values, "within": parts}.items() if value}

    @classmethod
    def of_dict(cls, content: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`."""
        parts = [dict(part) for part in content.get("within", ())]
        within = tuple(Skipped(part.pop("path"), SkipReason.of_dict(part)) for part in parts)
        return cls(**{**content, "within": within})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one, that is not in the index: its path for people, and the reason."""

    path: str
    reason: SkipReason

    def in_words(self, language: str) -> str:
        """The path, if it has one, and the reason."""
        return ": ".join(filter(None, (self.path, self.reason.in_words(language))))

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it: the reason in English, then its code and fields."""
        return {"path": self.path, "reason": str(self.reason), **self.reason.to_dict()}


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files(__package__) / "reasons.toml").read_text("utf-8"))


def _number(number: float, language: str) -> str:
    # Takes a while to load, and most processes tell no reason.
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=language))
