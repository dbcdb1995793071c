"""Money: decimals with their currency, and splitting an amount without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,.2f}"


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount over weights so that the parts add up to it exactly, to the cent.

    Largest remainder first; equal remainders go to the earlier part. Weights that are all zero
    split evenly. This is the definition; the plan's SQL (`30_money.sql`) does the same for
    whole tables and is tested against it.

    Raises ValueError when there is nothing to split over.
    """
    if not weights:
        raise ValueError("an amount cannot be split over no parts")
    total = sum(weights)
    shares = list(weights) if total else [Decimal(1)] * len(weights)
    whole = sum(shares)
    exact = [amount * share / whole for share in shares]
    parts = [value.quantize(CENT, ROUND_DOWN) for value in exact]
    missing = int((amount - sum(parts)) / CENT)
    step = CENT if missing >= 0 else -CENT
    by_remainder = sorted(range(len(parts)), key=lambda i: (-abs(exact[i] - parts[i]), i))
    for i in by_remainder[: abs(missing)]:
        parts[i] += step
    return parts
