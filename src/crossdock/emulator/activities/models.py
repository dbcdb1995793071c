"""Notes, tasks, appointments, sales activities and logged calls: what hangs on records.

Reference: Freshsales API, note, task, appointment, sales activity; certainty: observed, except
where a remark says inferred. They are deleted for good; there is no bin for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.activities.beside import with_email
from crossdock.emulator.activities.kinds import KINDS, Kind
from crossdock.emulator.activities.targets import ENTITIES, entity_of, indexes
from crossdock.emulator.store import Row, Store

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


class Activities:
    """The five kinds, each with its store."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.stores = {name: Store(indexes()) for name in KINDS}

    def of(self, kind: str, model: str, record_id: int) -> Sequence[int]:
        """Return the ids of what hangs on a record."""
        return self.stores[kind].index(model).find(record_id)

    def get(self, kind: str, row_id: int) -> Row:
        """Return one, or say that it is not in the CRM."""
        row = self.stores[kind].get(row_id)
        if row is None:
            raise errors.not_found(KINDS[kind].root)
        return row

    def create(self, kind: str, body: Row, user_id: int) -> Row:
        """Create one from what a client sent."""
        rules = KINDS[kind]
        given = self._accepted(rules, None, body)
        now = self.account.now()
        row: Row = {"id": self.account.ids.next(kind), "created_at": now, "updated_at": now}
        row["creater_id"] = row["updater_id"] = user_id
        row.update((name, value) for name, value in given.items() if value is not None)
        rules.settle(self.account, row, None)
        self.stores[kind].add(row)
        self._tell_target(kind, row)
        return row

    def update(self, kind: str, row: Row, body: Row, user_id: int) -> Row:
        """Write what a client sent into one."""
        rules = KINDS[kind]
        given = self._accepted(rules, row, body)
        before = dict(row)
        changes = given | {"updated_at": self.account.now(), "updater_id": user_id}
        self.stores[kind].change(row, changes)
        rules.settle(self.account, row, before)
        self._tell_target(kind, row)
        return row

    def delete(self, kind: str, row_id: int) -> None:
        """Remove one for good."""
        row = self.get(kind, row_id)
        self.stores[kind].forget(row)
        if kind == "notes":
            self._tell_target(kind, row)

    def _accepted(self, rules: Kind, row: Row | None, body: Row) -> Row:
        wrong: list[str] = []
        given: Row = {}
        for name, read in rules.readers.items():
            if name in body:
                value = body[name]
                needed = name in rules.required
                blank = value in (None, "") or (needed and values.is_blank(value))
                given[name] = None if blank else read(self.account, value, wrong)
        for name, text in rules.required.items():
            # A moment that makes no sense counts as none.
            if given.get(name, None if row is None else "") is None and text not in wrong:
                wrong.append(text)
        self._target(rules, given, row, body, wrong)
        rules.check(self.account, given, row, wrong)
        if wrong:
            raise errors.invalid(*wrong)
        return given

    def _target(
        self, rules: Kind, given: Row, row: Row | None, body: Row, wrong: list[str]
    ) -> None:
        """Read what the record hangs on: one target by type and id."""
        kind, target = body.get("targetable_type"), values.record_id(body.get("targetable_id"))
        if kind is None and body.get("targetable_id") is None:
            if row is None and rules.needs_target:
                wrong.append("Targetable can't be blank")
            return
        entity = entity_of(self.account, str(kind))
        if entity is None:
            wrong.append("Targetable type is not valid")
        elif target is None or not self.account.exists(entity, target):
            wrong.append("Targetable doesn't exist")
        else:
            given["targetable_type"], given["targetable_id"] = kind, target

    def _tell_target(self, kind: str, row: Row) -> None:
        """Let the record show its latest note and activity, whichever came last."""
        model = str(row.get("targetable_type"))
        entity = entity_of(self.account, model)
        records = self.account.records(entity) if entity else None
        target = records.store.get(row.get("targetable_id")) if records else None
        if records is None or target is None:
            return
        if kind == "notes" and model in ENTITIES:
            notes = self.of(kind, model, target["id"])
            latest = self.stores[kind].rows[notes[-1]]["description"][:256] if notes else None
            records.store.touch(target, {"recent_note": latest})
        elif kind == "sales_activities":
            if target.get("last_contacted_via_sales_activity", row["end_date"]) > row["end_date"]:
                return
            told: dict[str, Any] = {"last_contacted_via_sales_activity": row["end_date"]}
            found = self.account.catalog.find("sales_activity_types", row["sales_activity_type_id"])
            told["last_contacted_sales_activity_mode"] = found["name"] if found else None
            records.store.touch(target, told)

    def forget_on(self, model: str, record_id: int) -> None:
        """Remove everything that hangs on a record."""
        if model not in ENTITIES:
            return
        for kind, store in self.stores.items():
            for row_id in list(self.of(kind, model, record_id)):
                store.forget(store.rows[row_id])

    def render(self, kind: str, row: Row) -> Row:
        """Return one as Freshsales shows it."""
        rules = KINDS[kind]
        shown = dict(rules.template)
        for name, value in row.items():
            if name in shown:
                shown[name] = value
        text = self.account.zone.text
        for name in rules.moments:
            if row.get(name) is not None:
                shown[name] = text(row[name])
        target = row.get("targetable_id")
        named = [{"id": target, "type": row["targetable_type"]}] if target else []
        shown["targetables"] = named
        if "targetables_with_email" in shown:
            shown["targetables_with_email"] = with_email(self.account, row)
        if "html_content" in shown:
            shown["html_content"] = row["description"]
        if "appointment_attendee_ids" in shown:
            shown["appointment_attendee_ids"] = [each["id"] for each in row.get("attendees", ())]
        if "custom_field" in shown:
            schema = self.account.schemas["sales_activity"]
            shown["custom_field"] = dict.fromkeys(schema.custom) | row.get("custom_field", {})
        return shown

    def beside(self, kind: str, row_id: int) -> Row | None:
        """Return one as it stands beside another record."""
        row = self.stores[kind].get(row_id)
        if row is None:
            return None
        target = {"id": row.get("targetable_id"), "type": row.get("targetable_type")}
        return self.render(kind, row) | {"targetable": target}
