"""The calls about notes, tasks, appointments and sales activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crossdock.emulator import errors
from crossdock.emulator.activities.beside import beside
from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.crm.views import cut, page_of, pages
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.store import Row

#: What reading or updating one brings along unasked (certainty: inferred from documented answers).
_ALWAYS = {"tasks": ("owner", "users", "targetable"), "appointments": ("creater", "targetable")}
_SNAKE = {"Contact": "contact", "SalesAccount": "sales_account", "Deal": "deal"}


class ActivityCalls:
    """The calls of one kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.rules = KINDS[kind]

    def mount(self, router: Router) -> None:
        """Add the routes of the kind."""
        router.add("POST", self.kind, self.create, Doors.BOTH)
        if self.kind != "notes":
            # No source shows a call that reads a single note; a record lists its notes.
            router.add("GET", f"{self.kind}/:id", self.get, Doors.BOTH)
        router.add("PUT", f"{self.kind}/:id", self.update, Doors.BOTH)
        router.add("DELETE", f"{self.kind}/:id", self.delete, Doors.BOTH)

    def create(self, call: Call) -> Reply:
        """Create one (201 for tasks and appointments, 200 for the others)."""
        self._allowed(call)
        body = call.fields(self.rules.root)
        row = call.account.activities.create(self.kind, body, call.user_id)
        return Reply(self._full(call, row), self.rules.created)

    def get(self, call: Call) -> Reply:
        """Show one."""
        self._allowed(call)
        row = call.account.activities.get(self.kind, call.id())
        return Reply(self._full(call, row, target=True))

    def update(self, call: Call) -> Reply:
        """Write into one."""
        self._allowed(call)
        row = call.account.activities.get(self.kind, call.id())
        call.account.activities.update(self.kind, row, call.fields(self.rules.root), call.user_id)
        # A note comes back as it does when it is created.
        return Reply(self._full(call, row, target=self.kind != "notes"))

    def delete(self, call: Call) -> Reply:
        """Remove one."""
        self._allowed(call)
        call.account.activities.delete(self.kind, call.id())
        return Reply({"success": "200"})

    def _full(self, call: Call, row: Row, target: bool = False) -> Row:
        """Return the answer about one; `target` adds what only reading and updating show."""
        if target:
            shown = shown_with_target(call, self.kind, row)
            if self.kind == "tasks":
                shown["user_ids"] = row.get("user_ids", [])
        else:
            shown = call.account.activities.render(self.kind, row)
        include = (*call.include(), *(_ALWAYS.get(self.kind, ()) if target else ()))
        body = {**self.rules.extra, **beside(call.account, [row], include)}
        if self.kind == "appointments":
            body["appointment_attendees"] = row.get("attendees", [])
        return {**body, self.rules.root: shown}

    def _allowed(self, call: Call) -> None:
        if self.kind == "sales_activities":
            _enterprise(call)


def _enterprise(call: Call) -> None:
    """Custom sales activities are a feature of Enterprise. Certainty: documented."""
    if not call.account.plan.sales_activities:
        raise errors.forbidden()


def shown_with_target(call: Call, kind: str, row: Row) -> Row:
    """Return one with its target in lower case beside the list of targets."""
    shown = call.account.activities.render(kind, row)
    if row.get("targetable_id"):
        target_type = row["targetable_type"]
        shown["targetable"] = {
            "type": _SNAKE.get(target_type, target_type),
            "id": row["targetable_id"],
        }
    return shown


def list_tasks(call: Call) -> Reply:
    """List tasks by one filter; without one, or by an unknown one, all (certainty: inferred)."""
    if call.query.get("page") == "0" and call.query.get("per_page") == "0":
        raise errors.server_error()
    return _listed(call, "tasks", _task_test(call))


def list_appointments(call: Call) -> Reply:
    """List appointments; an unknown filter is ignored without a word. Certainty: observed."""
    return _listed(call, "appointments", _appointment_test(call))


def list_sales_activities(call: Call) -> Reply:
    """List sales activities in pages."""
    _enterprise(call)
    return _listed(call, "sales_activities", None, paged=True)


def _listed(
    call: Call, kind: str, test: Callable[[Row], bool] | None, paged: bool = False
) -> Reply:
    store = call.account.activities.stores[kind]
    ids: Sequence[int] = store.live
    if test is not None:
        ids = [each for each in store.live if test(store.rows[each])]
    page, size = page_of(call)
    rows = [store.rows[each] for each in cut(ids, page, size)]
    meta = {"total_pages": pages(len(ids), size)} if paged else {}
    shown = [shown_with_target(call, kind, row) for row in rows]
    meta["total"] = len(ids)
    return Reply({**beside(call.account, rows, call.include()), kind: shown, "meta": meta})


def _task_test(call: Call) -> Callable[[Row], bool] | None:
    now = call.account.now()
    today, tomorrow, after = (call.account.zone.start_of_day(now, days) for days in range(3))
    tests: dict[str, Callable[[Row], bool]] = {
        "open": lambda row: row.get("status") != 1,
        "completed": lambda row: row.get("status") == 1,
        "overdue": lambda row: row.get("status") != 1 and row["due_date"] < now,
        "due_today": lambda row: row.get("status") != 1 and today <= row["due_date"] < tomorrow,
        "due_tomorrow": lambda row: row.get("status") != 1 and tomorrow <= row["due_date"] < after,
    }
    return tests.get(call.query.get("filter", "").replace(" ", "_"))


def _appointment_test(call: Call) -> Callable[[Row], bool] | None:
    now = call.account.now()
    tests: dict[str, Callable[[Row], bool]] = {
        "past": lambda row: row["end_date"] < now,
        "completed": lambda row: row["end_date"] < now,
        "upcoming": lambda row: row["end_date"] >= now,
        "open": lambda row: row["end_date"] >= now,
    }
    return tests.get(call.query.get("filter", ""))


def hanging(kind: str, entity: str) -> Callable[[Call], Reply]:
    """Return the call that lists what hangs on a record: `contacts/:id/notes`."""

    def handler(call: Call) -> Reply:
        records = call.account.records(entity)
        assert records is not None
        row = records.get(call.id())
        ids = call.account.activities.of(kind, records.schema.model, row["id"])
        page, size = page_of(call)
        store = call.account.activities.stores[kind]
        rows = [store.rows[each] for each in cut(ids, page, size)]
        shown = [shown_with_target(call, kind, each) for each in rows]
        meta = {"total_pages": pages(len(ids), size), "total": len(ids)}
        arrays = beside(call.account, rows, call.include())
        return Reply({**arrays, kind: shown, "meta": meta})

    return handler


def mount_hanging(router: Router, entity: str, collection: str) -> None:
    """Add the lists of what hangs on an entity.

    Reference: Freshsales API, base URLs; certainty: observed. Notes answer under both prefixes,
    tasks and appointments of a record only under the web application's.
    """
    router.add("GET", f"{collection}/:id/notes", hanging("notes", entity), Doors.BOTH)
    router.add("GET", f"{collection}/:id/tasks", hanging("tasks", entity), Doors.WEB)
    router.add("GET", f"{collection}/:id/appointments", hanging("appointments", entity), Doors.WEB)
