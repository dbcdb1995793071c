"""One line per route: what it does, what it takes, what it answers.

A body, an answer and a query parameter are named here and described in `bodies`, `answers` and
`document`. Where a route stands for several entities, its line is written once, with `{one}` for
the entity and `{many}` for its collection.
"""

from __future__ import annotations

from typing import NamedTuple

PAGES = "page per_page"
_ORDER = "sort sort_type"


class Operation(NamedTuple):
    """What is known of a route. An answer without a name: it only ever refuses."""

    summary: str
    answer: str = ""
    body: str = ""
    query: str = ""
    statuses: tuple[int, ...] = (200,)
    #: What makes this call answer 500, as the real one does.
    quirk: str = ""
    #: Statuses of refusals that few calls have.
    refusals: tuple[int, ...] = ()


_Op = Operation
_RECORDS = {
    "GET {many}": _Op("Refused: records are listed through views"),
    "POST {many}": _Op("Create a record", "{one}", "{one}", "include"),
    "GET {many}/filters": _Op("List the views", "filters"),
    "GET {many}/filters/:id": _Op("Show a view", "filter"),
    "GET {many}/view/:view_id": _Op(
        "List the records of a view", "{many}", "", f"include {PAGES} {_ORDER}"
    ),
    "POST {many}/upsert": _Op(
        "Update the record that an identifier means, or create it",
        "{one}",
        "{one}_upsert",
        "include",
        (200, 201),
    ),
    "POST {many}/bulk_upsert": _Op("Upsert up to 100 records", "job", "{many}_bulk"),
    "POST {many}/bulk_destroy": _Op("Put records into the bin", "message", "selected_ids"),
    "GET {many}/:id": _Op("Show a record", "{one}", "", "include"),
    "PUT {many}/:id": _Op("Write into a record", "{one}", "{one}_changes", "include"),
    "DELETE {many}/:id": _Op("Put a record into the bin", "true"),
    "DELETE {many}/:id/forget": _Op("Remove a record for good", "true"),
    "POST {many}/:id/clone": _Op("Copy a record", "{one}", "{one}_changes", "include"),
    "PUT {many}/:id/restore": _Op("Take a record out of the bin", "{one}", "", "include"),
    "POST {many}/:id/manage_team_members": _Op("Set who works on it", "team_users", "team"),
    "GET {many}/:id/notes": _Op("List the notes on a record", "notes", "", PAGES),
    "GET {many}/:id/tasks": _Op("List the tasks on a record", "tasks", "", PAGES),
    "GET {many}/:id/appointments": _Op("List its appointments", "appointments", "", PAGES),
    "GET {many}/:id/activities": _Op("List what happened to a record", "activities", "", PAGES),
    "GET {many}/:id/timeline_feeds": _Op("The same as activities", "activities", "", PAGES),
    "GET {many}/:id/conversations/all": _Op("List its e-mails", "conversations"),
    "GET {many}/:id/document_associations": _Op("List its files and links", "files", "", PAGES),
}
_ACTIVITIES = {
    "POST {many}": _Op("Create one", "{one}", "{one}"),
    "GET {many}": _Op("List them", "{many}", "", f"include {PAGES}"),
    "GET {many}/:id": _Op("Show one", "{one}", "", "include"),
    "PUT {many}/:id": _Op("Write into one", "{one}", "{one}_changes"),
    "DELETE {many}/:id": _Op("Remove one", "success"),
}
_CATALOGUE = {
    "POST cpq/{many}": _Op("Create one", "{one}", "{one}", "include"),
    "GET cpq/{many}/:id": _Op("Show one", "{one}", "", "include"),
    "PUT cpq/{many}/:id": _Op(
        "Write into one; its prices or products only with include",
        "{one}",
        "{one}_changes",
        "include",
    ),
    "DELETE cpq/{many}/:id": _Op("Put one into the bin", "{one}_gone"),
    "PUT cpq/{many}/:id/restore": _Op("Take one out of the bin", "{one}", "", "include"),
    "DELETE cpq/{many}/:id/forget": _Op("Remove one for good", "true"),
    "GET cpq/{many}/:id/related_products": _Op("List its products", "choices"),
    "PUT cpq/{many}/{many}_bulk_update": _Op("Write the same into several", "message", "{one}_all"),
    "POST cpq/{many}/{many}_bulk_assign": _Op("Give several to a user", "message", "owner"),
    "POST cpq/{many}/{many}_bulk_delete": _Op(
        "Put several into the bin", "message", "selected_ids"
    ),
    "POST cpq/{many}/{many}_bulk_restore": _Op("Take several out", "message", "selected_ids"),
}
_MODULE = {
    name.replace("{many}", "custom_module/:entity_name"): each._replace(
        answer=each.answer.replace("{one}", "custom_record").replace("{many}", "custom_records"),
        body=each.body.replace("{one}", "custom_record"),
    )
    for name, each in _RECORDS.items()
}
_MODULE["DELETE custom_module/:entity_name/:id"] = _Op("Put one into the bin", "message")
_MODULE["DELETE custom_module/:entity_name/:id/forget"] = _Op("Remove for good", "forgotten")
_EMPTY = ("connections", "duplicates", "reminders")
_PAGES = (
    "currencies",
    "custom_modules",
    "lifecycle_stages",
    "sales_activity_types",
    "territories",
    "web_forms",
)
_ONCE = {
    "POST contacts/bulk_assign_owner": _Op("Give contacts to a user", "message", "owner"),
    "GET contacts/lists/:id": _Op("List who is on a list", "contacts", "", f"include {PAGES}"),
    "GET tasks": _Op(
        "List tasks by one filter",
        "tasks",
        "",
        f"task_filter include {PAGES}",
        quirk="page=0 together with per_page=0",
    ),
    "GET appointments": _Op(
        "List appointments by one filter",
        "appointments",
        "",
        f"appointment_filter include {PAGES}",
    ),
    "POST tasks": _Op("Create a task", "task", "task", "", (201,)),
    "POST appointments": _Op("Create an appointment", "appointment", "appointment", "", (201,)),
    "POST phone_calls": _Op("Log a call", "phone_calls", "phone_call", "", (201,)),
    "GET phone_calls/:id": _Op("Show a logged call", "call"),
    "POST cti_phone_calls": _Op("Refused: telephony is another product", body="anything"),
    "GET job_statuses/:id": _Op("Show how far a bulk job is", "job_status"),
    "GET attachments/:id": _Op("Refused: contents are not kept", refusals=(410,)),
    "POST documents": _Op("Keep a file", "kept", "document"),
    "POST document_links": _Op("Keep a link", "kept", "document_link"),
    "POST settings/module_customizations": _Op("Make a module", "module", "module"),
    "GET settings/module_customizations": _Op("List the modules", "modules"),
    "GET settings/module_customizations/:id": _Op("Show a module", "module"),
    "PUT settings/module_customizations/:id": _Op("Rename a module", "module", "module_changes"),
    "DELETE settings/module_customizations/:id": _Op("Remove a module", "message"),
    "POST settings/sales_activity_types": _Op(
        "Make an activity type",
        "activity_type",
        "activity_type",
        quirk="a blank name",
    ),
    "DELETE settings/sales_activity_types/:id": _Op("Remove a type and its activities", "true"),
    "GET import_csv/recent_imports": _Op("List the latest imports", "choices"),
    "GET settings/:module/field_groups": _Op("List the sections of a form", "choices"),
    "GET settings/deal_pipelines": _Op("List the pipelines", "choices", "", "include"),
    "GET settings/tags": _Op("List the tags", "tags"),
    "POST settings/tags": _Op("Make a tag", "tag", "tag", quirk="a tag without a name"),
    "PUT settings/tags/:id": _Op("Answer as if a tag were renamed", "tag", "tag"),
    "DELETE settings/tags/:id": _Op("Remove a tag", "true"),
    "GET settings/:module/fields": _Op("List the fields of a module", "fields", "", "include"),
    "GET settings/:module/forms": _Op("List the forms of a module", "forms"),
    "GET settings/:module/forms/:id": _Op("Show a form", "form"),
    "POST settings/:module/forms/:form_id/fields": _Op("Make a field", "field", "field"),
    "POST lists": _Op("Make a list", "list", "list"),
    "GET lists": _Op("List the lists", "lists", "", PAGES),
    "PUT lists/:id": _Op("Rename a list", "list", "list"),
    "PUT lists/:id/add_contacts": _Op("Put contacts on a list", "message", "ids"),
    "PUT lists/:id/remove_contacts": _Op("Take contacts off a list", "message", "ids_or_all"),
    "PUT lists/:id/move_contacts": _Op("Move contacts between lists", "message", "move"),
    "PUT lists/:id/copy_contacts": _Op("Copy contacts between lists", "message", "move"),
    "GET search": _Op("Find records by a text", "hits", "", "q search_include per_page"),
    "GET lookup": _Op("Find records by one field", "lookup", "", "q f entities"),
    "POST filtered_search/:entity": _Op(
        "Find records by rules", "thin_records", "filter_rule", f"{PAGES} {_ORDER}"
    ),
    "GET selector/deal_pipelines/:id/deal_stages": _Op("List a pipeline's stages", "choices"),
    "GET selector/sales_activity_types/:id/sales_activity_outcomes": _Op(
        "List the outcomes of an activity type", "choices"
    ),
    "GET selector/:name": _Op("List the choices of a selector", "choices"),
}
_ONCE |= {f"GET contacts/:id/{name}": _Op("Always empty", "choices") for name in _EMPTY}
_ONCE |= {
    f"GET settings/{name}": _Op("As the settings page lists them", "choices") for name in _PAGES
}
_LEADS = {
    f"{method} leads{rest}": _Op("Refused: leads are of the classic product", body=body)
    for method, body in (("GET", ""), ("POST", "anything"), ("PUT", "anything"), ("DELETE", ""))
    for rest in ("", "/:a", "/:a/:b")
}


def operations() -> dict[str, Operation]:
    """Return what is known of every route, by `METHOD pattern`; single lines win over written."""
    out: dict[str, Operation] = {}
    for one in ("contact", "sales_account", "deal"):
        out |= _written(_RECORDS, one, f"{one}s")
    for one, many in (
        ("note", "notes"),
        ("task", "tasks"),
        ("appointment", "appointments"),
        ("sales_activity", "sales_activities"),
    ):
        out |= _written(_ACTIVITIES, one, many)
    out |= _written(_CATALOGUE, "product", "products")
    out |= _written(_CATALOGUE, "cpq_document", "cpq_documents")
    return out | _MODULE | _ONCE | _LEADS


def _written(rows: dict[str, Operation], one: str, many: str) -> dict[str, Operation]:
    def filled(text: str) -> str:
        return text.replace("{one}", one).replace("{many}", many)

    return {
        filled(name): each._replace(answer=filled(each.answer), body=filled(each.body))
        for name, each in rows.items()
    }
