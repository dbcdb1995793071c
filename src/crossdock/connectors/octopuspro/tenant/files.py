"""The files of an export, in the order in which they are written and named in the manifest."""

from __future__ import annotations

from importlib.resources import files as _resources

#: Files that are the same for every tenant but for their place: written by hand, in `catalogue/`.
CATALOGUE = (
    "custom_fields",
    "custom_field_values",
    "booking_statuses",
    "services",
    "service_discounts",
    "price_zones",
    "products",
    "tax_rates",
    "users",
    "forms",
    "automations",
)

#: Files that are drawn for the tenant; each has its query in `sql/out/`.
DRAWN = (
    "customers",
    "customer_contacts",
    "customer_addresses",
    "customer_properties",
    "custom_field_answers",
    "labels",
    "fieldworkers",
    "inquiries",
    "quotes",
    "quote_items",
    "bookings",
    "booking_services",
    "appointments",
    "booking_fieldworkers",
    "job_requests",
    "booking_products",
    "booking_charges",
    "booking_history",
    "invoices",
    "invoice_items",
    "payments",
    "refunds",
    "fieldworker_payments",
    "issues",
    "ratings",
    "discussions",
    "emails",
    "sms",
    "calls",
    "attachments",
    "images",
    "form_submissions",
    "user_activity",
)

ALL = CATALOGUE + DRAWN


def text(*parts: str) -> str:
    """Return a resource file of this room, such as ``text("sql", "out", "customers.sql")``."""
    return _resources(__package__).joinpath(*parts).read_text(encoding="utf-8")


def names(folder: str, ending: str) -> list[str]:
    """Return the names of this room's resource files below a folder, sorted."""
    found = _resources(__package__).joinpath(*folder.split("/")).iterdir()
    return sorted(entry.name for entry in found if entry.name.endswith(ending))


def query(name: str) -> str:
    """Return the query whose rows are the file `name`, without its extension."""
    if name in CATALOGUE:
        return f"SELECT * FROM cat_{name}"
    return text("sql", "out", f"{name}.sql")
