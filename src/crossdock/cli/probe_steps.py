"""Asking an account and the emulator the same questions, and writing down where they differ."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx2

from crossdock import __version__
from crossdock.cli.probe_hints import hint
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.probes import (
    READING,
    SILENT,
    WRITING,
    Asker,
    Difference,
    Known,
    Observation,
    Probe,
    Trail,
    ask_all,
    compare,
    learn,
)
from crossdock.emulator import Account, create_app
from crossdock.emulator.lived_in import populate
from crossdock.model.times import Clock, VirtualClock
from crossdock.project import write_text

_URL: Final = "http://emulator/crm/sales"
_KEY: Final = "emulator"
#: The plan of the emulator where the account does not tell its own.
_UNKNOWN: Final = "enterprise"
_CONTACT_FORM: Final = "forms.contacts"
#: What a contact form may demand one of.
_ADDRESSES: Final = ("emails", "mobile_number", "external_id")


@dataclass(frozen=True, slots=True)
class Access:
    """How an account is reached; without a transport, over the network."""

    url: str
    key: str
    clock: Clock
    transport: httpx2.AsyncBaseTransport | None = None

    def client(self) -> Client:
        """Return a client of this account."""
        return Client(self.url, self.key, clock=self.clock, transport=self.transport)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked, what both said, where they differ."""

    probes: Sequence[Probe]
    plan: str | None
    emulator: dict[str, Observation]
    account: dict[str, Observation]
    differences: list[Difference]
    requests: int

    def as_json(self) -> dict[str, Any]:
        """Return everything as the file holds it: the same answers make the same file."""
        return {
            "about": {
                "crossdock": __version__,
                "plan": self.plan,
                "writing": any(probe.creates for probe in self.probes),
            },
            "differences": [_difference(each) for each in self.differences],
            "probes": [self._probe(probe) for probe in self.probes],
        }

    def skipped(self) -> int:
        """Return how many probes could not be asked."""
        return sum(bool(seen.skipped) for seen in self.account.values())

    def broke_off(self) -> bool:
        """Return whether the account fell silent before all was asked."""
        return any(seen.skipped == SILENT for seen in self.account.values())

    def _probe(self, probe: Probe) -> dict[str, Any]:
        emulator, account = self.emulator[probe.name], self.account[probe.name]
        return {
            "probe": probe.name,
            "question": probe.question,
            "topic": probe.topic,
            "hint": hint(probe.name),
            "requests": account.requests() or emulator.requests(),
            "emulator": emulator.as_json(),
            "account": account.as_json(),
            "differences": sum(each.probe == probe.name for each in self.differences),
        }


def probes_of(write: bool) -> tuple[Probe, ...]:
    """Return the probes to ask."""
    return (*READING, *WRITING) if write else READING


def cost_of(probes: Sequence[Probe]) -> int:
    """Return how many requests probes take at most, deleting included."""
    return sum(probe.cost for probe in probes)


def probed(
    access: Access,
    probes: Sequence[Probe],
    marker: str,
    trail: Trail,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Ask the account and an emulator that is opened like it; return what both said.

    `trail` knows afterwards, also when this is interrupted, what could not be deleted. Raises the
    fitting RemoteError when the account does not answer or does not accept the key.
    """
    return asyncio.run(_both(access, probes, marker, trail, progress))


def save(outcome: Outcome, file: Path) -> None:
    """Write the file that a developer turns into a fix."""
    text = json.dumps(outcome.as_json(), indent=2, sort_keys=True, ensure_ascii=False)
    write_text(file, text + "\n")


async def _both(
    access: Access,
    probes: Sequence[Probe],
    marker: str,
    trail: Trail,
    progress: Callable[[str], None],
) -> Outcome:
    client = access.client()
    try:
        asker = Asker(client, trail, marker)
        known = await learn(asker)
        account = await ask_all(asker, probes, progress)
    finally:
        await client.aclose()
    emulator = await _ask_emulator(_opened_like(known, account), probes, marker)
    differences = [
        found
        for probe in probes
        for found in compare(
            probe,
            emulator[probe.name],
            account[probe.name],
            plan_known=known.plan is not None,
        )
    ]
    return Outcome(probes, known.plan, emulator, account, differences, client.requests)


def _opened_like(known: Known, account: Mapping[str, Observation]) -> Account:
    """Open an emulator with the plan, the currency and the mandatory fields of an account.

    No call tells an account's time zone; times are compared by their form alone.
    """
    groups = _flat(account[_CONTACT_FORM].noted.get("mandatory groups"))
    demanded = [name for name in _ADDRESSES if name in groups]
    opened = Account(
        plan=known.plan or _UNKNOWN,
        key=_KEY,
        clock=VirtualClock(),
        currency=known.currency or "AUD",
        mandatory_contact_fields=demanded or _ADDRESSES[:1],
    )
    # An account in use has records of every kind to show the keys of.
    populate(opened, opened.seed)
    return opened


def _flat(names: Any) -> list[str]:
    """Return nested lists of names as one."""
    if isinstance(names, list):
        return [name for inner in names for name in _flat(inner)]
    return [str(names)]


async def _ask_emulator(
    opened: Account, probes: Sequence[Probe], marker: str
) -> dict[str, Observation]:
    # A fault of the emulator is its answer too, as a 500.
    transport = httpx2.ASGITransport(app=create_app(opened), raise_app_exceptions=False)
    client = Client(_URL, _KEY, clock=opened.clock, transport=transport)
    try:
        await _furnish(client, opened.clock)
        return await ask_all(Asker(client, Trail(), marker), probes)
    finally:
        await client.aclose()


async def _furnish(client: Client, clock: Clock) -> None:
    """Give the emulator a record of each kind, so that there is something to compare.

    A new account has no custom fields; one dropdown lets it answer what becomes of unknown values.
    """
    choices = [{"value": "Yes", "position": 1}, {"value": "No", "position": 2}]
    field = {"label": "Sample choice", "type": "dropdown", "choices": choices}
    await client.send("POST", "settings/contacts/forms/1/fields", field)
    company = await _made(client, "sales_accounts", "sales_account", {"name": "Sample Company"})
    belongs = [{"id": company, "is_primary": True}]
    contact = {
        "last_name": "Sample",
        "emails": "sample@example.com",
        "mobile_number": "+61 491 570 157",
        "external_id": "sample",
        "sales_accounts": belongs,
    }
    person = await _made(client, "contacts", "contact", contact)
    deal = {
        "name": "Sample deal",
        "amount": 100,
        "sales_account_id": company,
        "contacts_added_list": [person],
    }
    await _made(client, "deals", "deal", deal)
    target = {"targetable_type": "Contact", "targetable_id": person}
    now = clock.now().isoformat()
    dates = {"from_date": now, "end_date": now}
    await _made(client, "notes", "note", {"description": "Sample", **target})
    await _made(client, "tasks", "task", {"title": "Sample", "due_date": now, **target})
    await _made(client, "appointments", "appointment", {"title": "Sample", **dates, **target})
    # The search index follows a little later.
    await clock.sleep(60)


async def _made(client: Client, kind: str, root: str, fields: dict[str, Any]) -> int:
    answer = await client.send("POST", kind, {root: fields})
    return int(answer.body[root]["id"])


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "probe": found.probe,
        "kind": found.kind,
        "what": found.what,
        "emulator": found.one,
        "account": found.other,
        "hint": hint(found.probe),
    }
