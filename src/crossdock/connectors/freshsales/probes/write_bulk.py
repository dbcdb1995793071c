"""Probes of bulk upsert, whose jobs run on after the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.jobs import read_report
from crossdock.connectors.freshsales.probes.asker import Asker
from crossdock.connectors.freshsales.probes.shapes import word_of
from crossdock.connectors.freshsales.probes.write_contacts import address, shared_contact

#: How often a job is asked how far it is; the waits between double, half a minute in all.
POLLS: Final = 5
#: How often a record is looked for that a job made.
LOOKUPS: Final = 2
_LAG: Final = 20.0
_JOB: Final = re.compile(r"job_statuses/(\d+)")


async def one_by_external_id(asker: Asker) -> None:
    """Bulk upsert one contact by its external id, follow the job, and look for the contact."""
    data = {
        "first_name": "Crossdock",
        "last_name": asker.marker,
        "emails": address(asker, "bulk"),
    }
    item = {"external_id": asker.marker, "data": data}
    answer = await asker.send("submit", "POST", "contacts/bulk_upsert", {"contacts": [item]})
    if answer.status and 300 <= answer.status < 500:
        return
    why = "a bulk job may have created it, or still will"
    doubt = asker.trail.unsure("contacts", asker.marker, why)
    await _follow(asker, answer.body, 1)
    if await _found(asker):
        asker.trail.settled(doubt)


async def a_hundred_and_one(asker: Asker) -> None:
    """Bulk upsert 101 items.

    All of them mean the contact that is there already and say what it says already, so that no
    record comes of them, however many are taken.
    """
    shared = await shared_contact(asker)
    item = {"id": str(shared["id"]), "data": {"last_name": asker.marker}}
    answer = await asker.send("submit", "POST", "contacts/bulk_upsert", {"contacts": [item] * 101})
    if answer.ok:
        await _follow(asker, answer.body, 101)


async def _follow(asker: Asker, submitted: Any, records: int) -> None:
    """Ask a job how it stands until it has ended; write down its words and how long it took."""
    url = submitted.get("job_status_url") if isinstance(submitted, Mapping) else None
    found = _JOB.search(str(url))
    if found is None:
        asker.fact("the job", "has no number")
        return
    words: list[str] = []
    started = asker.client.clock.now()
    for poll in range(POLLS):
        await asker.client.clock.sleep(2.0**poll)
        answer = await asker.send("job", "GET", f"job_statuses/{found[1]}")
        report = read_report(answer.body)
        words.append(word_of(report.status))
        if not answer.ok or report.ended(records):
            asker.fact("last word of the job", words[-1])
            asker.fact("records taken", report.succeeded)
            asker.fact("records refused", report.failed)
            break
    asker.note("words of the job", list(dict.fromkeys(words)))
    asker.note("seconds", round((asker.client.clock.now() - started).total_seconds()))


async def _found(asker: Asker) -> bool:
    """Look for what the job made, since a job tells no ids; say whether it was there."""
    params = {"q": asker.marker, "f": "external_id", "entities": "contact"}
    for attempt in range(LOOKUPS):
        answer = await asker.send("lookup", "GET", "lookup", params=params)
        hits = _contacts_in(answer.body)
        for hit in hits:
            asker.trail.made("contacts", hit["id"], asker.marker)
        if hits:
            asker.fact("contacts found by external_id", len(hits))
            return True
        if attempt + 1 < LOOKUPS:
            await asker.client.clock.sleep(_LAG)
    return False


def _contacts_in(body: Any) -> list[Mapping[str, Any]]:
    outer = body.get("contacts") if isinstance(body, Mapping) else None
    inner = outer.get("contacts") if isinstance(outer, Mapping) else None
    return [hit for hit in inner or () if isinstance(hit, Mapping) and hit.get("id")]
