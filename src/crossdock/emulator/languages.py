"""Refusals in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Sequence

ENGLISH = "en"


def translated(messages: Sequence[str], language: str) -> list[str]:
    """Return texts in a language."""
    return list(messages)
