"""Transforms that make choices and lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crossdock.mapping.transforms.quoting import quoted, text
from crossdock.mapping.transforms.transform import Example, Gives, Kind, Transform

_JOINED: Final = "Tile;Wood"


def _choices(column: str) -> str:
    return f"array_to_string(as_list({column}), ';')"


def _parted_by(mark: str) -> Callable[[Sequence[str], str], str]:
    """Return the SQL for a text whose choices another mark parts than the API's own."""
    return lambda columns, argument: _choices(
        f"replace(replace({columns[0]}, chr(13), ''), {mark}, ';')"
    )


def _list(columns: Sequence[str], argument: str) -> str:
    return f"CASE WHEN len({columns[0]}) > 0 THEN to_json({columns[0]}) END"


def _mapped(columns: Sequence[str], argument: str) -> str:
    return f"{quoted('map_' + argument)}._id"


CHOICES: Final = (
    Transform(
        "choice",
        "one choice of a custom picklist, by its label",
        Gives.CHOICE,
        lambda columns, argument: text(columns[0]),
        (Example((" Front door ",), "Front door"),),
    ),
    Transform(
        "choices",
        'several choices, which ";" parts in the source',
        Gives.CHOICES,
        lambda columns, argument: _choices(columns[0]),
        (Example(("Tile; Wood",), _JOINED),),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "choices:comma",
        'several choices, which "," parts in the source, or ";"',
        Gives.CHOICES,
        _parted_by("','"),
        (Example(("Tile, Wood",), _JOINED),),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "choices:bar",
        'several choices, which "|" parts in the source, or ";"',
        Gives.CHOICES,
        _parted_by("'|'"),
        (Example(("Tile | Wood",), _JOINED),),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "choices:line",
        'several choices, each on a line of its own in the source, or parted by ";"',
        Gives.CHOICES,
        _parted_by("chr(10)"),
        (Example(("Tile\r\nWood",), _JOINED),),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "list",
        "a list of texts; nothing when it is empty",
        Gives.LIST,
        _list,
        (Example((["VIP", "Weekly"],), '["VIP","Weekly"]'), Example(([],), None)),
        takes=(Kind.LIST,),
    ),
    Transform(
        "map",
        "the id of a choice, through the value map of this name",
        Gives.ID,
        _mapped,
        (Example(("Web",), 7, "lead_source"), Example(("Other",), None, "lead_source")),
        argument="NAME",
    ),
)
