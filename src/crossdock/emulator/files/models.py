"""Files and links on records.

Reference: Freshsales API, files and links; storage per plan; certainty: documented. Contents are
kept only as size and digest. The texts of refusals are inferred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.activities.targets import indexes
from crossdock.emulator.http.call import Upload
from crossdock.emulator.store import Row, Store

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

LARGEST = 150 * 1024 * 1024
_GIGABYTE = 1024**3
_FILE_TARGETS = {
    "Contact": "contact",
    "SalesAccount": "sales_account",
    "Deal": "deal",
    "Product": "product",
}


class Files:
    """Documents and links of the account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.documents = Store(indexes())
        self.links = Store(indexes())
        self.used = 0

    def add_document(self, fields: Row, upload: Upload, user_id: int) -> Row:
        """Keep a file: at most 150 MB, within the plan's pooled storage."""
        size = len(upload.content)
        if size > LARGEST:
            raise errors.invalid("File size should not exceed 150 MB")
        users = sum(1 for user in self.account.catalog.items("owners") if user["is_active"])
        if self.used + size > self.account.plan.storage_gb * _GIGABYTE * users:
            raise errors.invalid("Storage limit exceeded")
        row = self._row(fields, "document", user_id)
        row |= {
            "name": fields.get("file_name") or upload.name,
            "content_file_size": size,
            "content_content_type": upload.content_type,
            "sha256": hashlib.sha256(upload.content).hexdigest(),
        }
        self.used += size
        self.documents.add(row)
        return row

    def add_link(self, fields: Row, user_id: int) -> Row:
        """Keep a link."""
        url = values.text(fields.get("url"))
        if url is None or values.is_blank(url):
            raise errors.invalid("Url can't be blank")
        row = self._row(fields, "document_link", user_id)
        row |= {"url": url, "name": values.text(fields.get("name")) or url}
        self.links.add(row)
        return row

    def _row(self, fields: Row, kind: str, user_id: int) -> Row:
        model = str(fields.get("targetable_type"))
        entity = _FILE_TARGETS.get(model)
        target = values.record_id(fields.get("targetable_id"))
        if entity is None or (kind == "document_link" and model == "Product"):
            raise errors.invalid("Targetable type is not valid")
        if target is None or not self.account.exists(entity, target):
            raise errors.invalid("Targetable doesn't exist")
        return {
            "id": self.account.ids.next(kind),
            "targetable_type": model,
            "targetable_id": target,
            "is_shared": values.flag(fields.get("is_shared")) or False,
            "created_at": self.account.now(),
            "creater_id": user_id,
        }

    def forget_on(self, model: str, record_id: int) -> None:
        """Remove the files and links on a record, and give their room back."""
        if model not in _FILE_TARGETS:
            return
        for store in (self.documents, self.links):
            for row_id in list(store.index(model).find(record_id)):
                self.used -= store.rows[row_id].get("content_file_size", 0)
                store.forget(store.rows[row_id])

    def of(self, model: str, record_id: int) -> tuple[list[Row], list[Row]]:
        """Return the documents and links on a record; only links have a `url` of their own."""
        documents = self._rows(self.documents, self.documents.index(model).find(record_id))
        links = self._rows(self.links, self.links.index(model).find(record_id))
        return documents, links

    def _rows(self, store: Store, ids: Sequence[int]) -> list[Row]:
        return [store.rows[each] for each in ids]

    def show_document(self, row: Row, base: str) -> dict[str, Any]:
        """Return a document as an answer shows it to a client that knows the account as `base`."""
        stamp = self.account.zone.text(row["created_at"])
        size = row["content_file_size"]
        return {
            "id": row["id"],
            "url": self.url(row, base),
            "name": row["name"],
            "is_shared": row["is_shared"],
            "content_file_size": size,
            "content_content_type": row["content_content_type"],
            "content_updated_at": stamp,
            "content_file_size_readable": f"{size} Bytes",
            "created_at": stamp,
            "is_attached": True,
            "creater_id": row["creater_id"],
        }

    def url(self, row: Row, base: str) -> str:
        """Return where a file would be fetched; the real address is signed and soon expires.

        Certainty: inferred, as is the path.
        """
        return f"{base}/attachments/{row['id']}"

    def show_link(self, row: Row) -> dict[str, Any]:
        """Return a link as an answer shows it."""
        return {
            "id": row["id"],
            "url": row["url"],
            "name": row["name"],
            "is_shared": row["is_shared"],
            "created_at": self.account.zone.text(row["created_at"]),
            "is_attached": True,
            "creater_id": row["creater_id"],
        }
