"""The money table: what the export says against what the destination shows, to the cent."""

from __future__ import annotations

from decimal import Decimal

import duckdb

from crossdock.connectors.base import Description
from crossdock.intake.intake import export_facts
from crossdock.mapping.document import Mapping
from crossdock.plan import money as planned_money


def table(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> list[dict[str, str]]:
    """Return one row per measure: currency, measure, source, destination.

    The source's side comes from the export's own rows, without the jobs that were made of them;
    the destination's side is summed over the deals as they were read back. The last row holds
    money that no invoice takes: it waits in the review list and stands at no deal.
    """
    currency = export_facts(connection).get("currency", "")
    said = planned_money.source(connection)
    rows = [
        {
            "currency": currency,
            "measure": measure,
            "source": f"{said[measure]:.2f}",
            "destination": f"{_shown(connection, mapping, description, measure):.2f}",
        }
        for measure in planned_money.MEASURES
    ]
    waiting, _ = planned_money.in_review(connection)
    if waiting:
        amount = f"{waiting:.2f}"
        rows.append(
            {
                "currency": currency,
                "measure": "in review, not moved",
                "source": amount,
                "destination": amount,
            }
        )
    return rows


def _shown(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    description: Description,
    measure: str,
) -> Decimal:
    """Sum a measure over our deals as the destination shows them; 0 when it has no field."""
    line = next((x for x in mapping.active("deal") if x.is_custom and x.columns == [measure]), None)
    own = description.entity("deal").field_by_label(line.label) if line else None
    if own is None:
        return Decimal(0)
    value = f"s.record ->> '$.custom_field.\"{own.name}\"'"
    row = connection.execute(
        f"""
        SELECT coalesce(sum(try_cast({value} AS DECIMAL(18, 2))), 0)
        FROM seen.deal s JOIN seen.crosswalk_deal c ON c.id = s.id
        """
    ).fetchone()
    assert row is not None
    return Decimal(row[0])
