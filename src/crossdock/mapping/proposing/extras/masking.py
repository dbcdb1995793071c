"""A column as a model may know it: counts and shapes, never a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from crossdock.mapping.proposing.scorer import ColumnProfile
from crossdock.model.fields import FieldType

#: How many shapes of a column are sent, and how many characters of each.
SHAPES, SHAPE_LENGTH = 5, 40
HEADER_LENGTH = 120
#: The most different values that a picklist may have for its choices to be sent.
CHOICES = 20

_PICKLISTS = (FieldType.PICKLIST, FieldType.MULTI_PICKLIST)
_KEPT = frozenset(" -/.,:;#()+_%$&@'")
#: An e-mail address, a web address, or as many digits as a phone number or an account has.
_PERSONAL = re.compile(r"@|://|www\.|(?:\d\D{0,2}){5}")


def mask(value: str) -> str:
    """Return the shape of a value: `2042-NSW` becomes `9999-AAA`; at most SHAPE_LENGTH long.

    Letters of every script are `A`, digits of every script `9`, rare signs `?`.
    """
    return "".join(map(_masked, value[:SHAPE_LENGTH]))


def _masked(character: str) -> str:
    if character.isnumeric():
        return "9"
    if character.isalpha():
        return "A"
    return character if character in _KEPT else "?"


def masked_profile(profile: ColumnProfile, choices_of: Collection[str]) -> Mapping[str, Any]:
    """Return what may be sent of a column.

    `choices_of` are the headers of picklists whose choices a person allowed to be sent.
    """
    told: dict[str, Any] = {
        "header": masked_header(profile.header),
        "type": str(profile.type),
        "rows": profile.rows,
        "fill_rate": round(profile.filled / profile.rows, 2) if profile.rows else 0.0,
        "distinct": profile.distinct,
        "longest": profile.longest,
        "looks_like": {n: round(share, 2) for n, share in sorted(profile.shapes.items()) if share},
        "shapes": sorted({mask(pattern) for pattern in profile.patterns[:SHAPES]}),
    }
    choices = choices_to_send(profile) if profile.header in choices_of else ()
    return told | ({"choices": list(choices)} if choices else {})


def masked_header(header: str) -> str:
    """Return a header; only its shape where it looks like a value.

    The first row of a list without headers is data, and would be taken for headers.
    """
    plain = "".join(c if c.isprintable() else " " for c in header)
    return mask(plain) if _PERSONAL.search(plain) else plain[:HEADER_LENGTH]


def choices_to_send(profile: ColumnProfile) -> Sequence[str]:
    """Return the choices of a picklist that may be sent once a person allows it.

    None of a column with more than CHOICES values, or where one looks like personal data.
    """
    if profile.type not in _PICKLISTS or len(profile.choices) > CHOICES:
        return ()
    if any(_PERSONAL.search(choice) for choice in profile.choices):
        return ()
    return tuple(profile.choices)
