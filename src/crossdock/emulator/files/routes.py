"""The calls about files and links."""

from __future__ import annotations

from collections.abc import Callable

from crossdock.emulator import errors
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Router


def create_document(call: Call) -> Reply:
    """Keep an uploaded file (multipart)."""
    upload = call.files.get("file")
    if upload is None or not isinstance(call.body, dict):
        raise errors.invalid("Invalid or missing attributes")
    row = call.account.files.add_document(call.body, upload, call.user_id)
    return Reply({"id": row["id"], "msg": "success", "url": call.account.files.url(row)})


def create_link(call: Call) -> Reply:
    """Keep a link."""
    row = call.account.files.add_link(call.object(), call.user_id)
    return Reply({"id": row["id"], "msg": "success", "url": row["url"]})


def associations(entity: str) -> Callable[[Call], Reply]:
    """Return the call that lists the files and links of a record."""

    def handler(call: Call) -> Reply:
        records = call.account.records(entity)
        assert records is not None
        row = records.get(call.id())
        documents, links = call.account.files.of(records.schema.model, row["id"])
        creators = {each["creater_id"]: None for each in (*documents, *links)}
        users = [user for each in creators if (user := call.account.user(each))]
        body = {"users": users, "documents": documents, "document_links": links}
        return Reply({**body, "meta": {"total": len(documents) + len(links), "totalPages": 1}})

    return handler


def mount(router: Router) -> None:
    """Add the routes of files and links."""
    router.add("POST", "documents", create_document)
    router.add("POST", "document_links", create_link)
    for entity, collection in (
        ("contact", "contacts"),
        ("sales_account", "sales_accounts"),
        ("deal", "deals"),
    ):
        path = f"{collection}/:id/document_associations"
        router.add("GET", path, associations(entity))
