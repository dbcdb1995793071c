"""What the parts of a lived-in account share."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from crossdock.emulator.catalog import table
from crossdock.emulator.lived_in.diary import Diary
from crossdock.emulator.lived_in.names import Names, Person
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


@dataclass(slots=True)
class Customer:
    """Who a deal is for: an account, contacts, or both."""

    name: str
    account_id: int | None = None
    contact_ids: list[int] = field(default_factory=list)
    domain: str = ""


class Business:
    """The company that uses the account, in one of four trades."""

    def __init__(self, account: Account, seed: int) -> None:
        self.account = account
        self.random = Random(f"lived in:{seed}")
        self.diary = Diary(account, self.random)
        self.names = Names(self.random)
        self.trade: dict[str, Any] = self.random.choice(list(table("lived_in")["trades"].values()))
        #: Those who are customers at the moment of the act, oldest first.
        self.customers: list[Customer] = []
        self._external = 1000

    def user(self) -> int:
        """Return one of the users who are active at this moment."""
        users = self.account.catalog.items("owners")
        found: int = self.random.choice([user["id"] for user in users if user["is_active"]])
        return found

    def chance(self, share: float) -> bool:
        """Return whether something happens that happens in such a share of cases."""
        return self.random.random() < share

    def choice(self, source: str) -> int:
        """Return the id of one of the choices of a selector."""
        found: int = self.random.choice(self.account.catalog.items(source))["id"]
        return found

    def external_id(self) -> str:
        """Return the number of a customer in the books."""
        self._external += 1
        return f"MYOB-{self._external}"

    def contact(self, person: Person, **more: Any) -> Row:
        """Write a contact, filled as the account's form wants it."""
        body: Row = {
            "first_name": person.first,
            "last_name": person.last,
            "emails": person.email,
            "mobile_number": self.names.phone(person),
            "owner_id": self.user(),
        }
        if "external_id" in self.account.mandatory_contact_fields:
            body["external_id"] = self.external_id()
        return self.account.contacts.create(body | more, self.user())

    def custom(self, entity: str, **values: Any) -> Row:
        """Return the custom values of a record, without fields that the plan did not allow."""
        known = self.account.schemas[entity].custom
        found = {name: value for name, value in values.items() if name in known}
        return {"custom_field": found} if found else {}
