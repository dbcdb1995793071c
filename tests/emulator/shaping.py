"""How the shape of an answer is told and compared.

A line names keys with their kinds, `key:kind`. A `?` after the kind allows null, a `*` that the key
is absent: it is newer than the recordings, or only some records have it. Kinds: `id`, `int`,
`number`, `money` (a text such as "12.0"), `text`, `flag`, `moment` (with an offset), `utc` (with a
Z), `day`, `list`, `object` and `any`.
"""

from __future__ import annotations

import re
from typing import Any

_KINDS = {
    "id": lambda v: type(v) is int and v > 0,
    "int": lambda v: type(v) is int,
    "number": lambda v: type(v) in (int, float),
    "money": lambda v: isinstance(v, str) and re.fullmatch(r"-?\d+\.\d+", v),
    "text": lambda v: isinstance(v, str),
    "flag": lambda v: isinstance(v, bool),
    "moment": lambda v: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", str(v)),
    "utc": lambda v: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(v)),
    "day": lambda v: re.fullmatch(r"\d{4}-\d\d-\d\d", str(v)),
    "list": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "any": lambda v: True,
}
Shape = dict[str, Any]


def keys(line: str, **nested: Any) -> Shape:
    """Return the shape that a line tells; `nested` adds objects, and lists of one object."""
    told = (part.partition(":") for part in line.split())
    return {name: kind for name, _, kind in told} | nested


def differences(value: Any, shape: Any, path: str = "") -> list[str]:
    """Return everything in which a value is not what its shape says."""
    if isinstance(shape, str):
        kind = shape.rstrip("?*")
        good = _KINDS[kind](value) or (value is None and "?" in shape)
        return [] if good else [f"{path} is no {kind}: {value!r}"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path} is no list: {value!r}"]
        found = (differences(each, shape[0], f"{path}[]") for each in value)
        return list(dict.fromkeys(line for lines in found for line in lines))
    if not isinstance(value, dict):
        return [f"{path} is no object: {value!r}"]
    wrong = [f"{path}.{name} is not known" for name in value if name not in shape]
    for name, inner in shape.items():
        if name in value:
            wrong += differences(value[name], inner, f"{path}.{name}")
        elif not (isinstance(inner, str) and "*" in inner):
            wrong.append(f"{path}.{name} is missing")
    return wrong
