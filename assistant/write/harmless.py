"""Text of others as it stands in a prompt: it cannot end its block, pose as a marker or as another speaker."""

import re
import unicodedata

from index.invisible import is_invisible

# Letters that could close the evidence block or look like a marker, and what stands for them.
_HARMLESS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "【": "(", "】": ")"})
# Private use and unassigned: a reader may see something there, a model is not to guess what.
_MEANINGLESS = frozenset({"Co", "Cn"})
# A marker of evidence; in code, what stands behind a name is an index.
_POSES_AS_MARKER = re.compile(r"[\[【](\s*+\^?\d[\d\s,;^–-]*+)[\]】]")
_POSES_AS_MARKER_IN_CODE = re.compile(rf"(?<![\w)\]]){_POSES_AS_MARKER.pattern}")
# Tags of prompts, and the tokens by which models part those who speak.
_POSES_AS_TAG = re.compile(
    r"<(?=[\s/|]*+(?:evidence|conversation|system|assistant|user|im_|begin|end|start))", re.I
)


def harmless(text: str) -> str:
    """`text` on one line, without invisible characters and without brackets and tags of any kind."""
    return " ".join(_visible(text).translate(_HARMLESS).split())


def harmless_lines(text: str) -> str:
    """`text` made harmless line by line."""
    return "\n".join(harmless(line) for line in text.splitlines())


def harmless_quote(text: str) -> str:
    """`text` on one line as a document has it, but for what poses as a marker or a tag of the prompt."""
    return _POSES_AS_MARKER.sub(r"(\1)", _without_tags(" ".join(_visible(text).split())))


def harmless_code(line: str) -> str:
    """A line of code with its indentation, but for what poses as a marker or a tag of the prompt."""
    return _POSES_AS_MARKER_IN_CODE.sub(r"(\1)", _without_tags(_visible(line).rstrip()))


def _without_tags(text: str) -> str:
    return _POSES_AS_TAG.sub("‹", text)


def _visible(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_told(c))


def _is_told(character: str) -> bool:
    return not is_invisible(character) and unicodedata.category(character) not in _MEANINGLESS
