"""What contacts, accounts, deals, products and custom records have in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance, longest
from crossdock.emulator.store import Keys, Row, Store, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.fields import Schema


#: How long a record stays in the recycle bin.
BIN_SECONDS = 90 * 86_400.0


class Records:
    """The records of one entity, with their rules."""

    entity = ""
    #: How the texts of refusals name one record.
    label = "Record"
    #: What a full record shows, in order, with what it shows when nothing is there.
    template: ClassVar[Row] = {}
    #: Columns of a row that are shown only where `include` asks for them.
    hidden: tuple[str, ...] = ()
    #: Columns that hold a moment.
    moments: tuple[str, ...] = ("created_at", "updated_at")
    #: Labels in refusals that differ from the field's own.
    labels: ClassVar[dict[str, str]] = {}
    #: Fields that the entity reads itself, because the table of fields does not say enough.
    own: frozenset[str] = frozenset()
    indexes: ClassVar[Mapping[str, Keys]] = {}
    #: Index → text of the refusal of a value that is taken; `{}` stands for the value.
    unique: Mapping[str, str] = MappingProxyType({})

    def __init__(self, account: Account) -> None:
        self.account = account
        self.store = Store(self.indexes)
        #: The plain text fields that a client may write, with their longest length.
        self._texts = {
            field.name: longest(field)
            for field in self.schema.fields.values()
            if field.type == "text" and field.writable and field.name not in self.own
        }

    @property
    def schema(self) -> Schema:
        """Return the fields of this entity."""
        return self.account.schemas[self.entity]

    # -- writing ---------------------------------------------------------------------------

    def create(self, body: Row, user_id: int, now: float | None = None) -> Row:
        """Create a record from what a client sent; `now` spares asking the clock."""
        values = self._accepted(None, body)
        now = self.account.now() if now is None else now
        row: Row = {"id": self.account.ids.next(self.entity), **values}
        if None in values.values():
            row = {name: value for name, value in row.items() if value is not None}
        row["created_at"] = row["updated_at"] = now
        row["creater_id"] = row["updater_id"] = user_id
        if "owner_id" in row:
            row["last_assigned_at"] = now
        self.store.add(row)
        self.written(row, None)
        return row

    def update(self, row: Row, body: Row, user_id: int) -> Row:
        """Write what a client sent into a record."""
        values = self._accepted(row, body)
        now = self.account.now()
        before = dict(row)
        if values.get("owner_id") not in (None, row.get("owner_id")):
            values["last_assigned_at"] = now
        self.store.change(row, values | {"updated_at": now, "updater_id": user_id})
        self.written(row, before)
        return row

    def _accepted(self, row: Row | None, body: Row) -> Row:
        acceptance = Acceptance(self.account, self.schema)
        acceptance.read(body, self.own, self._texts)
        self.accept(acceptance, row, body)
        acceptance.require(self.labels, creating=row is None)
        self._check_unique(acceptance, row)
        values = acceptance.finish()
        if "custom_field" in values:
            values["custom_field"] = acceptance.merged(row) or None
        return values

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read what the table of fields alone does not cover; entities add their rules here."""

    def written(self, row: Row, before: Row | None) -> None:
        """Follow up on a write; entities add their rules here."""

    def _check_unique(self, acceptance: Acceptance, row: Row | None) -> None:
        own = row["id"] if row else None
        for name, text in self.unique.items():
            value = acceptance.values.get(name)
            if value is not None and self._taken(name, value, own):
                acceptance.complain(text.format(value))
        given = acceptance.values.get("custom_field") or {}
        for field in self.schema.custom.values():
            value = given.get(field.name) if field.unique else None
            if value is not None and self._taken(field.name, value, own):
                acceptance.complain(f"{field.label} is not unique")

    def _taken(self, name: str, value: Any, own: int | None) -> bool:
        key = folded(value)
        found = self.store.index(name).find(key)
        if found and (own is None or any(each != own for each in found)):
            return True
        if not self.account.assumptions.bin_keeps_unique_values:
            return False
        rows = (self.store.rows[each] for each in self.store.bin)
        return any(key in self.store.index(name).keys(row) for row in rows)

    # -- reading and the life of a record --------------------------------------------------

    def get(self, record_id: int) -> Row:
        """Return a live record; anything else is not in the CRM."""
        row = self.store.get(record_id)
        if row is None:
            raise errors.not_found(self.label)
        return row

    def delete(self, row: Row) -> None:
        """Put a record into the recycle bin."""
        self.store.delete(row)
        self.store.touch(row, {"deleted_at": self.account.now()})

    def bin(self) -> list[int]:
        """Return what is in the recycle bin; what lay there for 90 days is gone for good.

        Reference: Freshsales API, recycle bin; certainty: documented.
        """
        since = self.account.now() - BIN_SECONDS
        old = [i for i in self.store.bin if self.store.rows[i].get("deleted_at", since) < since]
        for record_id in old:
            self.forget(record_id)
        return self.store.bin

    def restore(self, record_id: int) -> Row:
        """Take a record out of the recycle bin, unless its unique values were taken meanwhile."""
        self.bin()
        row = self.store.in_bin(record_id)
        if row is None:
            raise errors.not_found(self.label)
        acceptance = Acceptance(self.account, self.schema)
        acceptance.values = {name: row.get(name) for name in (*self.unique, "custom_field")}
        self._check_unique(acceptance, row)
        acceptance.finish()
        self.store.restore(row)
        return row

    def forget(self, record_id: int) -> None:
        """Remove a record for good, with what hangs on it; it may be in the recycle bin already.

        That notes, tasks, files and the like go with it is inferred.
        """
        row = self.store.rows.get(record_id)
        if row is None:
            raise errors.not_found(self.label)
        self.store.forget(row)
        self.account.activities.forget_on(self.schema.model, record_id)
        self.account.files.forget_on(self.schema.model, record_id)

    def render(self, row: Row, everything: bool = False) -> Row:
        """Return a record as Freshsales shows it; `everything` adds what `include` would."""
        template = self.template
        shown = dict(template)
        for name, value in row.items():
            if name in template:
                shown[name] = value
        text = self.account.zone.text
        for name in self.moments:
            if name in row:
                shown[name] = text(row[name])
        custom = dict.fromkeys(self.schema.custom)
        custom.update(row.get("custom_field", {}))
        shown["custom_field"] = custom
        self.show(row, shown)
        if everything:
            shown.update((name, row.get(name)) for name in self.hidden)
        return shown

    def show(self, row: Row, shown: Row) -> None:
        """Add what is computed; entities add theirs here."""

    def last_contacted(self, row: Row) -> str | None:
        """Return when somebody last spoke with whom the record is about."""
        moment = row.get("last_contacted")
        return None if moment is None else self.account.zone.text(moment)

    def thin(self, row: Row) -> Row:
        """Return the short form that stands beside another record."""
        return {"partial": True, "id": row["id"], "name": row.get("name"), "avatar": None}

    def identified(self, key: str, value: Any) -> Row | None:
        """Return the record that an upsert's identifier means, or None when there is none.

        Reference: Freshsales API, bulk and upsert; certainty: documented for the first key of each
        entity, inferred for custom fields.
        """
        if key == "id":
            return self.store.get(values.record_id(value))
        return self.store.first("email" if key == "emails" else key, folded(value))

    def name_of(self, row: Row) -> str:
        """Return what a person calls the record."""
        return str(row.get("name", ""))


def links(collection: str, record_id: int, names: tuple[str, ...]) -> dict[str, str]:
    """Return the web application's addresses for what hangs on a record."""
    base = f"/crm/sales/{collection}/{record_id}/"
    return {name: base + _LINKS[name] for name in names}


_LINKS = {
    "conversations": "conversations/all?include=email_conversation_recipients%2Ctargetable"
    "%2Cphone_number%2Cphone_caller%2Cnote%2Cuser&per_page=3",
    "timeline_feeds": "timeline_feeds",
    "document_associations": "document_associations",
    "notes": "notes?include=creater",
    "tasks": "tasks?include=creater,owner,updater,targetable,users,task_type",
    "appointments": "appointments?include=creater,owner,updater,targetable,"
    "appointment_attendees,conference,note",
    "reminders": "reminders?include=creater,owner,updater,targetable",
    "duplicates": "duplicates",
    "connections": "connections",
}
