"""Characters that nobody sees, and that may hide or reorder what stands around them."""

import re
import unicodedata

# Controls, formats (zero width, bidirectional, soft hyphen, tags), halves of characters, the separators of lines.
_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Not assigned yet, but to be shown as nothing when they are.
_SET_ASIDE = re.compile("[\u2065\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")


def is_invisible(character: str) -> bool:
    """Whether it shows nothing of its own. Tab and newline are invisible too; a space is not."""
    return unicodedata.category(character) in _CATEGORIES or _SET_ASIDE.match(character) is not None
