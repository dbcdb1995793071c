"""Small evidence documents, made by hand: one for each state that a page can be in."""

from __future__ import annotations

from typing import Any

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}"


def phase(entity: str, label: str, **counts: Any) -> dict[str, Any]:
    numbers = {"created": 0, "updated": 0, "matched": 0, "merged": 0, "skipped": 0, "rejected": 0}
    numbers |= {k: v for k, v in counts.items() if k in numbers}
    rest = {"found": None, "reasons": [], "balanced": True, "planned": {}}
    rest |= {k: v for k, v in counts.items() if k not in numbers}
    return {"entity": entity, "label": label, "read": sum(numbers.values())} | numbers | rest


def pending(entity: str, label: str, create: int) -> dict[str, Any]:
    planned = {"create": create, "match": 0, "merge": 0, "skip": 0, "reject": 0}
    return {"entity": entity, "label": label, "pending": True, "planned": planned}


def money(source: str = "1234567.80", destination: str | None = "1234567.80") -> list[Any]:
    return [
        {"currency": "AUD", "measure": m, "source": source, "destination": destination}
        for m in ("invoiced", "paid", "refunded", "outstanding", "quoted")
    ]


def verification(**changes: Any) -> dict[str, Any]:
    classes = {"equal": 9000, "normalised": 1000, "coerced": 0, "truncated": 0}
    classes |= {"edited_by_person": 0, "edited_by_automation": 0, "missing": 0, "unexpected": 0}
    return {
        "records": 1500,
        "fields": 10000,
        "requests": 20,
        "classes": classes,
        "differences": [],
        "money": money(),
        "not_verified": [
            {"entity": "document", "field": "path", "reason": "content is not compared"}
        ],
        "clean": True,
    } | changes


def clean(**changes: Any) -> dict[str, Any]:
    """A migration that is done, verified, and without a difference."""
    return {
        "source": "octopuspro",
        "destination_system": "freshsales",
        "project": "/tenants/bright clean",
        "account": "Bright Clean Pty Ltd",
        "exported_at": "2026-06-30T23:10:00+10:00",
        "destination": "https://acme.myfreshworks.com/crm/sales",
        "made_at": "2026-07-02T08:00:00+00:00",
        "run": 3,
        "run_started": "2026-07-01T08:00:00+00:00",
        "run_finished": "2026-07-01T12:00:00+00:00",
        "finished": True,
        "objects": [
            {
                "object": "booking",
                "files": ["bookings.csv"],
                "read": 1500,
                "buckets": {"created": 1400, "merged": 50, "matched": 9, "skipped": 41},
                "why": "",
            },
            {
                "object": "booking_service",
                "files": ["booking_services.csv"],
                "read": 40,
                "buckets": {"merged": 38, "rejected": 2},
                "why": "",
            },
            {"object": "form", "files": ["forms.csv"], "read": 0, "buckets": {}, "why": ""},
        ],
        "phases": [
            phase("user", "Users checked", matched=5, skipped=1),
            phase("deal", "Deals", created=1400, matched=9, merged=50, skipped=41, found=1409),
            phase("note", "Notes", created=91, updated=3, rejected=2, found=94),
        ],
        "flows": [
            {"object": "booking", "entity": "deal", "bucket": "created", "rows": 1400},
            {"object": "booking", "entity": "deal", "bucket": "merged", "rows": 50},
            {"object": "booking", "entity": "deal", "bucket": "matched", "rows": 9},
            {"object": "booking_service", "entity": "note", "bucket": "merged", "rows": 38},
        ],
        "money": money(),
        "money_in_review": {"currency": "AUD", "amount": "0.00", "records": 0},
        "verification": verification(),
        "requests": 12821,
        "hours": {"growth": 12.82, "pro": 6.41, "enterprise": 0.25},
        "allowance": {"growth": 1000, "pro": 2000, "enterprise": 5000},
        "not_moved": [
            {
                "object": "booking_service",
                "bucket": "rejected",
                "reason": "its booking is not in the export",
                "rows": 2,
            },
            {
                "object": "booking",
                "bucket": "skipped",
                "reason": "deleted in OctopusPro",
                "rows": 41,
            },
        ],
        "rejected": [
            {
                "by": "export",
                "entity": "booking_service",
                "key": "BOK-7 · Window clean",
                "reason": "its booking is not in the export",
                "file": "booking_services.csv",
                "row": number,
            }
            for number in (11, 12)
        ],
        "planned_rejects": [],
        "review": [],
        "no_equivalent": [{"what": "Portal", "why": "there is none", "instead": "a web form"}],
        "automations": [
            {
                "name": "Overdue Invoice Reminder",
                "group": "Administrative",
                "channel": "E-mail",
                "enabled": "True",
                "frequency": "Every 7 days",
                "template": "Overdue invoice",
                "receiver": "Customer",
            }
        ],
        "unknown_files": [],
        "findings": [
            {
                "code": "VALUE_UNMAPPED",
                "severity": "warns",
                "message": "1 value has no choice at the destination.",
                "remedy": "complete the value map",
                "object": "booking",
                "field": "lead_source_id",
                "count": 155,
                "evidence": ["Letterbox flyer: 155"],
            }
        ],
    } | changes


def planned(**changes: Any) -> dict[str, Any]:
    phases = [pending("user", "Users checked", 0), pending("deal", "Deals", 1400)]
    none = {"run": None, "run_started": None, "run_finished": None, "finished": False}
    rest = {"phases": phases, "verification": None, "money": money(destination=None)}
    return clean() | none | rest | changes


def unfinished(**changes: Any) -> dict[str, Any]:
    phases = [clean()["phases"][0], clean()["phases"][1], pending("note", "Notes", 96)]
    return (
        clean()
        | {
            "finished": False,
            "run_finished": None,
            "phases": phases,
            "verification": None,
            "money": money(destination=None),
        }
        | changes
    )


def stopped(**changes: Any) -> dict[str, Any]:
    document = unfinished()
    document["phases"][1] |= {
        "created": 1398,
        "balanced": False,
        "reasons": ["2 records are not at the destination, such as BOK-7"],
    }
    return document | changes


def unverified(**changes: Any) -> dict[str, Any]:
    return clean() | {"verification": None, "money": money(destination=None)} | changes


def different(**changes: Any) -> dict[str, Any]:
    found = verification(clean=False)
    found["classes"] = found["classes"] | {"equal": 8998, "truncated": 1, "missing": 1}
    found["differences"] = [
        {
            "entity": "deal",
            "source_id": f"BOK-{number}",
            "destination_id": "501",
            "field": "custom:Job status",
            "expected": "In progress",
            "found": None,
            "class": "missing",
        }
        for number in range(60)
    ]
    return clean() | {"verification": found} | changes
