"""Search, lookup and filtered search.

Reference: Freshsales API, search; certainty: observed for the shapes and the lag of the index,
documented for lookup's fields and for the kinds that each call knows. Which keys the hits of each
kind have is inferred, and that search and lookup pass over a kind that they do not know. Lookup
reads the records themselves and does not lag (inferred).
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.crm.contacts import Contacts
from crossdock.emulator.crm.records import Records
from crossdock.emulator.crm.views import cut, page_of
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Router
from crossdock.emulator.ids import mcr_id
from crossdock.emulator.search.filtered import matching
from crossdock.emulator.store import Row, folded

_LOOKUP_FIELDS = {"email", "name", "mobile_number", "phone", "external_id"}
_LOOKUP_TYPES = {"text", "number", "decimal", "dropdown", "radio"}
_WITHOUT_EMAIL = frozenset({"sales_account", "deal"})
#: The kinds that lookup knows; search and filtered search know those of custom modules too.
KINDS = ("contact", "sales_account", "deal")


def _known(call: Call, entity: str, modules: bool = True) -> Records | None:
    """Return the records of a kind that a search knows, or None."""
    if entity in KINDS or (modules and entity in call.account.modules.records):
        return call.account.records(entity)
    return None


def lookup(call: Call) -> Reply:
    """Find records by the exact value of one field; the answer is nested twice."""
    value, field = call.query.get("q", ""), call.query.get("f", "email")
    found: dict[str, Any] = {}
    for entity in call.query.get("entities", "contact").split(","):
        records = _known(call, entity.strip(), modules=False)
        if records is None:
            continue
        key = records.schema.collection
        rows = _by_value(records, field, value)
        found[key] = {key: [records.render(row) for row in rows]}
    return Reply(found)


def _by_value(records: Records, field: str, value: str) -> list[Row]:
    custom = records.schema.custom.get(field)
    if custom is None and field not in _LOOKUP_FIELDS:
        raise errors.invalid("Invalid or missing attributes")
    if custom is not None and custom.type not in _LOOKUP_TYPES:
        raise errors.invalid("Invalid or missing attributes")
    if value == "" or (field == "email" and records.entity in _WITHOUT_EMAIL):
        return []
    ids = records.store.index(field).find(folded(value))
    return [records.store.rows[each] for each in ids[:25]]


def search(call: Call) -> Reply:
    """Find records whose name or e-mail contains a text; fresh ones are not in the index yet."""
    wanted = folded(call.query.get("q", ""))
    size = page_of(call)[1]
    cutoff = call.account.now() - call.account.search_lag
    out: list[Row] = []
    for entity in call.query.get("include", "contact,sales_account,deal").split(","):
        if entity.strip() == "user":
            out += _users(call, wanted)
        records = _known(call, entity.strip())
        if records is None or not wanted:
            continue
        for record_id in records.store.live:
            row = records.store.rows[record_id]
            if row["created_at"] <= cutoff and wanted in _searched(records, row):
                out.append(_hit(records, row))
                if len(out) >= size:
                    break
    return Reply(out[:size])


def _searched(records: Records, row: Row) -> str:
    parts = (records.name_of(row), row.get("email"), row.get("mobile_number"))
    return " ".join(str(part) for part in parts if part).casefold()


def _hit(records: Records, row: Row) -> Row:
    """Return a hit; which keys it has depends on its kind."""
    account = records.account
    owner = account.user(row["owner_id"]) if "owner_id" in row else None
    hit = {
        "id": str(row["id"]),
        "type": records.entity,
        "name": records.name_of(row),
        "email": row.get("email"),
        "avatar": None,
        "updated_at": account.zone.text(row["updated_at"]),
        "owner": {"id": owner["id"], "name": owner["display_name"]} if owner else None,
        "record_type_id": str(records.schema.form_id),
    }
    if isinstance(records, Contacts):
        linked = records.linked_accounts(row)
        primary = next((each["name"] for each in linked if each["is_primary"]), None)
        hit |= {"mcr_id": mcr_id(row["id"]), "country": row.get("country")}
        hit["primary_sales_account_name"] = primary
    elif records.entity == "sales_account":
        hit |= {"website": row.get("website"), "country": row.get("country")}
    elif records.entity == "deal":
        stage = account.catalog.find("deal_stages", row.get("deal_stage_id"))
        hit["stage_name"] = stage["name"] if stage else None
    return hit


def _users(call: Call, wanted: str) -> list[Row]:
    return [
        {
            "id": str(user["id"]),
            "type": "user",
            "name": user["display_name"],
            "email": user["email"],
            "avatar": None,
        }
        for user in call.account.catalog.items("owners")
        if wanted in f"{user['display_name']} {user['email']}".casefold()
    ]


def filtered_search(call: Call) -> Reply:
    """Find records by rules that must all hold; the index lags behind."""
    if call.params["entity"] == "lead":
        raise errors.forbidden()
    records = _known(call, call.params["entity"])
    if records is None:
        raise errors.not_found("module")
    rules = call.object().get("filter_rule")
    if not isinstance(rules, list):
        raise errors.invalid("Invalid or missing attributes")
    ids = matching(records, rules, call.query)
    page, size = page_of(call)
    rows = [records.store.rows[each] for each in cut(ids, page, size)]
    thin = [records.thin(row) for row in rows]
    return Reply({records.schema.collection: thin, "meta": {"total": len(ids)}})


def mount(router: Router) -> None:
    """Add the searches."""
    router.add("GET", "search", search)
    router.add("GET", "lookup", lookup)
    router.add("POST", "filtered_search/:entity", filtered_search)
