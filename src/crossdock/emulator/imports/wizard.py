"""What the person chose in the wizard.

Reference: Freshsales API, CSV import; plans; certainty: documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossdock.emulator import errors
from crossdock.emulator.crm.records import Records
from crossdock.emulator.imports.targets import OF_ACCOUNT, Target, find_target, targets_of
from crossdock.emulator.store import folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.imports.goals import SalesGoals

#: The modules of every account, as the wizard names them.
MODULES = {
    "contacts": "Contacts",
    "contacts_with_accounts": "Contacts with accounts",
    "accounts": "Accounts",
    "deals": "Deals",
    "products": "Products",
    "sales_goals": "Sales goals",
}
MODES = {
    "add": "Add as new records",
    "update": "Find duplicates and update them",
    "skip": "Find duplicates and skip them",
}
#: How a person writes a date, and the same for `strftime`.
DATE_FORMATS = {
    "DD/MM/YYYY": "%d/%m/%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "YYYY/MM/DD": "%Y/%m/%d",
}
_ENTITIES = {
    "contacts": "contact",
    "contacts_with_accounts": "contact",
    "accounts": "sales_account",
    "deals": "deal",
    "products": "product",
}


@dataclass(frozen=True, slots=True)
class Wizard:
    """All choices of one import, checked."""

    module: str
    records: Records
    targets: Mapping[str, Target]
    mode: str
    #: What duplicates are found by; nothing when all rows are added.
    match_by: Target | None
    date_format: str
    #: Who imports, and who owns what no owner was found for.
    importer: int
    owner: int
    #: Header → key or label of a field; an empty one leaves the column out.
    mapping: Mapping[str, str]

    @property
    def with_accounts(self) -> bool:
        """Say whether a row brings a contact and its account."""
        return self.module == "contacts_with_accounts"


def modules_of(account: Account) -> dict[str, str]:
    """Return the modules that this account's plan can import into, with their labels."""
    found = dict(MODULES)
    if not account.plan.products:
        del found["products"], found["sales_goals"]
    if account.plan.custom_modules:
        facts = account.modules.facts.values()
        found |= {fact["entity_name"]: fact["plural_name"] for fact in facts}
    return found


def read_wizard(account: Account, goals: SalesGoals, form: Mapping[str, str]) -> Wizard:
    """Return the choices of a form.

    Its fields are `module`, `mode` (`add` unless another is chosen), `match_by`, `date_format`
    (the first one unless another is chosen), `owner` and `mapping`. Raises ApiError: 400 for a
    choice that does not exist, 403 for a module that the plan does not have.
    """
    module = form.get("module", "")
    records = _records(account, goals, module)
    mode = form.get("mode") or "add"
    if mode not in MODES:
        raise errors.invalid(f"{mode!r} is no mode: choose one of {', '.join(MODES)}")
    dates = form.get("date_format") or next(iter(DATE_FORMATS))
    if dates not in DATE_FORMATS:
        raise errors.invalid(
            f"{dates!r} is no date format: choose one of {', '.join(DATE_FORMATS)}"
        )
    accounts = account.sales_accounts if module == "contacts_with_accounts" else None
    targets = targets_of(records, accounts)
    importer = next(iter(account.keys.values()))
    return Wizard(
        module=module,
        records=records,
        targets=targets,
        mode=mode,
        match_by=None if mode == "add" else _match_key(targets, form.get("match_by", "")),
        date_format=dates,
        importer=importer,
        owner=_owner(account, form.get("owner", "")) or importer,
        mapping=_mapping(form.get("mapping", "")),
    )


def _records(account: Account, goals: SalesGoals, module: str) -> Records:
    plan = account.plan
    if module in ("products", "sales_goals") and not plan.products:
        raise errors.forbidden(f"{MODULES[module]} need Pro or Enterprise")
    if module.startswith("cm_") and not plan.custom_modules:
        raise errors.forbidden("Custom modules need Enterprise")
    if module == "sales_goals":
        return goals
    known = module in _ENTITIES or module in account.modules.records
    records = account.records(_ENTITIES.get(module, module)) if known else None
    if records is None:
        names = ", ".join(modules_of(account))
        raise errors.invalid(f"{module!r} is no module that can be imported: choose one of {names}")
    return records


def _match_key(targets: Mapping[str, Target], name: str) -> Target:
    if not name:
        raise errors.invalid("Choose the field that duplicates are found by")
    target = find_target(targets, name)
    if not target.matches or target.key.startswith(OF_ACCOUNT):
        raise errors.invalid(f"Duplicates cannot be found by {name!r}: choose a text or number")
    return target


def _owner(account: Account, email: str) -> int | None:
    if not email:
        return None
    for user in account.catalog.items("owners"):
        if folded(user["email"]) == folded(email):
            found: int = user["id"]
            return found
    raise errors.invalid(f"No user has the e-mail {email!r}")


def _mapping(text: str) -> dict[str, str]:
    """Read lines of `Header = Field`; a line without a field leaves the column out."""
    out = {}
    for line in text.splitlines():
        header, sign, name = line.rpartition("=")
        if sign:
            out[header.strip()] = name.strip()
        elif line.strip():
            raise errors.invalid(f"Write {line.strip()!r} as 'column = field'")
    return out
