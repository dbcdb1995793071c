"""Which fields of a module the columns of a file can be mapped to.

Reference: Freshsales API, CSV import; certainty: observed that a header which is exactly a label is
mapped by itself and can be changed, documented what must be mapped, inferred that nothing that the
API refuses to write can be mapped (`Created at`). Tags and lists are not offered: nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossdock.emulator import errors
from crossdock.emulator.crm.records import Records
from crossdock.emulator.fields import Field

ID = "id"
ID_LABEL = "Freshworks CRM ID"
#: What stands before the fields of an account in a file of contacts with accounts.
OF_ACCOUNT = "sales_account."
_NOT_OFFERED = frozenset({"tags", "lists"})
_MATCHED_TYPES = frozenset({"text", "textarea", "number", "decimal", "url"})
#: Labels that the wizard shows beside those of the table of fields.
_MORE_LABELS = {("contact", "emails"): "Email"}


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column can be mapped to; only the id has no field."""

    key: str
    labels: tuple[str, ...]
    field: Field | None = None

    @property
    def matches(self) -> bool:
        """Say whether duplicates can be found by it: an id, an e-mail, any text or number."""
        return self.field is None or self.key == "emails" or self.field.type in _MATCHED_TYPES


def targets_of(records: Records, accounts: Records | None = None) -> dict[str, Target]:
    """Return what can be mapped, by key; with `accounts`, also the fields of an account."""
    found = {ID: Target(ID, (ID_LABEL,))}
    for field in records.schema.all():
        if field.writable and field.name not in _NOT_OFFERED:
            more = _MORE_LABELS.get((records.entity, field.name), records.labels.get(field.name))
            labels = (field.label, more) if more else (field.label,)
            found[field.name] = Target(field.name, labels, field)
    if records.entity == "sales_account":
        name = "parent_sales_account_id"
        field = Field(id=0, name=name, label="Parent account", type="auto_complete")
        found[name] = Target(name, (field.label,), field)
    if accounts is not None:
        found |= _of_account(accounts)
        del found["sales_accounts"]
    return found


def _of_account(accounts: Records) -> dict[str, Target]:
    out = {}
    for target in targets_of(accounts).values():
        if target.field is None or target.key == "owner_id":
            continue
        labels = ("Accounts", "Account name") if target.key == "name" else target.labels
        out[OF_ACCOUNT + target.key] = Target(OF_ACCOUNT + target.key, labels, target.field)
    return out


def find_target(targets: Mapping[str, Target], name: str) -> Target:
    """Return what a key or a label means. Raises ApiError (400) for one that means nothing."""
    if name in targets:
        return targets[name]
    for target in targets.values():
        if name in target.labels:
            return target
    raise errors.invalid(f"{name!r} is no field that a column can be mapped to")


def map_columns(
    header: list[str], mapping: Mapping[str, str], targets: Mapping[str, Target]
) -> list[Target | None]:
    """Return for each column what it is mapped to; what was chosen goes before what is found.

    Raises ApiError (400) for a column that the file does not have, a field that does not exist,
    and a field that two columns are mapped to.
    """
    for name in mapping:
        if name not in header:
            raise errors.invalid(f"The file has no column {name!r}")
    chosen = {name: find_target(targets, to) for name, to in mapping.items() if to}
    taken = [target.key for target in chosen.values()]
    for key in taken:
        if taken.count(key) > 1:
            raise errors.invalid(f"Two columns are mapped to {targets[key].labels[0]!r}")
    out: list[Target | None] = []
    for name in header:
        target = chosen.get(name)
        if target is None and name and name not in mapping:
            target = _labelled(name, targets, taken)
        out.append(target)
    return out


def _labelled(name: str, targets: Mapping[str, Target], taken: list[str]) -> Target | None:
    for target in targets.values():
        if name in target.labels and target.key not in taken:
            taken.append(target.key)
            return target
    return None


def required(records: Records, with_accounts: bool) -> list[str]:
    """Return the keys that must be mapped."""
    if records.entity == "contact":
        return ["last_name", OF_ACCOUNT + "name"] if with_accounts else ["last_name"]
    return [field.name for field in records.schema.fields.values() if field.required]


def check_required(
    columns: list[Target | None], names: list[str], by_key: Mapping[str, Target]
) -> None:
    """Refuse a file in which a required field is not mapped."""
    mapped = {column.key for column in columns if column}
    missing = [by_key[name].labels[-1] for name in names if name not in mapped]
    if missing:
        raise errors.invalid(f"Map a column to {' and '.join(missing)}")
