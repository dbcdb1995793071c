"""The type that a new field for a column would have, where values are few or have a known shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crossdock.mapping.proposing.shapes import Look
from crossdock.mapping.proposing.words import label, tokens, unit, words_for
from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields.measures import Measures

#: A column is of a shape when so much of it is.
_MOST = 0.9
#: Of fewer values a sample says little by how often they repeat: then the header's words count.
_FEW = 20
_LONG = 45
#: A choice has so many words at most.
_WORDS = 3
_PARTS = re.compile(r"[;|,\n]")


def with_shapes(kind: FieldType, look: Look) -> FieldType:
    """Return the type, or a better one for texts that are all telephone numbers or e-mails."""
    if kind not in (FieldType.TEXT, FieldType.PICKLIST) or not look.looked_at:
        return kind
    if look.shares["email"] >= _MOST:
        return FieldType.EMAIL
    return FieldType.PHONE if look.shares["phone"] >= _MOST else kind


def of_a_sample(header: str, m: Measures, kind: FieldType, look: Look) -> FieldType:
    """Return the type of a column of which a few values are known.

    The values decide where they are dates, numbers, or yes and no; a header's words help where a
    handful of texts could be choices or not.
    """
    words = set(tokens(label(header)))
    is_counted = bool(unit(header) or words & (words_for("counted") - {"number", "rate"}))
    if kind is FieldType.CHECKBOX and m.numbers == m.filled and (is_counted or _is_plural(header)):
        return FieldType.NUMBER
    if not look.looked_at:
        return _by_header(words, header)
    if look.shares["email"] >= _MOST:
        return FieldType.EMAIL
    if look.shares["links"] >= _MOST:
        return FieldType.URL if kind is FieldType.FILE else kind
    if kind is FieldType.NUMBER and words & words_for("coded") and not words & {"quantity"}:
        return FieldType.TEXT if not unit(header) and look.shares["code"] == 1 else kind
    if look.shares["phone"] >= _MOST and kind in (FieldType.TEXT, FieldType.PICKLIST):
        return FieldType.PHONE
    if m.filled >= _FEW or kind is not FieldType.TEXT:
        return kind
    if look.shares["date"] >= 0.75 and look.shares["words"] == 0:
        return FieldType.DATE
    return _few_texts(words, m, look)


def _few_texts(words: set[str], m: Measures, look: Look) -> FieldType:
    """Tell choices, texts and long texts apart by a few values."""
    if _are_several(look.examples):
        return FieldType.MULTI_PICKLIST
    is_said = any(_is_sentence(value) for value in look.examples)
    if m.longest > _LONG or is_said or (words & words_for("long") and look.shares["spaced"] > 0.5):
        return FieldType.LONG_TEXT
    repeats = m.distinct < m.filled
    if words & words_for("written") and not words & {"type"}:
        return FieldType.TEXT
    short = m.longest <= 30 and all(len(value.split()) <= _WORDS for value in look.examples)
    chosen = bool(words & words_for("chosen"))
    return FieldType.PICKLIST if (repeats or chosen) and short else FieldType.TEXT


def _is_sentence(value: str) -> bool:
    many = len(value.split())
    return many >= 6 or (many >= 4 and value.endswith("."))


def _is_plural(header: str) -> bool:
    """Return whether a header names things that can be counted: "Tanks"."""
    return bool(re.fullmatch(r"[A-Za-z ]*[a-z]{2}[^s\W]s", header.strip()))


def _are_several(values: Sequence[str]) -> bool:
    """Return whether values are short words, several of them in one.

    Commas part sentences as well: there a word must stand in two values.
    """
    parts = [[p.strip() for p in _PARTS.split(value)] for value in values]
    every = [p for some in parts for p in some if p]
    if all(len(some) == 1 for some in parts) or any(len(p.split()) > _WORDS for p in every):
        return False
    return any(mark in value for value in values for mark in ";|") or len(set(every)) < len(every)


def _by_header(words: set[str], header: str) -> FieldType:
    """Return what a header alone says of the type of values."""
    if "email" in words:
        return FieldType.EMAIL
    if words & {"phone", "mobile"}:
        return FieldType.PHONE
    if header.rstrip().endswith("?"):
        return FieldType.CHECKBOX
    if unit(header) or words & {"quantity"}:
        return FieldType.NUMBER
    return FieldType.DATE if words & {"date", "due", "expiry"} else FieldType.TEXT


def parted(values: Sequence[str], kind: FieldType) -> tuple[str, ...]:
    """Return choices in order; those of several in one value are taken apart."""
    if kind is FieldType.MULTI_PICKLIST:
        values = [part.strip() for value in values for part in _PARTS.split(value)]
    return tuple(sorted({value for value in values if value}))
