"""What must be known of an account so that another can be opened to compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.plans import plan_of
from crossdock.connectors.freshsales.probes.asker import Asker

_BASE: Final = "1"


@dataclass(frozen=True, slots=True)
class Known:
    """The plan, None where the allowance does not tell it, and the currency, which may be empty."""

    plan: str | None
    currency: str


async def learn(asker: Asker) -> Known:
    """Return what an account says of itself, by two requests that probes then need not repeat.

    A trial has the allowance of Growth and the features of Enterprise (certainty: inferred), so
    custom modules tell it. Raises the fitting RemoteError when the account does not answer or does
    not accept the key.
    """
    client = asker.client
    currencies = await client.get("selector/currencies")
    if not currencies.ok:
        raise error_for(currencies, "show the currencies")
    modules = await client.get("settings/module_customizations")
    asker.remember("selector/currencies", currencies)
    asker.remember("settings/module_customizations", modules)
    plan = plan_of(client.budget.limit)
    if plan == "growth" and any(row.get("custom") for row in _rows(modules.body)):
        plan = "trial"
    bases = [c for c in _rows(currencies.body) if str(c.get("currency_type")) == _BASE]
    return Known(plan, str(bases[0].get("currency_code") or "") if bases else "")


def _rows(body: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list, which stands alone or under a name."""
    lists = body.values() if isinstance(body, Mapping) else [body]
    for listed in lists:
        yield from (row for row in (listed if isinstance(listed, list) else ()) if _is_row(row))


def _is_row(value: Any) -> bool:
    return isinstance(value, Mapping)
