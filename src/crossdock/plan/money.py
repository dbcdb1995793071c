"""The money table: what the source says, measure by measure, against what the plan carries."""

from __future__ import annotations

from decimal import Decimal

import duckdb

MEASURES = ("invoiced", "paid", "refunded", "outstanding", "quoted")

#: What the source says, straight from its own rows and independent of how jobs were put together.
_SOURCE = """
SELECT
    (SELECT coalesce(sum(total), 0) FROM route.invoice WHERE NOT is_void),
    (SELECT coalesce(sum(amount), 0) FROM route.payment WHERE is_approved AND review IS NULL),
    (SELECT coalesce(sum(amount), 0) FROM route.refund WHERE is_approved AND review IS NULL),
    (SELECT coalesce(sum(coalesce(i.balance, i.total - coalesce(p.paid, 0))), 0)
        FROM route.invoice i LEFT JOIN (
            SELECT invoice_key, sum(amount) AS paid FROM route.payment
            WHERE is_approved AND review IS NULL GROUP BY 1) p ON p.invoice_key = i.key
        WHERE NOT i.is_void),
    (SELECT coalesce(sum(total), 0) FROM route.quote
        WHERE key NOT IN (SELECT quote_key FROM route.quote_booking))
"""
_REVIEW = """
SELECT coalesce(sum(amount), 0), count(*) FROM (
    SELECT amount FROM route.payment WHERE is_approved AND review IS NOT NULL
    UNION ALL SELECT -amount FROM route.refund WHERE is_approved AND review IS NOT NULL)
"""


def source(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """Return each measure as the export's own rows give it."""
    row = connection.execute(_SOURCE).fetchone()
    assert row is not None
    return {name: Decimal(value) for name, value in zip(MEASURES, row, strict=True)}


def planned(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """Return each measure as the deals would carry it."""
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in MEASURES)
    row = connection.execute(f"SELECT {sums} FROM route.deal").fetchone()
    assert row is not None
    return {name: Decimal(value) for name, value in zip(MEASURES, row, strict=True)}


def in_review(connection: duckdb.DuckDBPyConnection) -> tuple[Decimal, int]:
    """Return the money that no invoice takes (payments less refunds), and how many records."""
    row = connection.execute(_REVIEW).fetchone()
    assert row is not None
    return Decimal(row[0]), int(row[1])
