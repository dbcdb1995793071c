"""Probes that create contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.probes.asker import Asker, NothingToAskError
from crossdock.connectors.freshsales.probes.shapes import type_of, word_of

_LONG_AGO: Final = "2019-03-04T09:30:00Z"


async def contact(asker: Asker, step: str, **more: Any) -> Mapping[str, Any] | None:
    """Create a contact under the marker; return it, or None when it was refused."""
    fields = {"first_name": "Crossdock", "last_name": asker.marker, **more}
    made = await asker.create(step, "contacts", "contact", fields)
    return made if isinstance(made, Mapping) else None


def address(asker: Asker, name: str) -> str:
    """Return an e-mail address that reaches nobody."""
    return f"{asker.marker}-{name}@example.com"


async def shared_contact(asker: Asker) -> Mapping[str, Any]:
    """Return the contact that the first probe created."""
    if "contact" not in asker.kept:
        raise NothingToAskError("the account refused the contact that this needs")
    return asker.kept["contact"]


async def with_created_at(asker: Asker) -> None:
    """Create the contact that other probes use, with a date of creation."""
    made = await contact(asker, "create", emails=address(asker, "first"), created_at=_LONG_AGO)
    if made is None:
        return
    asker.kept["contact"] = made
    asker.fact("created_at is kept", str(made.get("created_at", ""))[:10] == _LONG_AGO[:10])
    asker.fact("emails come back as", type_of(made.get("emails")))


async def emails_in_three_forms(asker: Asker) -> None:
    """Create a contact with its addresses as a text, as texts, and as objects."""
    first, second = address(asker, "a"), address(asker, "b")
    objects = [
        {"value": address(asker, "c"), "is_primary": True},
        {"value": address(asker, "d"), "is_primary": False},
    ]
    forms = {"text": address(asker, "e"), "list": [first, second], "objects": objects}
    for form, emails in forms.items():
        made = await contact(asker, form, emails=emails)
        if made is not None:
            asker.fact(f"{form}: addresses kept", len(made.get("emails") or ()))
            asker.fact(f"{form}: email comes back as", type_of(made.get("email")))


async def without_email(asker: Asker) -> None:
    """Create a contact with nothing but a name, and one with a mobile number."""
    await contact(asker, "only a name")
    await contact(asker, "only a mobile number", mobile_number="+61 491 570 156")


async def duplicate_email(asker: Asker) -> None:
    """Create a contact with the address of the first, in capitals."""
    await shared_contact(asker)
    await contact(asker, "create", emails=address(asker, "first").upper())


async def unknown_choice(asker: Asker) -> None:
    """Create a contact whose custom dropdown holds what it does not offer."""
    body = await asker.known("settings/contacts/fields")
    listed = body.get("fields") if isinstance(body, Mapping) else None
    own = [f for f in listed or () if f.get("default") is False and f.get("type") == "dropdown"]
    if not own:
        raise NothingToAskError("contacts have no custom dropdown")
    name = str(own[0]["name"])
    made = await contact(
        asker,
        "create",
        emails=address(asker, "choice"),
        custom_field={name: "crossdock probe"},
    )
    if made is not None:
        kept = (made.get("custom_field") or {}).get(name)
        asker.fact("the value comes back as", type_of(kept))


async def upsert_twice(asker: Asker) -> None:
    """Upsert an address that is new, and the same once more."""
    body = {
        "unique_identifier": {"emails": address(asker, "upsert")},
        "contact": {"first_name": "Crossdock", "last_name": asker.marker},
    }
    ids = []
    for step in ("new", "again"):
        answer = await asker.send(step, "POST", "contacts/upsert", body)
        made = asker.created("contacts", "contact", answer)
        if made is not None:
            ids.append(made["id"])
            asker.fact(f"type of {step}", word_of(made.get("type")))
    if len(ids) == 2:
        asker.fact("the second updates the first", ids[0] == ids[1])


async def delete_and_restore(asker: Asker) -> None:
    """Delete a contact twice, bring it back, delete it, and give its address to another."""
    mine = address(asker, "delete")
    made = await contact(asker, "create", emails=mine)
    if made is None:
        return
    path = f"contacts/{made['id']}"
    await asker.send("delete", "DELETE", path)
    await asker.send("delete again", "DELETE", path)
    await asker.send("restore", "PUT", f"{path}/restore")
    await asker.send("delete for good", "DELETE", path)
    await contact(asker, "take its address", emails=mine)
