"""One Freshsales account: everything it holds, and the rules it was opened with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossdock.emulator.activities.models import Activities
from crossdock.emulator.assumptions import Assumptions
from crossdock.emulator.catalog import Catalog, table
from crossdock.emulator.control.log import RequestLog
from crossdock.emulator.crm.accounts import SalesAccounts
from crossdock.emulator.crm.contacts import Contacts
from crossdock.emulator.crm.deals import Deals
from crossdock.emulator.crm.records import Records
from crossdock.emulator.documents.models import Documents
from crossdock.emulator.faults import Faults
from crossdock.emulator.fields import MODULES, Schema, system_schema
from crossdock.emulator.files.models import Files
from crossdock.emulator.ids import Ids
from crossdock.emulator.imports.models import Imports
from crossdock.emulator.jobs import Jobs
from crossdock.emulator.keeper import Keeper
from crossdock.emulator.languages import ENGLISH
from crossdock.emulator.limiter import Limiter
from crossdock.emulator.lists.models import Lists
from crossdock.emulator.modules.models import CustomModules
from crossdock.emulator.plans import PLANS
from crossdock.emulator.products.models import Products
from crossdock.emulator.settings.selectors import selector_item
from crossdock.emulator.stamps import Zone
from crossdock.emulator.store import Row, Store
from crossdock.model.times import Clock, SystemClock


class Account:
    """A Freshsales account on this machine.

    The same seed and the same requests give the same ids. All time comes from `clock`: the hourly
    allowance, the due times of bulk jobs and the stamps on records.

    `mandatory_contact_fields` is the group of which a contact must fill at least one, as the
    contact form says (`emails`, `mobile_number`, `external_id`).
    `search_lag` is how many seconds a write takes to show up in search and filtered search.
    `limits=False` leaves the allowance full for ever; `per_minute=400` adds the classic limit.
    `language` is that of users who have none of their own (`en`, `es`, `nl`, `de`, `fr`).
    `job_seconds` is how long a bulk job of 100 records takes.
    """

    def __init__(
        self,
        plan: str = "enterprise",
        key: str = "emulator",
        seed: int = 1,
        clock: Clock | None = None,
        time_zone: str = "Australia/Sydney",
        currency: str = "AUD",
        limits: bool = True,
        per_minute: int | None = None,
        job_seconds: float = 2.0,
        search_lag: float = 3.0,
        mandatory_contact_fields: Sequence[str] = ("emails",),
        assumptions: Assumptions | None = None,
        faults: Faults | None = None,
        owner: tuple[str, str] = ("Avery Admin", "admin@example.com"),
        language: str = ENGLISH,
    ) -> None:
        self.plan = PLANS[plan]
        self.seed = seed
        self.clock: Clock = clock or SystemClock()
        self.zone = Zone(time_zone)
        self.currency = currency
        self.language = language
        self.job_seconds = job_seconds
        self.search_lag = search_lag
        self.mandatory_contact_fields = tuple(mandatory_contact_fields)
        self.assumptions = assumptions or Assumptions()
        self.faults = faults or Faults()
        self.ids = Ids(seed)
        self.opened = self.now()
        self.catalog = Catalog(self.ids, currency, self.opened)
        self.rails_zones = {name for name, _ in table("inline_choices")["time_zone"]}
        self.limiter = Limiter(self.plan.requests_per_hour, limits, per_minute)
        self.schemas: dict[str, Schema] = {
            entity: system_schema(entity, place) for place, entity in enumerate(MODULES, 1)
        }
        self.contacts = Contacts(self)
        self.sales_accounts = SalesAccounts(self)
        self.deals = Deals(self)
        self.products = Products(self)
        self.documents = Documents(self)
        self._records: dict[str, Records] = {
            "contact": self.contacts,
            "sales_account": self.sales_accounts,
            "deal": self.deals,
            "product": self.products,
            "cpq_document": self.documents,
        }
        self.activities = Activities(self)
        self.files = Files(self)
        self.lists = Lists(self)
        self.modules = CustomModules(self)
        self.jobs = Jobs(self)
        self.imports = Imports(self)
        self.log = RequestLog()
        self.keeper: Keeper | None = None
        #: Which user a key belongs to.
        self.keys: dict[str, int] = {key: self.add_user(owner[0], owner[1])["id"]}

    def now(self) -> float:
        """Return the present moment, in seconds since the epoch."""
        return self.clock.now().timestamp()

    def add_user(
        self,
        name: str,
        email: str,
        active: bool = True,
        key: str | None = None,
        language: str | None = None,
        restricted: bool = False,
    ) -> dict[str, Any]:
        """Add a user, as an admin does on the users screen; no public call can.

        `key` is an API key of theirs, `language` the one of their refusals. A `restricted` user
        opens and changes only records of their own, and creates no fields.

        Reference: Freshsales API, users; certainty: documented by absence.
        """
        user = self.catalog.add(
            "owners",
            name=name,
            display_name=name,
            email=email,
            is_active=active,
            work_number=None,
            mobile_number=None,
            language=language,
            restricted=restricted,
        )
        if key:
            self.keys[key] = user["id"]
        return user

    def language_of(self, user_id: int) -> str:
        """Return the language in which this user reads refusals."""
        user = self.catalog.find("owners", user_id)
        return str((user or {}).get("language") or self.language)

    def records(self, entity: str) -> Records | None:
        """Return the records of an entity (`contact`, `cm_job`), or None."""
        return self._records.get(entity) or self.modules.records.get(entity)

    def exists(self, entity: str, record_id: int) -> bool:
        """Say whether a live record with this id exists."""
        records = self.records(entity)
        return records is not None and records.store.get(record_id) is not None

    def restricted(self, user_id: int) -> bool:
        """Say whether this user reaches only records of their own, and no settings."""
        return bool((self.catalog.find("owners", user_id) or {}).get("restricted"))

    def reaches(self, user_id: int, row: Row) -> bool:
        """Say whether this user may open, change or delete a record.

        Reference: Freshsales API, auth, quirks; certainty: seen in clients. Views and searches
        show what its detail refuses.
        """
        return row.get("owner_id") == user_id or not self.restricted(user_id)

    def user(self, user_id: Any) -> dict[str, Any] | None:
        """Return a user as it stands beside records."""
        found = self.catalog.find("owners", user_id)
        if found is None:
            return None
        names = ("id", "display_name", "email", "is_active", "work_number", "mobile_number")
        return {name: found[name] for name in names}

    def choice(self, name: str, item_id: int) -> dict[str, Any] | None:
        """Return a choice as selectors show it."""
        found = self.catalog.find(name, item_id)
        return selector_item(self.catalog, name, found) if found else None

    def all_records(self) -> list[Records]:
        """Return the records of every entity, custom modules last."""
        standard = [self.contacts, self.sales_accounts, self.deals, self.products]
        beside = [self.documents, self.imports.goals]
        return [*standard, *beside, *self.modules.records.values()]

    def stores(self) -> dict[str, Store]:
        """Return every store by a name that snapshots use."""
        return {
            **{records.entity: records.store for records in self.all_records()},
            **self.activities.stores,
            "imports": self.imports.runs,
            "documents": self.files.documents,
            "document_links": self.files.links,
        }

    def keep(self, path: Path) -> None:
        """Live in an SQLite file from now on: take over what it holds, or write all into it.

        Raises ValueError for a file of another version or seed.
        """
        self.keeper = Keeper(self, path)

    def flush(self) -> None:
        """Write what changed into the account's file, where it has one."""
        if self.keeper is not None:
            self.keeper.flush()

    def close(self) -> None:
        """Write what is left and let go of the account's file."""
        if self.keeper is not None:
            self.keeper.close()
            self.keeper = None
