"""The calls about the product catalogue, which exists from Pro on.

Reference: Freshsales API, products; plans; certainty: documented.
"""

from __future__ import annotations

from crossdock.emulator import errors
from crossdock.emulator.crm.includes import shown
from crossdock.emulator.http.call import Call, Handler, Reply
from crossdock.emulator.http.router import Router
from crossdock.emulator.store import Row


def gated(handler: Handler) -> Handler:
    """Return a handler that answers only where the plan has the product catalogue."""

    def gate(call: Call) -> Reply:
        if not call.account.plan.products:
            raise errors.forbidden()
        return handler(call)

    return gate


def _answer(call: Call, row: Row) -> Reply:
    records, beside = shown(call.account.products, [row], call.include())
    if "product_pricings" in call.include():
        records[0]["product_pricings"] = row.get("prices", [])
    return Reply({**beside, "product": records[0]})


def create(call: Call) -> Reply:
    """Create a product."""
    return _answer(call, call.account.products.create(call.fields("product"), call.user_id))


def get(call: Call) -> Reply:
    """Show a product."""
    return _answer(call, call.account.products.get(call.id()))


def update(call: Call) -> Reply:
    """Write into a product; prices only with `include=product_pricings`."""
    row = call.account.products.get(call.id())
    body = dict(call.fields("product"))
    if "product_pricings" not in call.include():
        body.pop("product_pricings", None)
    call.account.products.update(row, body, call.user_id)
    return _answer(call, row)


def delete(call: Call) -> Reply:
    """Put a product into the bin."""
    call.account.products.delete(call.account.products.get(call.id()))
    return Reply({"success": "200"})


def restore(call: Call) -> Reply:
    """Take a product out of the bin."""
    return _answer(call, call.account.products.restore(call.id()))


def bulk_update(call: Call) -> Reply:
    """Write the same values into several products."""
    body = call.object().get("product")
    for record_id in call.ids("ids"):
        row = call.account.products.store.get(record_id)
        if row is not None and isinstance(body, dict):
            call.account.products.update(row, body, call.user_id)
    return Reply({"message": "Products updated."})


def bulk_assign(call: Call) -> Reply:
    """Give several products to a user."""
    owner = call.object().get("owner_id")
    for record_id in call.ids("selected_ids"):
        row = call.account.products.store.get(record_id)
        if row is not None:
            call.account.products.update(row, {"owner_id": owner}, call.user_id)
    return Reply({"message": "Products assigned."})


def bulk_delete(call: Call) -> Reply:
    """Put several products into the bin."""
    for record_id in call.ids("selected_ids"):
        row = call.account.products.store.get(record_id)
        if row is not None:
            call.account.products.delete(row)
    return Reply({"message": "Products deleted."})


def bulk_restore(call: Call) -> Reply:
    """Take several products out of the bin."""
    for record_id in call.ids("selected_ids"):
        if call.account.products.store.in_bin(record_id) is not None:
            call.account.products.restore(record_id)
    return Reply({"message": "Products restored."})


def mount(router: Router) -> None:
    """Add the routes of the catalogue."""
    base = "cpq/products"
    router.add("POST", base, gated(create))
    router.add("GET", f"{base}/:id", gated(get))
    router.add("PUT", f"{base}/:id", gated(update))
    router.add("DELETE", f"{base}/:id", gated(delete))
    router.add("PUT", f"{base}/:id/restore", gated(restore))
    router.add("PUT", f"{base}/products_bulk_update", gated(bulk_update))
    router.add("POST", f"{base}/products_bulk_assign", gated(bulk_assign))
    router.add("POST", f"{base}/products_bulk_delete", gated(bulk_delete))
    router.add("POST", f"{base}/products_bulk_restore", gated(bulk_restore))
