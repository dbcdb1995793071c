"""Plain words for the names that the machine uses. An unknown name becomes readable by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SYSTEMS: Final[Mapping[str, str]] = MappingProxyType(
    {"octopuspro": "OctopusPro", "freshsales": "Freshsales"}
)

#: Objects of the export: rows of its files.
OBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "customer": "Customers",
        "customer_contact": "Additional contacts",
        "customer_address": "Service addresses",
        "customer_property": "Properties and dependants",
        "custom_field": "Custom field definitions",
        "custom_field_value": "Custom field choices",
        "custom_field_answer": "Custom field answers",
        "label": "Labels",
        "booking_status": "Booking status list",
        "service": "Services",
        "service_discount": "Quantity discounts",
        "price_zone": "Price zones",
        "product": "Products",
        "tax_rate": "Tax rates",
        "user": "Office users",
        "fieldworker": "Field workers",
        "inquiry": "Inquiries",
        "quote": "Quotes",
        "quote_item": "Quote lines",
        "booking": "Bookings",
        "booking_service": "Booking lines",
        "appointment": "Visits",
        "booking_fieldworker": "Workers on bookings",
        "job_request": "Job requests",
        "booking_product": "Products on bookings",
        "booking_charge": "Extra charges",
        "booking_history": "Booking history",
        "invoice": "Invoices",
        "invoice_item": "Invoice lines",
        "payment": "Payments",
        "refund": "Refunds",
        "fieldworker_payment": "Payouts to workers",
        "issue": "Issues",
        "rating": "Ratings",
        "discussion": "Discussions",
        "email": "E-mails",
        "sms": "Text messages",
        "call": "Phone calls",
        "attachment": "Attachments",
        "image": "Photos",
        "form": "Form templates",
        "form_submission": "Filled-in forms",
        "automation": "Automations",
        "user_activity": "User activity log",
    }
)

#: Entities of the destination: its records.
ENTITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "user": "Users",
        "sales_account": "Accounts",
        "contact": "Contacts",
        "product": "Products",
        "deal": "Deals",
        "deal_products": "Product lines of deals",
        "appointment": "Appointments",
        "task": "Tasks",
        "note": "Notes",
        "document": "Files",
        "cm_property": "Properties",
    }
)

#: Fields whose own name would not tell.
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "*": "the whole record",
        "deal_id": "Deal",
        "path": "Content of the file",
        "targetable_id": "Record it belongs to",
        "contacts_added_list": "Contacts",
        "sales_accounts": "Accounts",
        "product_pricings": "Price",
        "external_id": "OctopusPro number",
    }
)

#: What can be found when a value is read back: words, and whether it is as it should be.
CLASSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "equal": ("exactly as planned", "The same, letter by letter."),
        "normalised": (
            "the same, written another way",
            "The same value in Freshsales' own spelling, such as 174.75 shown as “174.75”.",
        ),
        "coerced": ("changed by Freshsales", "Freshsales turned the value into another one."),
        "truncated": ("cut short", "Freshsales kept only the beginning of the text."),
        "edited_by_person": ("edited by a person since", "Somebody changed it after it arrived."),
        "edited_by_automation": (
            "changed by an automation since",
            "A workflow of the account changed it after it arrived.",
        ),
        "missing": ("not there", "The value, or its whole record, is not there."),
        "unexpected": ("something else there", "Another value stands there than was planned."),
    }
)
GOOD_CLASSES: Final = ("equal", "normalised")
#: Classes that need evidence which is not gathered yet; a nought for them would claim too much.
NOT_TOLD_APART: Final = ("coerced", "edited_by_person", "edited_by_automation")

#: The measures of the money table.
MEASURES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "invoiced": ("Invoiced", "all invoices except void ones"),
        "paid": ("Paid", "approved payments on those invoices"),
        "refunded": ("Refunded", "approved refunds"),
        "outstanding": ("Still owed", "what customers have not paid yet"),
        "quoted": ("Quoted", "quotes that did not become a booking"),
    }
)

BUCKETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "created": "New record",
        "merged": "Part of another record",
        "matched": "Was there already",
        "skipped": "Left out by rule",
        "rejected": "Could not be moved",
    }
)

_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a setting of the source; it stands in the inventory": "A setting of the old system, not "
        "a business record; see “No counterpart” below",
        "the record itself": "The deal on which the lines stand; it is how they are found",
    }
)

REFUSED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "file": "unreadable in the file",
        "export": "found in the export",
        "plan": "found before sending",
        "destination": "refused by Freshsales",
    }
)


def system(name: str) -> str:
    """Return a system's name as its maker writes it."""
    return SYSTEMS.get(name, name)


def of_object(name: str) -> str:
    """Return the plain name of an object of the export."""
    return OBJECTS.get(name) or readable(name)


def of_entity(name: str) -> str:
    """Return the plain name of an entity of the destination; `cm_` marks a custom module."""
    return ENTITIES.get(name) or readable(name.removeprefix("cm_"))


def of_field(name: str) -> str:
    """Return the plain name of a destination field."""
    if name in _FIELDS:
        return _FIELDS[name]
    if name.startswith("custom:"):
        return name.removeprefix("custom:")
    return readable(name.removesuffix("_id"))


def of_reason(text: str) -> str:
    """Return a reason as a sentence's beginning: with a capital letter."""
    return _REASONS.get(text) or text[:1].upper() + text[1:]


def readable(name: str) -> str:
    """Return `some_name` as "Some name"."""
    return (name[:1].upper() + name[1:]).replace("_", " ")
