"""The e-mail addresses of a contact, in the three shapes that clients send.

Reference: Freshsales API, contact, `emails`; certainty: observed for the shapes. That a text or a
list of texts replaces the former addresses, and that objects are laid over them, is inferred.
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.ids import Ids
from crossdock.emulator.store import Row, folded

#: An address in a row: its id, the address, its label. The primary one is `row["email"]`.
#: Tuples, here and for tags: Python's collector need not visit millions of them again and again.
Address = tuple[int, str, Any]


def read_emails(acceptance: Acceptance, row: Row | None, body: Row, ids: Ids) -> None:
    """Read `emails`, or else `email`, into the values that will be written."""
    if "emails" in body:
        given = body["emails"]
    elif "email" in body:
        given = body["email"]
    else:
        return
    if row is None and isinstance(given, str) and given:
        address = given.strip()
        _check(acceptance, address)
        acceptance.values["email"] = address
        acceptance.values["emails"] = ((ids.next("email"), address, None),)
        return
    former: list[Address] = list((row or {}).get("emails", ()))
    items = given if isinstance(given, list) else [given]
    if any(isinstance(each, dict) for each in items):
        kept, primary = _laid_over(former, items, (row or {}).get("email"), ids)
    else:
        texts = [str(each).strip() for each in items if each not in (None, "")]
        kept = [_known(former, text) or (ids.next("email"), text, None) for text in texts]
        primary = texts[0] if texts else None
    for _, address, _ in kept:
        _check(acceptance, address)
    acceptance.values["email"] = primary
    acceptance.values["emails"] = tuple(kept) or None


def shown_emails(row: Row) -> list[Row]:
    """Return the addresses of a contact as records show them."""
    primary = row.get("email")
    return [
        {
            "id": email_id,
            "value": address,
            "is_primary": address == primary,
            "label": label,
            "_destroy": False,
        }
        for email_id, address, label in row.get("emails", ())
    ]


def _laid_over(
    former: list[Address], items: list[Any], primary: str | None, ids: Ids
) -> tuple[list[Address], str | None]:
    kept: list[list[Any]] = [list(each) for each in former]
    for item in items:
        each = item if isinstance(item, dict) else {"value": item}
        text = str(each.get("value") or "").strip()
        found = next(
            (k for k in kept if k[0] == each.get("id") or folded(k[1]) == folded(text)), None
        )
        if each.get("_destroy"):
            kept = [k for k in kept if k is not found]
            continue
        if found is None:
            found = [ids.next("email"), text, None]
            kept.append(found)
        elif text:
            found[1] = text
        if "label" in each:
            found[2] = values.text(each["label"])
        if each.get("is_primary"):
            primary = found[1]
    addresses = [k[1] for k in kept]
    if primary not in addresses:
        primary = addresses[0] if addresses else None
    return [(email_id, address, label) for email_id, address, label in kept], primary


def _known(former: list[Address], text: str) -> Address | None:
    found = next((each for each in former if folded(each[1]) == folded(text)), None)
    return (found[0], text, found[2]) if found else None


def _check(acceptance: Acceptance, address: str) -> None:
    if not values.is_email(address):
        acceptance.complain(f"{address} is an invalid email address")
    elif len(address) > values.TEXT_LENGTH:
        acceptance.complain(errors.too_long("Email"))
