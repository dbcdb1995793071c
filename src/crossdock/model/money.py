"""Money: decimals with their currency, and splitting an amount without losing a cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    cents = int((abs(amount) / CENT).to_integral_exact())
    shares = _whole(weights) if any(weights) else [1] * len(weights)
    total = sum(shares)
    exact = [divmod(cents * share, total) for share in shares]
    parts = [whole for whole, _ in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-exact[i][1], i))
    for i in by_remainder[: cents - sum(parts)]:
        parts[i] += 1
    sign = -1 if amount < 0 else 1
    return [sign * part * CENT for part in parts]


def _whole(weights: Sequence[Decimal]) -> list[int]:
    """Return weights in the same proportion as whole numbers, so that no division rounds."""
    places = max(-int(weight.as_tuple().exponent) for weight in weights)
    return [int(weight.scaleb(max(places, 0))) for weight in weights]
