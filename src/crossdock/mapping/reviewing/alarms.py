"""What a mapping forgets: columns with values and no place, fields that are demanded."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.mapping.document import Mapping
from crossdock.mapping.places import unplaced
from crossdock.mapping.propose import unfilled
from crossdock.routes.base import Route


@dataclass(frozen=True, slots=True)
class Alarms:
    """What keeps a mapping from being signed: columns without a place, as {object, column, header,
    filled}, and demanded fields that no line fills, as {entity, field}."""

    columns: list[dict[str, object]]
    targets: list[dict[str, str]]

    def __bool__(self) -> bool:
        return bool(self.columns or self.targets)

    def as_json(self) -> Dict[str, Any]:
        """Return the alarms as the `--json` output shows them."""
        return {"unmapped_columns": self.columns, "unmapped_targets": self.targets}


def alarms(
    connection: duckdb.DuckDBPyConnection,
    route: Route,
    mapping: Mapping,
    description: Description,
) -> Alarms:
    """Return what a mapping forgets, of the export that is staged and the account as described."""
    return Alarms(unplaced(connection, route, mapping), unfilled(mapping, description))
