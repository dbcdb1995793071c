"""The calls that contacts, accounts and deals share."""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors, jobs, values
from crossdock.emulator.crm.includes import shown
from crossdock.emulator.crm.records import Records
from crossdock.emulator.crm.views import Views, cut, page_of, pages
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.store import Row

#: Columns that a clone does not take over.
_OWN = (
    "id",
    "created_at",
    "updated_at",
    "creater_id",
    "updater_id",
    "emails",
    "email",
    "is_deleted",
)


class RecordCalls:
    """The calls of one entity."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.entity = records.entity
        self.collection = records.schema.collection
        self.views = Views(records)

    def mount(self, router: Router) -> None:
        """Add the routes of the entity."""
        base = self.collection
        router.add("GET", base, self.list_bare, Doors.BOTH)
        router.add("POST", base, self.create)
        router.add("GET", f"{base}/filters", self.filters)
        router.add("GET", f"{base}/filters/:id", self.filter)
        router.add("GET", f"{base}/view/:view_id", self.view)
        router.add("POST", f"{base}/upsert", self.upsert)
        router.add("POST", f"{base}/bulk_upsert", self.bulk_upsert)
        router.add("POST", f"{base}/bulk_destroy", self.bulk_destroy)
        if self.entity == "contact":
            router.add("POST", f"{base}/bulk_assign_owner", self.bulk_assign_owner)
        router.add("GET", f"{base}/:id", self.get)
        router.add("PUT", f"{base}/:id", self.update)
        router.add("DELETE", f"{base}/:id", self.delete)
        router.add("DELETE", f"{base}/:id/forget", self.forget)
        router.add("POST", f"{base}/:id/clone", self.clone)
        router.add("PUT", f"{base}/:id/restore", self.restore, Doors.BOTH)
        router.add("POST", f"{base}/:id/manage_team_members", self.team)

    def answer(self, row: Row, call: Call, status: int = 200, **extra: Any) -> Reply:
        """Return the full record with what `include` adds."""
        records, beside = shown(self.records, [row], call.include())
        return Reply({**beside, self.entity: {**records[0], **extra}, "meta": None}, status)

    def list_bare(self, call: Call) -> Reply:
        """Refuse a list without a view; without `/api` the query names one.

        Reference: Freshsales API, views; certainty: observed.
        """
        if "segment_id" not in call.query or call.path.startswith("api/"):
            raise errors.forbidden()
        call.params = {"view_id": call.query["segment_id"]}
        return self.view(call)

    def create(self, call: Call) -> Reply:
        """Create a record (200)."""
        row = self.records.create(call.fields(self.entity), call.user_id)
        return self.answer(row, call)

    def get(self, call: Call) -> Reply:
        """Show a record."""
        return self.answer(self._reached(call), call)

    def _reached(self, call: Call) -> Row:
        """Return the record that a path names, if the key's owner may see and change it."""
        return self._allowed(call, self.records.get(call.id()))

    def _allowed(self, call: Call, row: Row) -> Row:
        if not call.account.reaches(call.user_id, row):
            raise errors.forbidden()
        return row

    def update(self, call: Call) -> Reply:
        """Write into a record."""
        row = self._reached(call)
        body = call.fields(self.entity)
        products = call.account.products
        lines = None
        if self.entity == "deal" and "products" in call.include():
            lines = products.lines(row, body.get("products"))
        self.records.update(row, body, call.user_id)
        if lines is not None:
            products.put_on_deal(row, lines)
        return self.answer(row, call)

    def delete(self, call: Call) -> Reply:
        """Put a record into the recycle bin; deleting it again finds nothing."""
        self.records.delete(self._reached(call))
        return Reply(True)

    def restore(self, call: Call) -> Reply:
        """Take a record out of the recycle bin; its users stand beside it."""
        found_in_bin = self.records.store.in_bin(call.id())
        if found_in_bin is not None:
            self._allowed(call, found_in_bin)
        row = self.records.restore(call.id())
        ids = dict.fromkeys(row.get(name) for name in ("owner_id", "creater_id", "updater_id"))
        reply = self.answer(row, call)
        found = [user for each in ids if (user := call.account.user(each))]
        reply.body = {"users": found, **reply.body}
        return reply

    def forget(self, call: Call) -> Reply:
        """Remove a record for good."""
        row = self.records.store.rows.get(call.id())
        if row is not None:
            self._allowed(call, row)
        self.records.forget(call.id())
        return Reply(True)

    def clone(self, call: Call) -> Reply:
        """Create a copy; what must be unique has to come with the call."""
        row = self._reached(call)
        changes = call.fields(self.entity) if call.body else {}
        copied = {name: value for name, value in row.items() if name not in _OWN}
        for name in self.records.unique:
            copied.pop(name, None)
        if "contact_ids" in copied:
            copied["contacts_added_list"] = copied.pop("contact_ids")
        links = copied.pop("sales_accounts", None)
        if links:
            copied["sales_accounts"] = [{"id": i, "is_primary": p} for i, p in links]
        return self.answer(self.records.create(copied | changes, call.user_id), call)

    def filters(self, call: Call) -> Reply:
        """List the views."""
        return Reply({"filters": self.views.filters(), "meta": {}})

    def filter(self, call: Call) -> Reply:
        """Show one view."""
        return Reply({"filter": self.views.filter(call.id())})

    def view(self, call: Call) -> Reply:
        """Show one page of a view."""
        ids = self.views.ids(call.id("view_id"), call)
        page, size = page_of(call)
        rows = [self.records.store.rows[i] for i in cut(ids, page, size)]
        records, beside = shown(self.records, rows, call.include())
        meta = {
            "total_pages": pages(len(ids), size),
            "total": len(ids),
            "avatar_data": {self.records.schema.model: {str(row["id"]): None for row in rows}},
        }
        return Reply({**beside, self.collection: records, "meta": meta})

    def upsert(self, call: Call) -> Reply:
        """Update the record that the identifier means (200), or create it (201)."""
        body = call.object()
        means, fields = body.get("unique_identifier"), body.get(self.entity)
        if not isinstance(means, dict) or not isinstance(fields, dict):
            raise errors.invalid("Invalid or missing attributes")
        row, new = jobs.upsert(
            call.account, self.entity, *jobs.identifier(means), fields, call.user_id
        )
        extra = {"type": self.records.schema.model} if self.entity == "contact" else {}
        return self.answer(row, call, 201 if new else 200, **extra)

    def bulk_upsert(self, call: Call) -> Reply:
        """Take up to 100 records for a job. More are refused (certainty: inferred)."""
        items = call.object().get(self.collection)
        if not isinstance(items, list) or not items:
            raise errors.invalid("Invalid or missing attributes")
        if any(not isinstance(item, dict) for item in items):
            raise errors.invalid("Invalid or missing attributes")
        if len(items) > jobs.LARGEST:
            if call.account.assumptions.refuse_large_bulk:
                raise errors.invalid(f"Maximum of {jobs.LARGEST} records can be upserted at once")
            items = items[: jobs.LARGEST]
        job = call.account.jobs.submit(self.entity, items, call.user_id)
        return Reply(
            {
                "message": "Your request is being processed.",
                "job_status_url": f"{call.base_url}/api/job_statuses/{job.id}",
            }
        )

    def bulk_destroy(self, call: Call) -> Reply:
        """Put several records into the bin at once; ids that mean nothing are passed over."""
        for row in self._several(call):
            self.records.delete(row)
        return Reply({"message": f"{self.records.label} deleted."})

    def bulk_assign_owner(self, call: Call) -> Reply:
        """Give several records to a user."""
        owner = call.object().get("owner_id")
        for row in self._several(call):
            self.records.update(row, {"owner_id": owner}, call.user_id)
        return Reply({"message": f"{self.records.label} owner updated."})

    def team(self, call: Call) -> Reply:
        """Add who works on a record, and take off who has `_destroy` (certainty: documented)."""
        if self.entity == "deal" and not call.account.plan.deal_teams:
            raise errors.forbidden()
        row = self._reached(call)
        given = call.object().get("team_users")
        now = call.account.now()
        team = {each["user_id"]: each for each in row.get("team", ())}
        for each in given if isinstance(given, list) else ():
            user = values.record_id(each.get("user_id")) if isinstance(each, dict) else None
            if user is None or call.account.user(user) is None:
                raise errors.invalid("User doesn't exist")
            if each.get("_destroy"):
                team.pop(user, None)
                continue
            role = values.record_id(each.get("designation_id"))
            since = team.get(user, {}).get("created_at", now)
            team[user] = {"user_id": user, "designation_id": role, "created_at": since}
            team[user]["updated_at"] = now
        members = list(team.values())
        self.records.store.touch(row, {"team": members, "team_user_ids": list(team)})
        text = call.account.zone.text
        stamps = ("created_at", "updated_at")
        shown_members = [
            {**each, "entity_id": row["id"], **{name: text(each[name]) for name in stamps}}
            for each in members
        ]
        return Reply({"team_users": shown_members})

    def _several(self, call: Call) -> list[Row]:
        """Return the selected records that exist and that the key's owner reaches."""
        ids = call.ids("selected_ids")
        if len(ids) > call.account.assumptions.bulk_ids:
            raise errors.invalid("Too many records are selected")
        rows = [self.records.store.get(each) for each in dict.fromkeys(ids)]
        return [row for row in rows if row and call.account.reaches(call.user_id, row)]


def leads_are_gone(call: Call) -> Reply:
    """Refuse every call about leads. Reference: lead (classic only); certainty: observed."""
    raise errors.forbidden()


def job_status(call: Call) -> Reply:
    """Show how far a bulk job is."""
    return Reply(call.account.jobs.show(call.id()))
