"""Tags as settings know them, with their quirks.

Reference: Freshsales API, tags, quirks; certainty: observed. These routes have no `/api`. An empty
tag breaks the server, and renaming one answers 200 and renames nothing.
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router


def _shown(item: dict[str, Any]) -> dict[str, Any]:
    return {"id": item["id"], "name": item["name"]}


def _take_in_used(call: Call) -> None:
    """Make tags of those that records brought along. Certainty: observed that they appear."""
    catalog = call.account.catalog
    known = {item["name"] for item in catalog.items("tags")}
    used = (
        tag
        for records in call.account.all_records()
        for row in records.store.rows.values()
        for tag in row.get("tags", ())
    )
    for name in dict.fromkeys(used):
        if name not in known:
            catalog.add("tags", name=name)


def list_tags(call: Call) -> Reply:
    """List the tags that were made in settings or came with a record."""
    _take_in_used(call)
    return Reply({"tags": [_shown(item) for item in call.account.catalog.items("tags")]})


def create_tag(call: Call) -> Reply:
    """Make a tag."""
    given = call.body.get("tag", {}) if isinstance(call.body, dict) else {}
    name = given.get("name") if isinstance(given, dict) else None
    if not name:
        raise errors.server_error()
    return Reply({"tag": _shown(call.account.catalog.add("tags", name=str(name)))})


def _found(call: Call) -> dict[str, Any]:
    item = call.account.catalog.find("tags", call.id())
    if item is None:
        raise errors.not_found("tag")
    return item


def rename_tag(call: Call) -> Reply:
    """Answer as if the tag had been renamed."""
    return Reply({"tag": _shown(_found(call))})


def delete_tag(call: Call) -> Reply:
    """Remove a tag."""
    call.account.catalog.remove("tags", _found(call)["id"])
    return Reply(True)


def mount(router: Router) -> None:
    """Add the routes of tags."""
    router.add("GET", "settings/tags", list_tags, Doors.WEB)
    router.add("POST", "settings/tags", create_tag, Doors.WEB)
    router.add("PUT", "settings/tags/:id", rename_tag, Doors.WEB)
    router.add("DELETE", "settings/tags/:id", delete_tag, Doors.WEB)
