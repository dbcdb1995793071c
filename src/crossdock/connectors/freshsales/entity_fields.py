"""From field metadata to our `Field`s and `Entity`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from crossdock.connectors.freshsales.field_types import field_type, max_length
from crossdock.connectors.freshsales.schema import fields_of_forms, is_custom
from crossdock.model.fields import Choice, Entity, Field, FieldType

#: System fields that the destination keeps itself (certainty: documented for most of them).
_READ_ONLY: Final = frozenset(
    {
        "last_seen_chat",
        "first_seen_chat",
        "last_seen",
        "total_sessions",
        "lead_score",
        "last_contacted",
        "last_contacted_mode",
        "last_contacted_sales_activity_mode",
        "last_contacted_via_sales_activity",
        "active_sales_sequences",
        "completed_sales_sequences",
        "customer_fit",
        "recent_note",
        "creater_id",
        "created_at",
        "updater_id",
        "updated_at",
        "web_form_ids",
        "web_form_id",
        "last_assigned_at",
        "age",
        "upcoming_activities_time",
        "stage_updated_time",
        "expected_deal_value",
        "lists",
    }
)
#: What is unique in every account (Freshsales support article: unique fields; documented).
_UNIQUE: Final = frozenset(
    {("contact", "emails"), ("contact", "external_id"), ("sales_account", "name")}
)
_LABELS: Final = {"contact": "Contact", "sales_account": "Account", "deal": "Deal"}

Choices: TypeAlias = Mapping[str, Sequence[Choice]]


def entity_of(
    name: str,
    listed: Sequence[Mapping[str, Any]],
    forms: Sequence[Mapping[str, Any]],
    choices: Choices,
    label: str | None = None,
) -> Entity:
    """Return an entity from its field list, its forms, and the choices that selectors tell."""
    in_form = {str(field.get("name")): field for field in fields_of_forms(list(forms))}
    fields = [
        field_of(name, {**in_form.get(str(row["name"]), {}), **row}, choices)
        for row in listed
        if row.get("name")
    ]
    groups = required_groups(forms)
    if name == "contact":
        fields += _email_fields(fields, groups)
    elif name == "deal":
        fields.append(Field("contacts_added_list", "Related contacts", FieldType.REFERENCE))
    return Entity(name, label or _LABELS.get(name, name), tuple(fields), groups)


def field_of(entity: str, row: Mapping[str, Any], choices: Choices) -> Field:
    """Return one field; what a selector tells of its choices counts more than its own list."""
    name, word = str(row["name"]), str(row.get("type") or "")
    custom = is_custom(row)
    options = row.get("fieldOptions") or row.get("field_options") or {}
    return Field(
        name=name,
        label=str(row.get("label") or name),
        type=field_type(word, name, custom=custom),
        required=bool(row.get("required")),
        custom=custom,
        unique=_says(options.get("unique")) or (entity, name) in _UNIQUE,
        read_only=(not custom and name in _READ_ONLY) or word in ("formula", "auto_number"),
        max_length=max_length(entity, word, name),
        choices=(() if custom else tuple(choices.get(name, ()))) or _own_choices(row),
    )


def required_groups(forms: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of fields of which the form wants at least one each.

    ``groupedMandatoryFields`` is seen, its inner shape is not (Freshsales API documentation: forms;
    certainty: observed): lists of names, of ids and of objects with either are all read.
    """
    if not forms:
        return ()
    names = {
        str(f.get("id")): str(f["name"]) for f in fields_of_forms(list(forms)) if f.get("name")
    }
    found = forms[0].get("groupedMandatoryFields") or forms[0].get("grouped_mandatory_fields")
    groups = list(found.values()) if isinstance(found, Mapping) else found or []
    read = (tuple(dict.fromkeys(_names_in(group, names))) for group in groups)
    return tuple(group for group in read if group)


def _names_in(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, str | int):
        yield names.get(str(value), str(value))
    elif isinstance(value, Mapping):
        inner = value.get("fields") or value.get("name") or value.get("field_name")
        yield from _names_in(inner if inner is not None else value.get("id"), names)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _names_in(part, names)


def _email_fields(fields: Sequence[Field], groups: Sequence[Sequence[str]]) -> Iterator[Field]:
    """Yield `email`, the plain way to write a contact's first address, beside `emails`."""
    group = next((field for field in fields if field.name == "emails"), None)
    if group is not None and not any(field.name == "email" for field in fields):
        alone = any(tuple(names) == ("emails",) for names in groups)
        required = group.required or alone
        yield Field("email", "Email", FieldType.EMAIL, required, unique=True, max_length=256)


def _own_choices(row: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(choice.get("id")), str(choice.get("value")))
        for choice in row.get("choices") or ()
        if isinstance(choice, Mapping) and not choice.get("disabled")
    )


def _says(value: Any) -> bool:
    return str(value).casefold() in ("true", "1", "yes")
