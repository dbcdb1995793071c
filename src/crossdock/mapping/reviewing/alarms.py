"""What a mapping forgets: columns with values and no place, fields that are demanded."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Mapping
from crossdock.mapping.propose import unfilled, unplaced


@dataclass(frozen=True, slots=True)
class Alarms:
    """Columns without a place as {object, column, filled}, demanded fields that no line fills as
    {entity, field}. While there is one, nobody can sign."""

    columns: list[dict[str, object]]
    targets: list[dict[str, str]]

    def __bool__(self) -> bool:
        return bool(self.columns or self.targets)

    def as_json(self) -> Dict[str, Any]:
        """Return the alarms as the `--json` output shows them."""
        return {"unmapped_columns": self.columns, "unmapped_targets": self.targets}


def alarms(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, description: Description
) -> Alarms:
    """Return what a mapping forgets, of the export that is staged and the account as described."""
    return Alarms(unplaced(connection, mapping), unfilled(mapping, description))
