"""Small JSON documents, and the tables that are made of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.intake.tables import documents
from crossdock.intake.tables.documents import Documents

Rows = list[dict[str, str]]

#: The document as the product's own idea of a job suggests it: nothing that it does not need.
JOB_CENTRED: dict[str, Any] = {
    "manifest": {
        "account": "Bright Clean Pty Ltd",
        "exported_at": "2025-06-30T23:10:00+10:00",
        "time_zone": "Australia/Sydney",
        "date_format": "DD/MM/YYYY",
        "currency": "AUD",
        "tax_mode": "inclusive",
    },
    "customers": [
        {
            "id": 10482,
            "type": "Business",
            "title": "Ms",
            "names": [
                {"first_name": "Ada", "last_name": "Example"},
                {"first_name": "Ben", "last_name": "Example"},
            ],
            "business_name": "Example Strata",
            "emails": ["ada@example.com"],
            "mobiles": ["0491 570 156"],
            "phones": ["(02) 5550 0123"],
            "billing_address": {
                "unit": "3",
                "street": "12 Smith St",
                "suburb": "Bondi",
                "state": "NSW",
                "postcode": "2026",
                "country": "Australia",
            },
            "addresses": [],
            "contacts": [],
            "business_profiles": [],
            "bill_payer": None,
            "date_joined": "2018-05-12",
            "labels": ["VIP", "Strata"],
            "deleted": False,
            "custom_fields": [{"field_id": 8123, "label": "Pool volume", "value": 45000}],
            "properties": [{"type": "Pet", "fields": {"Name": "Rex", "Breed": "Labrador"}}],
        }
    ],
    "jobs": [
        {
            "numbers": {
                "inquiry": "INQ-412",
                "quote": "EST-1042",
                "booking": "BOK-1205",
                "invoices": ["INV-31081"],
            },
            "customer_id": 10482,
            "sales_rep": "Alex P",
            "branch": "Sydney",
            "trading_name": "Bright Clean",
            "source": "Website",
            "quote": {"status": "Accepted", "expiry_date": "2025-04-10", "decline_reason": None},
            "booking": {
                "status": "COMPLETED",
                "location_type": "Mobile",
                "services": [
                    {
                        "service": "Carpet clean",
                        "quantity": 3,
                        "unit_price": 55.0,
                        "discount": {"type": "% off total", "value": 10},
                        "answers": [{"field_id": 91, "label": "Stains", "value": ["Wine", "Pet"]}],
                        "appointments": [
                            {
                                "date": "2025-03-27",
                                "start": "09:00",
                                "end": "11:00",
                                "actual_start": "2025-03-27T09:07:00+11:00",
                                "fieldworkers": [{"name": "Sam K", "share_pct": 50}],
                                "subworkers": ["Lee T"],
                            }
                        ],
                    }
                ],
                "charges": [{"kind": "Travel", "amount": 26.25}],
                "products": [],
                "rating": {"stars": 5, "review": "Great job"},
                "history": [{"at": "2025-03-27T11:20:00+11:00", "action": "Status changed"}],
            },
            "discussion": [{"at": "2025-03-26T16:02:00+11:00", "text": "Gate code 4412"}],
            "issues": [],
            "images": [{"file": "files/BOK-1205/before_1.jpg", "type": "Before"}],
        }
    ],
    "invoices": [
        {
            "number": "INV-31081",
            "booking_numbers": ["BOK-1205"],
            "status": "Closed",
            "issue_date": "2025-03-27",
            "lines": [],
            "total": 174.75,
            "payments": [
                {"received": "2025-03-28T10:31:00+11:00", "type": "Credit card", "amount": 174.75,
                 "refund": None}
            ],
        }
    ],
    "unassigned_payments": [
        {"date": "2025-03-27", "amount": 750.0, "description": "Direct credit", "status": "Pending"}
    ],
}  # fmt: skip


@dataclass(slots=True)
class Read:
    """A document's tables: by object, and by the place of their list."""

    result: Documents
    objects: dict[str, Rows] = field(default_factory=dict)
    lists: dict[str, Rows] = field(default_factory=dict)

    def notes(self) -> dict[str, list[tuple[str, int]]]:
        """Return places and numbers by code."""
        found: dict[str, list[tuple[str, int]]] = {}
        for code, place, number in self.result.notes:
            found.setdefault(code, []).append((place, number))
        return found

    def rejects(self) -> list[tuple[int, str]]:
        """Return lines and reasons."""
        return [(line, reason) for _, line, reason in self.result.rejects]


def read(
    folder: Path, content: str | bytes, name: str = "export.json", encoding: str = "utf-8"
) -> Read:
    """Write a document and read its tables; the tables are compared with their counted rows."""
    path = folder / name
    path.write_bytes(
        content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    )
    result = documents.plain(path, folder / "plain", name, OctopusPro(), encoding)
    found = Read(result)
    for plain in result.plains:
        with plain.path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == plain.rows
        assert plain.has_header
        if plain.object:
            found.objects.setdefault(plain.object, []).extend(rows)
        found.lists[plain.name.removeprefix(f"{name}, ")] = rows
    return found


def read_value(folder: Path, value: Any, name: str = "export.json") -> Read:
    """Write a value as a document and read its tables."""
    return read(folder, json.dumps(value), name)


def lines_of(records: Sequence[Any]) -> str:
    """Return records as NDJSON."""
    return "".join(json.dumps(record) + "\n" for record in records)


def without_line(rows: Rows) -> Rows:
    """Return rows without the line that they come from."""
    return [{key: cell for key, cell in row.items() if key != "_line"} for row in rows]
