"""Probes that create deals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.probes.asker import Asker, NothingToAskError
from crossdock.connectors.freshsales.probes.shapes import type_of

_CLOSED: Final = "2021-05-06"


async def won_in_the_past(asker: Asker) -> None:
    """Create a deal that was won long ago, then change something else."""
    body = await asker.known("selector/deal_stages")
    listed = body.get("deal_stages") if isinstance(body, Mapping) else None
    won = [s for s in listed or () if s.get("forecast_type") == "Closed Won"]
    if not won:
        raise NothingToAskError("the account shows no stage that means won")
    made = await asker.create(
        "create",
        "deals",
        "deal",
        {
            "name": asker.marker,
            "amount": 1,
            "deal_stage_id": won[0]["id"],
            "closed_date": _CLOSED,
        },
    )
    if made is None:
        return
    asker.fact("amount comes back as", type_of(made.get("amount")))
    asker.fact("closed_date in the answer", _kept(made))
    path = f"deals/{made['id']}"
    await asker.send("change the amount", "PUT", path, {"deal": {"amount": 2}})
    read = await asker.send("read", "GET", path)
    if read.ok:
        asker.fact("closed_date after a change", _kept(read.body["deal"]))


def _kept(deal: Mapping[str, Any]) -> str:
    value = deal.get("closed_date")
    if value is None:
        return "null" if "closed_date" in deal else "absent"
    return "as sent" if str(value)[:10] == _CLOSED else "another date"
