"""Sales goals: no public call knows them, an import brings them.

Reference: Freshsales API, CSV import; plans; certainty: documented that they can be imported and
come with Pro; inferred for every field, since no source tells the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.emulator.crm.records import Records
from crossdock.emulator.fields import Field, Schema
from crossdock.emulator.store import blank

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_FIELDS = (
    Field(1, "name", "Goal name", "text", required=True),
    Field(2, "owner_id", "Owner", "dropdown", source="@owners"),
    Field(3, "target", "Target", "number", required=True),
    Field(4, "start_date", "Start date", "date"),
    Field(5, "end_date", "End date", "date"),
)


class SalesGoals(Records):
    """All sales goals."""

    entity = "sales_goal"
    label = "Sales goal"
    template = blank(
        "id name target start_date end_date owner_id custom_field created_at updated_at "
        "creater_id updater_id is_deleted",
        is_deleted=False,
    )

    def __init__(self, account: Account) -> None:
        fields = {field.name: field for field in _FIELDS}
        self._schema = Schema(self.entity, "sales_goals", "SalesGoal", 0, fields)
        super().__init__(account)

    @property
    def schema(self) -> Schema:
        """Return the fields, which stand on no form of the account."""
        return self._schema
