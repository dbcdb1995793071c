"""`python -m bench.mapping.calibrate`: from the lists for tuning to the table of confidences.

Each column is judged three times: as it is, as if the dictionary did not know its very header, and
as if there were the source's own names only, for the words of other tenants will be unknown in both
degrees. From all these answers follows which share was right from which lead on; the share never
falls as the lead grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

import crossdock.mapping.proposing as room
from bench.mapping.labels import LabelledList, read
from bench.mapping.measure import around, places, profiles
from crossdock.connectors.octopuspro.catalogue import squash
from crossdock.mapping.proposing import OWN, Place, propose_columns
from crossdock.mapping.proposing.words import tokens
from crossdock.project import configure

#: A step of the table stands on so many answers at least.
_SMALLEST = 12
#: No confidence is above this: nobody is surer of what was never seen.
_HIGHEST = 0.99
_TABLE = Path(room.__file__).parent / "calibration.toml"
_HEAD = """\
# From which lead over the next best place on what share of proposals was right: for columns that
# are called the tenant's own, and for all others. Written by: python -m bench.mapping.calibrate
"""


def main() -> None:
    """Write the table."""
    seen: dict[str, list[tuple[float, bool]]] = {OWN: [], "place": []}
    with duckdb.connect() as connection:
        configure(connection)
        for one in read("tune"):
            for kind, lead, is_right in _judged(connection, one):
                seen[kind].append((lead, is_right))
    lines = [f"{kind} = {_steps(sorted(answers))}\n" for kind, answers in sorted(seen.items())]
    _TABLE.write_text(_HEAD + "".join(lines), "utf-8")


def _judged(
    connection: duckdb.DuckDBPyConnection, one: LabelledList
) -> Iterator[tuple[str, float, bool]]:
    offered, profiled = places(one.object), profiles(connection, one)
    found = propose_columns(profiled, offered, around(one))
    for at, label in enumerate(one.columns):
        without = [_without(place, label.header) for place in offered]
        judged = [found[at]]
        for some in (without, [_bare(place) for place in offered]):
            judged += propose_columns([profiled[at]], some, around(one))
        for proposal in judged:
            key = proposal.place.key
            kind = OWN if key == OWN else "place"
            yield kind, round(proposal.lead, 3), key in label.right


def _without(place: Place, header: str) -> Place:
    """Return a place without the names that are this header; what the source calls it stays."""
    names = [
        name
        for at, name in enumerate(place.names)
        if at == 0 or (squash(name) != squash(header) and tokens(name) != tokens(header))
    ]
    return replace(place, names=tuple(names))


def _bare(place: Place) -> Place:
    """Return a place with the names that the source or the destination has for it."""
    return replace(place, names=tuple(name for name in place.names if name[:1].isupper()))


def _steps(answers: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Return [lead, share] from the smallest lead on, so that shares never fall.

    Neighbours are put together where a greater lead was right less often.
    """
    pools: list[tuple[float, float, int]] = []
    for some in _groups(answers):
        pools.append((some[0][0], float(sum(right for _, right in some)), len(some)))
        while len(pools) > 1 and _share(pools[-1]) <= _share(pools[-2]):
            _, right, count = pools.pop()
            lead, before, number = pools.pop()
            pools.append((lead, before + right, number + count))
    return [[pool[0], round(min(_share(pool), _HIGHEST), 3)] for pool in pools]


def _groups(answers: Sequence[tuple[float, bool]]) -> Iterator[list[tuple[float, bool]]]:
    """Part the answers into groups that are large enough; equal leads stay together."""
    group: list[tuple[float, bool]] = []
    for answer in answers:
        if len(group) >= _SMALLEST and answer[0] > group[-1][0]:
            yield group
            group = []
        group.append(answer)
    yield group


def _share(pool: tuple[float, float, int]) -> float:
    """Return the share of a pool, as if one more answer had been half right."""
    return (pool[1] + 0.5) / (pool[2] + 1)


if __name__ == "__main__":
    main()
