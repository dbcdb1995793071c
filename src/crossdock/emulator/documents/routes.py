"""The calls about documents, which exist where the product catalogue does.

Reference: Freshsales API, documents; certainty: documented, the plan is inferred.
"""

from __future__ import annotations

from crossdock.emulator import errors
from crossdock.emulator.crm.includes import shown
from crossdock.emulator.documents.models import Documents
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Router
from crossdock.emulator.products.routes import gated
from crossdock.emulator.store import Row

BASE = "cpq/cpq_documents"


def _documents(call: Call) -> Documents:
    return call.account.documents


def _answer(call: Call, row: Row) -> Reply:
    documents = _documents(call)
    records, beside = shown(documents, [row], call.include())
    if "products" in call.include():
        records[0]["products"] = documents.products(row)
    return Reply({**beside, "cpq_document": records[0]})


def create(call: Call) -> Reply:
    """Create a document on a deal."""
    return _answer(call, _documents(call).create(call.fields("cpq_document"), call.user_id))


def get(call: Call) -> Reply:
    """Show a document."""
    return _answer(call, _documents(call).get(call.id()))


def update(call: Call) -> Reply:
    """Write into a document; products only with `include=products`."""
    documents = _documents(call)
    row, body = documents.get(call.id()), call.fields("cpq_document")
    wanted = body.get("products") if "products" in call.include() else None
    lines = documents.lines(row, wanted)
    documents.update(row, body, call.user_id)
    if lines is not None:
        documents.put(row, lines)
    return _answer(call, row)


def delete(call: Call) -> Reply:
    """Put a document into the bin."""
    documents = _documents(call)
    documents.delete(documents.get(call.id()))
    return Reply({"msg": {"id": call.id(), "code": "success"}})


def restore(call: Call) -> Reply:
    """Take a document out of the bin."""
    return _answer(call, _documents(call).restore(call.id()))


def forget(call: Call) -> Reply:
    """Remove a document for good."""
    _documents(call).forget(call.id())
    return Reply(True)


def related_products(call: Call) -> Reply:
    """List the products that are on a document."""
    row, products = _documents(call).get(call.id()), call.account.products
    found = (products.store.get(line["id"]) for line in row.get("products", ()))
    return Reply({"products": [products.render(each) for each in found if each is not None]})


def bulk_update(call: Call) -> Reply:
    """Write the same values into several documents."""
    body = call.object().get("cpq_document")
    if not isinstance(body, dict):
        raise errors.invalid("Invalid or missing attributes")
    _each(call, "ids", body)
    return Reply({"message": "Documents updated."})


def bulk_assign(call: Call) -> Reply:
    """Give several documents to a user."""
    _each(call, "selected_ids", {"owner_id": call.object().get("owner_id")})
    return Reply({"message": "Documents assigned."})


def _each(call: Call, name: str, body: Row) -> None:
    documents = _documents(call)
    for record_id in call.ids(name):
        row = documents.store.get(record_id)
        if row is not None:
            documents.update(row, body, call.user_id)


def bulk_delete(call: Call) -> Reply:
    """Put several documents into the bin."""
    documents = _documents(call)
    for record_id in call.ids("selected_ids"):
        row = documents.store.get(record_id)
        if row is not None:
            documents.delete(row)
    return Reply({"message": "Documents deleted."})


def bulk_restore(call: Call) -> Reply:
    """Take several documents out of the bin."""
    documents = _documents(call)
    for record_id in call.ids("selected_ids"):
        if documents.store.in_bin(record_id) is not None:
            documents.restore(record_id)
    return Reply({"message": "Documents restored."})


def mount(router: Router) -> None:
    """Add the routes of documents."""
    router.add("POST", BASE, gated(create))
    router.add("GET", f"{BASE}/:id", gated(get))
    router.add("PUT", f"{BASE}/:id", gated(update))
    router.add("DELETE", f"{BASE}/:id", gated(delete))
    router.add("PUT", f"{BASE}/:id/restore", gated(restore))
    router.add("DELETE", f"{BASE}/:id/forget", gated(forget))
    router.add("GET", f"{BASE}/:id/related_products", gated(related_products))
    router.add("PUT", f"{BASE}/cpq_documents_bulk_update", gated(bulk_update))
    router.add("POST", f"{BASE}/cpq_documents_bulk_assign", gated(bulk_assign))
    router.add("POST", f"{BASE}/cpq_documents_bulk_delete", gated(bulk_delete))
    router.add("POST", f"{BASE}/cpq_documents_bulk_restore", gated(bulk_restore))
