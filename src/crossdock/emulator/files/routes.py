"""The calls about files and links."""

from __future__ import annotations

from collections.abc import Callable

from crossdock.emulator import errors
from crossdock.emulator.crm.views import cut, page_of, pages
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router


def create_document(call: Call) -> Reply:
    """Keep an uploaded file (multipart)."""
    upload = call.files.get("file")
    if upload is None or not isinstance(call.body, dict):
        raise errors.invalid("Invalid or missing attributes")
    files = call.account.files
    row = files.add_document(call.body, upload, call.user_id)
    return Reply({"id": row["id"], "msg": "success", "url": files.url(row, call.base_url)})


def create_link(call: Call) -> Reply:
    """Keep a link."""
    row = call.account.files.add_link(call.object(), call.user_id)
    return Reply({"id": row["id"], "msg": "success", "url": row["url"]})


def associations(entity: str) -> Callable[[Call], Reply]:
    """Return the call that lists the files and links of a record, files first.

    That both share one page is inferred.
    """

    def handler(call: Call) -> Reply:
        records = call.account.records(entity)
        assert records is not None
        row = records.get(call.id())
        files = call.account.files
        documents, links = files.of(records.schema.model, row["id"])
        page, size = page_of(call)
        wanted = cut([*documents, *links], page, size)
        creators = dict.fromkeys(each["creater_id"] for each in wanted)
        users = [user for each in creators if (user := call.account.user(each))]
        body = {
            "users": users,
            "documents": [
                files.show_document(each, call.base_url) for each in wanted if "url" not in each
            ],
            "document_links": [files.show_link(each) for each in wanted if "url" in each],
        }
        total = len(documents) + len(links)
        return Reply({**body, "meta": {"total": total, "totalPages": pages(total, size)}})

    return handler


def fetch(call: Call) -> Reply:
    """Refuse the content of a file, which is not kept (410, of this emulator's own making)."""
    if call.account.files.documents.get(call.id()) is None:
        raise errors.not_found("attachment")
    raise errors.gone("This emulator keeps only the size and the digest of a file")


def mount(router: Router) -> None:
    """Add the routes of files and links."""
    router.add("GET", "attachments/:id", fetch, Doors.WEB)
    router.add("POST", "documents", create_document)
    router.add("POST", "document_links", create_link)
    for entity, collection in (
        ("contact", "contacts"),
        ("sales_account", "sales_accounts"),
        ("deal", "deals"),
    ):
        path = f"{collection}/:id/document_associations"
        router.add("GET", path, associations(entity), Doors.BOTH)
