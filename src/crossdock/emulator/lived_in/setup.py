"""What an admin did on the first day, as far as the plan goes, and who left since."""

from __future__ import annotations

from crossdock.emulator.catalog import table
from crossdock.emulator.lived_in.business import Business
from crossdock.emulator.settings.creation import add_field

FIRST_DAY = 730
#: Entity, label, type. The first has a name that others would choose as well.
_FIELDS = (
    ("contact", "Customer number", "text"),
    ("contact", "Preferred day", "dropdown"),
    ("contact", "Access notes", "textarea"),
    ("sales_account", "ABN", "text"),
    ("sales_account", "Sites", "number"),
    ("deal", "Job address", "text"),
    ("deal", "Repeats", "checkbox"),
)


def write_setup(business: Business) -> None:
    """Write down the first day, and the day on which one of the users left."""
    diary = business.diary
    diary.write(diary.days_ago(FIRST_DAY, FIRST_DAY), lambda: _first_day(business))
    diary.write(diary.days_ago(160, 130), lambda: _leave(business))


def _first_day(business: Business) -> None:
    words, account = table("lived_in"), business.account
    for name, address in words["staff"]:
        account.add_user(name, f"{address}@{business.trade['business']}")
    for name in words["lead_sources"]:
        account.catalog.add("lead_sources", name=name)
    for name in words["tags"]:
        account.catalog.add("tags", name=name)
    for name in words["lists"]:
        account.lists.create(name)
    for entity, label, kind in _FIELDS:
        if account.plan.field_quota(kind):
            choices = words["days"] if kind == "dropdown" else None
            add_field(account, account.schemas[entity], label, kind, choices=choices)
    if account.plan.sales_activities:
        label, internal = business.trade["visit"]
        account.catalog.add_activity_type(label, internal, default=False)
    if account.plan.products:
        _products(business)
    if account.plan.custom_modules:
        account.modules.create(business.trade["module"])
        schema = account.schemas[business.trade["module"]["entity_name"]]
        add_field(account, schema, "Belongs to", "auto_complete", lookup="contact")


def _products(business: Business) -> None:
    currency = business.account.currency
    for place, (name, price) in enumerate(business.trade["products"], 1):
        body = {
            "name": name,
            "product_code": f"P{place:03}",
            "is_active": True,
            "pricing_type": 1,
            "product_pricings": [{"currency_code": currency, "unit_price": price}],
        }
        business.account.products.create(body, business.user())


def _leave(business: Business) -> None:
    """Deactivate the last of the staff; the records stay theirs."""
    name = table("lived_in")["staff"][-1][0]
    for user in business.account.catalog.items("owners"):
        if user["name"] == name:
            user["is_active"] = False
