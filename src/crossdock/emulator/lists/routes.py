"""The calls about marketing lists."""

from __future__ import annotations

from crossdock.emulator import values
from crossdock.emulator.crm.includes import shown
from crossdock.emulator.crm.views import cut, page_of, pages
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Router
from crossdock.emulator.store import Row

_LATER = {"message": "Updating now... we'll let you know once this is done."}


def _shown(row: Row) -> Row:
    return {"id": row["id"], "name": row["name"]}


def create(call: Call) -> Reply:
    """Make a list."""
    row = call.account.lists.create(str(call.object().get("name") or ""))
    return Reply({"list": _shown(row)})


def index(call: Call) -> Reply:
    """List the lists."""
    page, size = page_of(call)
    rows = list(call.account.lists.all.values())
    meta = {"total_pages": pages(len(rows), size), "total": len(rows)}
    return Reply({"lists": [_shown(row) for row in cut(rows, page, size)], "meta": meta})


def update(call: Call) -> Reply:
    """Rename a list."""
    row = call.account.lists.get(call.id())
    row["name"] = str(call.object().get("name") or row["name"])
    return Reply({"list": _shown(row)})


def contacts(call: Call) -> Reply:
    """Show one page of the contacts on a list."""
    row = call.account.lists.get(call.id())
    store = call.account.contacts.store
    ids = [each for each in row["contacts"] if store.get(each) is not None]
    page, size = page_of(call)
    rows = [store.rows[each] for each in cut(ids, page, size)]
    records, beside = shown(call.account.contacts, rows, call.include())
    meta = {"total_pages": pages(len(ids), size), "total": len(ids)}
    return Reply({**beside, "contacts": records, "meta": meta})


def add_contacts(call: Call) -> Reply:
    """Put contacts on a list."""
    row = call.account.lists.get(call.id())
    count = call.account.lists.add(row, call.ids("ids"))
    return Reply({"message": f"{count} contacts updated."})


def remove_contacts(call: Call) -> Reply:
    """Take some contacts, or all, off a list."""
    row = call.account.lists.get(call.id())
    if call.object().get("all"):
        row["contacts"] = []
        return Reply(_LATER)
    count = call.account.lists.remove(row, call.ids("ids"))
    return Reply({"message": f"{count} contacts updated."})


def move_contacts(call: Call) -> Reply:
    """Move contacts from another list to this one."""
    return _from_another(call, stay=False)


def copy_contacts(call: Call) -> Reply:
    """Put contacts of another list on this one too. Its path is inferred from that of moving."""
    return _from_another(call, stay=True)


def _from_another(call: Call, stay: bool) -> Reply:
    lists, body = call.account.lists, call.object()
    row = lists.get(call.id())
    source_id = values.record_id(body.get("from_list_id"))
    source = lists.get(-1 if source_id is None else source_id)
    everything = bool(body.get("all"))
    on_it = list(source["contacts"])
    ids = on_it if everything else [each for each in call.ids("ids") if each in on_it]
    if not stay:
        lists.remove(source, ids)
    count = lists.add(row, ids)
    return Reply(_LATER if everything else {"message": f"{count} contacts updated."})


def mount(router: Router) -> None:
    """Add the routes of lists."""
    router.add("POST", "lists", create)
    router.add("GET", "lists", index)
    router.add("PUT", "lists/:id", update)
    router.add("GET", "contacts/lists/:id", contacts)
    router.add("PUT", "lists/:id/add_contacts", add_contacts)
    router.add("PUT", "lists/:id/remove_contacts", remove_contacts)
    router.add("PUT", "lists/:id/move_contacts", move_contacts)
    router.add("PUT", "lists/:id/copy_contacts", copy_contacts)
