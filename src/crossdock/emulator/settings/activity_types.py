"""Activity types, made and removed as the web application does.

Reference: Freshsales API, web routes; certainty: observed, and so is that the activities of a
removed type are gone for good.
"""

from __future__ import annotations

from crossdock.emulator import errors
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router


def create(call: Call) -> Reply:
    """Add a custom activity type; a blank name breaks the server."""
    if not call.account.plan.sales_activities:
        raise errors.forbidden()
    body = call.fields("sales_activity_type")
    name = str(body.get("name") or "").strip()
    internal = str(body.get("internal_name") or "")
    if not name:
        raise errors.server_error()
    if not internal.replace("_", "").isalnum():
        raise errors.invalid("Invalid internal name")
    found = call.account.catalog.add_activity_type(name, internal, default=False)
    shown = call.account.choice("sales_activity_types", found["id"])
    return Reply({"sales_activity_type": shown})


def delete(call: Call) -> Reply:
    """Remove a custom activity type, and with it all its activities."""
    catalog = call.account.catalog
    kind = catalog.find("sales_activity_types", call.id())
    if kind is None:
        raise errors.not_found("sales activity type")
    if kind["is_default"]:
        raise errors.forbidden()
    catalog.remove("sales_activity_types", kind["id"])
    for name in ("sales_activity_outcomes", "sales_activity_entity_types"):
        for each in [e for e in catalog.items(name) if e["sales_activity_type_id"] == kind["id"]]:
            catalog.remove(name, each["id"])
    store = call.account.activities.stores["sales_activities"]
    for row in list(store.rows.values()):
        if row["sales_activity_type_id"] == kind["id"]:
            store.forget(row)
    return Reply(True)


def mount(router: Router) -> None:
    """Add the calls about activity types."""
    router.add("POST", "settings/sales_activity_types", create, Doors.WEB)
    router.add("DELETE", "settings/sales_activity_types/:id", delete, Doors.WEB)
