"""Refusals in the language of the key's owner.

Reference: Freshsales API, errors; certainty: observed that texts are localised (Spanish and Dutch
ones were seen, `ya existe` word for word), inferred for all other words. The names of fields and
records stay as they are. A client must go by the status and never by the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from crossdock.emulator.catalog import table

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es", "nl", "de", "fr")


def translated(messages: Sequence[str], language: str) -> list[str]:
    """Return the texts of a refusal in a language (`es`, `es-MX`).

    English and languages that the emulator does not speak leave them as they are; so does a text
    that has no translation.
    """
    spoken = language[:2].lower()
    if spoken == ENGLISH or spoken not in LANGUAGES:
        return list(messages)
    return [_translated(message, spoken) for message in messages]


@lru_cache(maxsize=4096)
def _translated(message: str, language: str) -> str:
    for pattern, template in _patterns():
        found = pattern.fullmatch(message)
        if found:
            words: str = table("languages")[template][language]
            return words.format(*found.groups())
    return message


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the known texts, those with the most words of their own first."""
    templates = sorted(table("languages"), key=len, reverse=True)
    return [
        (re.compile("(.+)".join(map(re.escape, each.split("{}"))), re.DOTALL), each)
        for each in templates
    ]
