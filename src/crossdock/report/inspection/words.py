"""Words and values as a line of plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from crossdock.report.labels import readable

#: Types of fields as a person calls them.
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "long_text": "long text",
        "datetime": "date and time",
        "checkbox": "yes or no",
        "picklist": "choice",
        "multi_picklist": "choices",
        "email": "e-mail",
        "url": "link",
    }
)
#: Kinds of characters that are not shown: control characters, and those that turn text around.
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def of_type(name: str) -> str:
    """Return the name of a field's type in plain words."""
    return TYPES.get(name) or readable(name).lower()


def line(text: str) -> str:
    """Return a text of the export on one line, without what a screen would obey.

    A value may hold line breaks, colours of a terminal or marks that turn the writing around.
    """
    shown = (" " if unicodedata.category(c) in _HIDDEN else c for c in text)
    return " ".join("".join(shown).split())


def percent(part: int, whole: int) -> str:
    """Return a share as "93%"; 100% is said of all only, and 0% of nothing only."""
    if whole <= 0:
        return "–"
    if part and part * 100 < whole:
        return "<1%"
    return f"{min(round(100 * part / whole), 100 if part >= whole else 99)}%"
