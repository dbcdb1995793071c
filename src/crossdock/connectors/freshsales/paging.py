"""Asking for one page after the other, and knowing when to stop.

A page holds at most 100 records and starts at 1; one past the end is empty (Freshsales API
documentation: pagination; certainty: observed). Some lists tell their total, some do not, and some
ignore the page: so a page that brings nothing new ends every list.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from crossdock.connectors.freshsales.records import rows_of, total_of

PAGE: Final = 100


async def paged(fetch: Callable[[int], Awaitable[Any]], many: str) -> AsyncIterator[Any]:
    """Yield the bodies of pages 1, 2, … as `fetch` gets them, until nothing new comes."""
    seen = set[str]()
    page = 0
    while True:
        page += 1
        body = await fetch(page)
        before = len(seen)
        seen.update(str(row["id"]) for row in rows_of(body, many))
        if len(seen) == before:
            return
        yield body
        total = total_of(body)
        if total is not None and len(seen) >= total:
            return
