"""What becomes of each object of an export: the sentence that `reference/objects.md` shows.

Written by hand, because it is the summary of the route's SQL; a test wants every object here.
"""

from __future__ import annotations

_SETTING = "nothing: it is read, not moved"
_HISTORY = "part of the history note of its deal or contact (policy `history`)"
_LINES = "line items of the deal where its amount stands on them; text in the history note"

BECOMES = {
    "customer": "an account and its contacts; a duplicate is merged (policies `accounts`, "
    "`duplicates`)",
    "customer_contact": "a contact, unless the person is one already",
    "customer_address": "part of the customer's history note",
    "customer_property": "part of the customer's history note, or a record of a custom module "
    "(policy `properties`)",
    "custom_field": "the types of the custom fields that are proposed",
    "custom_field_value": _SETTING,
    "custom_field_answer": "a custom field of the deal",
    "label": "a tag of the deal, account or contact",
    "booking_status": _SETTING,
    "service": "a product",
    "service_discount": _SETTING,
    "price_zone": _SETTING,
    "product": "a product",
    "tax_rate": _SETTING,
    "user": "nothing new: matched with a user by e-mail, to own records",
    "fieldworker": "nothing new: matched with a user by e-mail, to own records",
    "inquiry": "an early contact where it led to nothing and belongs to nobody; else part of the "
    "history note",
    "quote": "part of its booking's deal; a deal of its own where there is no booking",
    "quote_item": _LINES,
    "booking": "a deal",
    "booking_service": _LINES,
    "appointment": "an appointment on the deal or contact (policy `visits_on`)",
    "booking_fieldworker": "part of the history note; the first one gives the deal its owner",
    "job_request": _HISTORY,
    "booking_product": _LINES,
    "booking_charge": _LINES,
    "booking_history": "a completed task for each change of status (policy `status_changes_on`); "
    "other changes are part of the history note",
    "invoice": "part of its bookings' deals, split to the cent; a deal of its own where there is "
    "no booking",
    "invoice_item": _LINES,
    "payment": "a completed task and a note (policy `payments_on`); without a living invoice a "
    "line of the review list",
    "refund": "a completed task and a note (policy `payments_on`); without a living invoice a "
    "line of the review list",
    "fieldworker_payment": _HISTORY,
    "issue": _HISTORY,
    "rating": _HISTORY,
    "discussion": _HISTORY,
    "email": _HISTORY,
    "sms": _HISTORY,
    "call": _HISTORY,
    "attachment": "a file on its deal or contact, where the export holds the file",
    "image": "a file on its deal or contact, where the export holds the file",
    "form": _SETTING,
    "form_submission": _HISTORY,
    "automation": "nothing: listed in the report, to be built anew as a workflow",
    "user_activity": _SETTING,
}
