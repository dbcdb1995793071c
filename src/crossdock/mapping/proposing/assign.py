"""One place for one column: the choice that is best for a whole list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossdock.mapping.proposing.scorer import OWN

#: So often it is looked whether two columns had better change places.
_ROUNDS = 10


def assign(totals: Sequence[Mapping[str, float]], names: Sequence[str]) -> list[str]:
    """Return the key of a place for each column, no place twice but `own`.

    `totals` has by column what each place is worth; `names` decide between equals, so that the
    order of columns does not. Begins with the surest, then lets a column give way wherever the
    list as a whole gains.
    """
    chosen = _surest_first(totals, names)
    for _ in range(_ROUNDS):
        if not _improved(chosen, totals, names):
            break
    return [chosen[at] for at in range(len(totals))]


def _surest_first(totals: Sequence[Mapping[str, float]], names: Sequence[str]) -> dict[int, str]:
    offers = sorted(
        (-worth, names[at], key, at)
        for at, places in enumerate(totals)
        for key, worth in places.items()
        if worth > 0 and (key == OWN or worth > places.get(OWN, 0.0))
    )
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, key, at in offers:
        if at not in chosen and (key == OWN or key not in taken):
            chosen[at] = key
            taken.add(key)
    return chosen | {at: OWN for at in range(len(totals)) if at not in chosen}


def _improved(
    chosen: dict[int, str], totals: Sequence[Mapping[str, float]], names: Sequence[str]
) -> bool:
    """Let one column have a place that another holds, where both together gain; tell if any did."""
    holder = {key: at for at, key in chosen.items() if key != OWN}
    for at in sorted(chosen, key=lambda place: (names[place], place)):
        now = totals[at].get(chosen[at], 0.0)
        for key, worth in sorted(totals[at].items(), key=lambda x: (-x[1], x[0])):
            other = holder.get(key)
            if worth <= now or other is None or other == at:
                continue
            instead, left = _next_best(other, key, totals, holder, chosen[at])
            if worth + left > now + totals[other][key] + 1e-9:
                chosen[at], chosen[other] = key, instead
                return True
    return False


def _next_best(
    at: int,
    lost: str,
    totals: Sequence[Mapping[str, float]],
    holder: Mapping[str, int],
    freed: str,
) -> tuple[str, float]:
    """Return the best that is left for a column, and what it is worth."""
    free = {
        key: worth
        for key, worth in totals[at].items()
        if key != lost and (key in (OWN, freed) or key not in holder)
    }
    best = max(free, key=lambda key: (free[key], key), default=OWN)
    return best, free.get(best, 0.0)
