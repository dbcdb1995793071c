"""Where in the emulator the answers to each probe come from."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, TypedDict


class Hint(TypedDict):
    """The assumption that may be wrong, or nothing, and the files that answer."""

    assumption: str
    rooms: list[str]


#: Probe, or the part of its name before the dot → assumption (may be empty), rooms.
_HINTS: Final = MappingProxyType(
    {
        "allowance": ("", "limiter.py plans.py"),
        "fields": ("", "fields.py data/fields.json settings/forms.py"),
        "forms": ("", "settings/forms.py"),
        "selector": ("", "settings/selectors.py data/choices.json"),
        "custom_modules": ("", "modules plans.py"),
        "filters": ("", "crm/views.py"),
        "view": ("", "crm/views.py crm/records.py"),
        "include": ("", "crm/includes.py"),
        "page": ("", "crm/views.py"),
        "tasks": ("", "activities/routes.py activities/kinds.py"),
        "appointments": ("", "activities/routes.py activities/kinds.py"),
        "lists": ("", "lists"),
        "search": ("", "search/routes.py"),
        "lookup": ("", "search/routes.py"),
        "filtered_search": ("", "search/filtered.py"),
        "bare_list": ("", "crm/routes.py errors.py"),
        "unknown_id": ("", "errors.py"),
        "wrong_id": ("", "errors.py"),
        "unknown_route": ("", "http/gate.py errors.py"),
        "leads": ("", "crm/routes.py"),
        "xml": ("", "http/gate.py"),
        "unknown_job": ("", "jobs.py errors.py"),
        "me": ("", "http/table.py"),
        "write.contact": ("", "crm/contacts.py"),
        "write.emails": ("", "crm/emails.py"),
        "write.mandatory": ("", "crm/contacts.py account.py"),
        "write.duplicate": ("", "crm/emails.py"),
        "write.unknown_choice": ("refuse_unknown_choice", "accept.py"),
        "write.upsert": ("", "jobs.py crm/routes.py"),
        "write.delete": ("bin_keeps_unique_values", "crm/records.py crm/routes.py"),
        "write.bulk": ("", "jobs.py"),
        "write.bulk_of_101": ("refuse_large_bulk", "jobs.py"),
        "write.deal_won": ("", "crm/deals.py"),
        "write.task": ("", "activities/kinds.py"),
        "write.appointment": ("", "activities/kinds.py"),
        "write.note": ("note_length", "activities/kinds.py"),
        "write.sales_activity": ("default_activity_types_allowed", "activities/kinds.py"),
    }
)


def hint(probe: str) -> Hint:
    """Return what to change when an account answers a probe differently."""
    assumption, rooms = _HINTS.get(probe) or _HINTS[probe.partition(".")[0]]
    return {"assumption": assumption, "rooms": [f"emulator/{room}" for room in rooms.split()]}
