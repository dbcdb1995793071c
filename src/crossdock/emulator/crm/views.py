"""Saved views: the only way to list records, in pages.

Reference: Freshsales API, views, pagination; certainty: observed for the names and the paging
(names of deals: those of 2026, which have `All Deals`), inferred for what the less usual ones
select. A contact is active who was contacted within 30 days, and inactive otherwise; only logged
calls count as a contact (certainty: inferred). The order without `sort` is that of creation, oldest
first (certainty: inferred).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from crossdock.emulator import errors
from crossdock.emulator.http.call import Call
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.crm.records import Records

_Found = TypeVar("_Found")
LARGEST_PAGE = 100
DEFAULT_PAGE = 25

NAMES: dict[str, tuple[str, ...]] = {
    "contact": (
        "My Contacts",
        "My Territory Contacts",
        "New Contacts",
        "All Contacts",
        "Recently Modified",
        "Recently Imported",
        "Never Contacted",
        "Needs Follow-up",
        "Active",
        "Inactive",
        "Recycle Bin",
        "Bounced contacts",
        "Untouched 5-star contacts",
        "Slipping away",
    ),
    "sales_account": (
        "My Accounts",
        "All Accounts",
        "My Territory Accounts",
        "Recently Imported",
        "Recycle Bin",
    ),
    "deal": (
        "Open Deals",
        "My Deals",
        "All Deals",
        "My Territory Deals",
        "Recent Deals",
        "Recently Imported",
        "Lost Deals",
        "Won Deals",
        "Hot Deals",
        "Cold Deals",
        "Closing this week",
        "This month's sales",
        "Recycle Bin",
    ),
}
_DEFAULTS = {"All Contacts", "All Accounts", "All Deals"}
_WEEK = 7 * 86_400
_MONTH = 30 * 86_400
#: Views that nothing here ever fills: they need e-mails, scores or territories of users.
_EMPTY = {"Needs Follow-up", "Untouched 5-star contacts", "Slipping away", "Hot Deals"}
#: Views that change as time goes by, which no list of ids may outlive.
_TIMED = {
    "New Contacts",
    "Recent Deals",
    "Recently Modified",
    "Cold Deals",
    "Closing this week",
    "This month's sales",
    "Active",
    "Inactive",
}
_BOUNCED = 4
#: Sort keys that are sums over a record's deals, with the index of deals that leads to them.
_SUMS = {"open_deals_amount", "won_deals_amount", "open_deals_count", "won_deals_count"}


def page_of(call: Call) -> tuple[int, int]:
    """Return page and page size; sizes above 100 count as 100."""
    size = min(_number(call.query.get("per_page"), DEFAULT_PAGE), LARGEST_PAGE)
    return max(1, _number(call.query.get("page"), 1)), max(0, size)


def cut(found: Sequence[_Found], page: int, size: int) -> Sequence[_Found]:
    """Return one page; one past the end is empty."""
    return found[(page - 1) * size : page * size]


def pages(total: int, size: int) -> int:
    """Return how many pages there are."""
    return -(-total // size) if size else 0


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default


class Views:
    """The views of one entity."""

    def __init__(self, records: Records) -> None:
        self._records = records
        account = records.account
        names = NAMES.get(records.entity, (f"All {records.schema.collection}", "Recycle Bin"))
        self._names = {account.ids.next("view"): name for name in names}

    def filters(self) -> list[Row]:
        """Return the views as `filters` lists them."""
        return [self._filter(view_id, name) for view_id, name in self._names.items()]

    def filter(self, view_id: int) -> Row:
        """Return one view."""
        if view_id not in self._names:
            raise errors.not_found("view")
        return self._filter(view_id, self._names[view_id])

    def _filter(self, view_id: int, name: str) -> Row:
        account = self._records.account
        default = name in _DEFAULTS or name.startswith("All ")
        return {
            "id": view_id,
            "name": name,
            "model_class_name": self._records.schema.model,
            "user_id": 0,
            "is_default": default,
            "updated_at": account.zone.text(account.opened),
            "user_name": None,
            "current_user_permissions": [] if default else ["read_edit_only", "can_delete_only"],
        }

    def ids(self, view_id: int, call: Call) -> Sequence[int]:
        """Return the ids that a view shows, in the order that the call asks for."""
        name = self._names.get(view_id)
        if name is None:
            raise errors.forbidden()
        ids = self._selected(name, call)
        sort, ascending = call.query.get("sort", ""), call.query.get("sort_type") == "asc"
        if sort in ("", "created_at", "id"):
            return ids if sort == "" or ascending else _Reversed(ids)
        ordered = self._ordered(ids, (name, call.user_id), sort)
        return ordered if ascending else _Reversed(ordered)

    def _selected(self, name: str, call: Call) -> Sequence[int]:
        store = self._records.store
        if name == "Recycle Bin":
            return self._records.bin()
        test = self._test(name, call)
        if test is None:
            return store.live

        def compute() -> list[int]:
            return [i for i in store.live if test(store.rows[i])]

        if name in _TIMED:
            return compute()
        return store.listed(("view", name, call.user_id), compute)

    def _test(self, name: str, call: Call) -> Callable[[Row], bool] | None:
        account = self._records.account
        if name.startswith("My ") and "Territory" not in name:
            return lambda row: row.get("owner_id") == call.user_id
        if name in ("Open Deals", "Lost Deals", "Won Deals"):
            wanted = {"Open": "Open", "Lost": "Closed Lost", "Won": "Closed Won"}[name.split()[0]]
            return lambda row: account.deals.forecast(row) == wanted
        if name in _TIMED:
            return _timed(name, self._records)
        if name == "Never Contacted":
            return lambda row: "last_contacted" not in row
        if name == "Recently Imported":
            # Whatever an import created or updated, however long ago (certainty: inferred).
            return lambda row: "import_id" in row
        if name == "Bounced contacts":
            return lambda row: row.get("subscription_status") == _BOUNCED
        if "Territory" in name or name in _EMPTY:
            return lambda row: False
        return None

    def _ordered(self, ids: Sequence[int], view: Any, sort: str) -> Sequence[int]:
        records = self._records
        store = records.store

        def compute() -> list[int]:
            return sorted(
                ids, key=lambda i: (sort_key(sort_value(records, store.rows[i], sort)), i)
            )

        # Sums change with the deals, and timed views by themselves: neither is kept.
        if sort in _SUMS or view[0] in _TIMED:
            return compute()
        return store.listed(("order", view, sort), compute)


def _timed(name: str, records: Records) -> Callable[[Row], bool]:
    """Return the test of a view that depends on today (certainty: inferred)."""
    account = records.account
    now, zone = account.now(), account.zone
    since, today = now - _WEEK, zone.day(now)
    if name == "Closing this week":
        until = zone.day(now + _WEEK)
        return lambda row: today <= str(row.get("expected_close", "")) <= until
    if name == "This month's sales":
        month = today[:7]
        won = account.deals.forecast
        return lambda row: won(row) == "Closed Won" and row.get("closed_date", "")[:7] == month
    if name == "Cold Deals":
        old = now - _MONTH
        return lambda row: account.deals.forecast(row) == "Open" and row["updated_at"] < old
    if name in ("Active", "Inactive"):
        return lambda row: (row.get("last_contacted", 0.0) >= now - _MONTH) == (name == "Active")
    column = "updated_at" if name == "Recently Modified" else "created_at"
    return lambda row: bool(row[column] >= since)


def sort_value(records: Records, row: Row, name: str) -> Any:
    """Return what a record is ordered by."""
    if name in _SUMS and records.entity in ("contact", "sales_account"):
        deals = records.account.deals
        index = "contact" if records.entity == "contact" else "account"
        return deals.sums(deals.store.index(index).find(row["id"]))[name]
    return row.get("custom_field", {}).get(name) if name.startswith("cf_") else row.get(name)


class _Reversed(Sequence[int]):
    """A list read backwards, without a copy of it."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self._ids))
            size = len(self._ids)
            return list(self._ids[max(0, size - stop) : size - start])[::-1]
        return self._ids[len(self._ids) - 1 - at]


def sort_key(value: Any) -> tuple[int, Any]:
    """Order empty values first, numbers and amounts by size, the rest as text."""
    if value is None:
        return (0, 0)
    if isinstance(value, int | float):
        return (1, value)
    text = str(value)
    if text.replace(".", "", 1).replace("-", "", 1).isdigit() and text.count("-") <= 1:
        return (1, float(Decimal(text)))
    return (2, text)
