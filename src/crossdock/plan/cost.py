"""What a plan costs: requests first, then hours at each of the destination's plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: Requests an hour and account (Freshsales help, API limits; certainty: documented).
REQUESTS_PER_HOUR = {"growth": 1000, "pro": 2000, "enterprise": 5000}
#: Records on one page when everything is read back.
PAGE = 100


def requests(
    creates: Mapping[str, int], planned: Mapping[str, int], price: Callable[[str, int], int]
) -> dict[str, int]:
    """Return the requests per entity to write and read back.

    `creates` are the records to be written, `planned` all that will be read, `price` the
    destination's own statement of what writing costs.
    """
    return {
        entity: price(entity, creates.get(entity, 0)) + -(-count // PAGE)
        for entity, count in planned.items()
    }


def hours(total: int) -> dict[str, float]:
    """Return how many hours a number of requests takes on each plan, using its full allowance.

    An allowance is spent as fast as requests go, then waited for: the last hour counts only as
    far as it is used, and a load that fits into one allowance takes no waiting.
    """
    return {plan: round(max(0, total) / limit, 2) for plan, limit in REQUESTS_PER_HOUR.items()}
