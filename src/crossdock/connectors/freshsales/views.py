"""Views: the only way to list contacts, accounts and deals.

A bare list is refused; every view is listed under ``/filters`` with its id (Freshsales API
documentation: list all contacts; certainty: documented). Names are translated and can be changed,
and older accounts have no view of all deals (certainty: observed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.entities import Kind
from crossdock.errors import RefusedError

_ALL: Final = {
    "contacts": ("all contacts",),
    "sales_accounts": ("all accounts", "all sales accounts"),
    "deals": ("all deals",),
}
_DEAL_PARTS: Final = ("open deals", "won deals", "lost deals")


async def views_of_all(client: Client, kind: Kind) -> list[str]:
    """Return the ids of the views that together show every record of an entity."""
    body = await client.read(f"{kind.path}/filters", doing=f"list the views of {kind.many}")
    listed = body.get("filters") if isinstance(body, Mapping) else None
    views = [view for view in listed or () if isinstance(view, Mapping) and "id" in view]
    chosen = choose(kind.many, views)
    if not chosen:
        raise RefusedError(
            f"Freshsales shows no view of {kind.many} to this key.",
            next_command="crossdock doctor (with the key of an administrator)",
        )
    return [str(view["id"]) for view in chosen]


def choose(many: str, views: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the views to read: "All …" by name, else what comes nearest to it.

    Without a known name, the default view counts for contacts and accounts. Deals need their open,
    won and lost views together. When no name is known either, all views that came with the account
    are read; records that show twice are dropped by the reader, deleted ones too.
    """
    own = [view for view in views if not view.get("user_id")]
    for group in (own, views):
        named = {_name(view): view for view in reversed(group)}
        found = next((named[name] for name in _ALL[many] if name in named), None)
        if found is not None:
            return [found]
        if many == "deals" and all(name in named for name in _DEAL_PARTS):
            return [named[name] for name in _DEAL_PARTS]
    default = next((view for view in own if view.get("is_default")), None)
    if default is not None and many != "deals":
        return [default]
    return list(own or views)


def _name(view: Mapping[str, Any]) -> str:
    return str(view.get("name") or "").strip().casefold()
