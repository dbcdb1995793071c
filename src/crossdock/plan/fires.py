"""What would fire at the destination while records are written, and how often.

The API lists lifecycle stages and no rule, workflow, sequence or notification. So the plan counts
the records that each would see, and says where a person looks.

That a new deal moves its contacts to the second lifecycle stage and a won one to the last is
observed; it is on unless somebody switched it off. Where the others stand in the settings is
documented; whether they fire for records written by the API is inferred: nothing is known that
keeps them from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.model.wording import count


@dataclass(frozen=True, slots=True)
class Fire:
    """Something that would fire.

    `records` is how many records of the plan it would see; `shown` says whether the API shows
    anything of it; `where` is where it is switched off.
    """

    rule: str
    records: int
    does: str
    where: str
    shown: bool
    certainty: str


_STAGES = "Admin Settings > Lifecycle stage"
_WORKFLOWS = "Admin Settings > Teams & Territories > Workflows"
_ASSIGNMENT = "Admin Settings > Automation > Auto Assignment Rules"
_SEQUENCES = "Sales Sequences, each user's own; and Admin Settings > Roles for who has any"
_NOTIFICATIONS = "profile picture > Settings > Notifications, each user's own"

#: A member of the payload; inside a text its quotation marks would be escaped.
_OWNED = "contains(payload, '\"owner_id\":')"

#: Contacts that get a new deal, and those that get a won one, as far as the plan writes the deal.
_MOVED = """
WITH linked AS (
    SELECT d.source_key, unnest([d.contact_key, d.onsite_key]) AS contact,
        coalesce(m.forecast = 'Closed Won', false) AS is_won
    FROM route.deal d
    JOIN plan.deal p ON p.source_key = d.source_key AND p.action = 'create'
        AND p.destination_id IS NULL
    LEFT JOIN plan.value_map m ON m.name = 'deal_stage' AND m.value = d.status
),
contact AS (SELECT contact, bool_or(is_won) AS has_won FROM linked
    WHERE contact IS NOT NULL GROUP BY 1)
SELECT
    (SELECT count(DISTINCT source_key) FROM linked WHERE is_won),
    (SELECT count(*) FROM contact WHERE has_won),
    (SELECT count(DISTINCT source_key) FROM linked WHERE NOT is_won),
    (SELECT count(*) FROM contact WHERE NOT has_won)
"""


def would(
    connection: duckdb.DuckDBPyConnection, description: Description, creates: dict[str, int]
) -> list[dict[str, Any]]:
    """Return everything that would see a record of this plan; `creates` are records by entity."""
    found = [*_lifecycle(connection, description), *_unlisted(connection, creates)]
    return [asdict(fire) for fire in found if fire.records]


def _lifecycle(connection: duckdb.DuckDBPyConnection, description: Description) -> Iterator[Fire]:
    contact = description.entities.get("contact")
    stages = contact.field("lifecycle_stage_id") if contact else None
    names = [choice.label for choice in stages.choices] if stages else []
    row = connection.execute(_MOVED).fetchone()
    assert row is not None
    won, customers, others, qualified = row
    last = "Customer" if "Customer" in names or not names else names[-1]
    second = "Sales Qualified Lead" if "Sales Qualified Lead" in names or not names else names[0]
    yield Fire(
        "lifecycle: a deal is won",
        won,
        f"{count(won, 'won deal')} would move {count(customers, 'contact')} to {last}",
        _STAGES,
        bool(names),
        "observed",
    )
    yield Fire(
        "lifecycle: a deal is added",
        others,
        f"{count(others, 'other deal')} would move {count(qualified, 'more contact')} to {second}",
        _STAGES,
        bool(names),
        "observed",
    )


def _unlisted(connection: duckdb.DuckDBPyConnection, creates: dict[str, int]) -> Iterator[Fire]:
    seen = ("contact", "sales_account", "deal", "task", "appointment")
    parts = [
        count(creates.get(entity, 0), word)
        for entity, word in zip(
            seen, ("contact", "account", "deal", "task", "meeting"), strict=True
        )
    ]
    total = sum(creates.get(entity, 0) for entity in seen)
    yield Fire(
        "workflows",
        total,
        f"every workflow on new records would see {', '.join(parts)}",
        _WORKFLOWS,
        False,
        "inferred",
    )
    unowned = _count(connection, "deal", f"NOT {_OWNED}")
    unowned += creates.get("contact", 0) + creates.get("sales_account", 0)
    yield Fire(
        "auto-assignment rules",
        unowned,
        f"{count(unowned, 'contact, account or deal', 'contacts, accounts and deals')} without an "
        "owner of their own would be handed out",
        _ASSIGNMENT,
        False,
        "inferred",
    )
    real = _count(connection, "contact", "payload ->> '$.email' NOT LIKE '%@no-email.invalid'")
    yield Fire(
        "sales sequences",
        real,
        f"{count(real, 'new contact')} with an e-mail address could enter a sequence and be "
        "written to",
        _SEQUENCES,
        False,
        "inferred",
    )
    owned = _count(connection, "deal", _OWNED)
    tasks = _count(connection, "task", _OWNED)
    yield Fire(
        "notifications",
        owned + tasks,
        f"{count(owned, 'deal')} and {count(tasks, 'task')} would be assigned to users, who are "
        "told of each by e-mail",
        _NOTIFICATIONS,
        False,
        "inferred",
    )


def _count(connection: duckdb.DuckDBPyConnection, entity: str, where: str) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM plan.{entity} WHERE action = 'create'"
        f" AND destination_id IS NULL AND {where}"
    ).fetchone()
    return int(row[0]) if row else 0
