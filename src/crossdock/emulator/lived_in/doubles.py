"""The same customer twice, and customers who were deleted: what a matching has to cope with."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from crossdock.emulator.lived_in.business import Business, Customer
from crossdock.emulator.lived_in.names import Person, international, national
from crossdock.emulator.store import Row

COMPANIES = 6
PEOPLE = 12
DELETED = 6


def write_doubles(business: Business) -> None:
    """Write down when somebody entered a customer again, and whom somebody deleted."""
    diary = business.diary
    for place in range(COMPANIES):
        diary.write(diary.days_ago(500), partial(_company_again, business, place))
    for place in range(PEOPLE):
        diary.write(diary.days_ago(500), partial(_person_again, business, place))
    for place in range(DELETED):
        diary.write(diary.days_ago(400, 60), partial(_deleted, business, back=place == 0))
    diary.write(diary.days_ago(300, 200), partial(_deleted_company, business))


def _company_again(business: Business, place: int) -> None:
    """Enter a company that is there: `P/L` for `Pty Ltd`, in capitals, with another number."""
    companies = [each for each in business.customers if each.account_id]
    name = business.random.choice(companies).name.removesuffix(" Pty Ltd")
    accounts = business.account.sales_accounts
    spelled = (f"{name} P/L", f"{name.upper()} PTY. LTD.", f"{name} Pty Limited")
    order = (*spelled[place % 3 :], *spelled[: place % 3])
    free = next(each for each in order if accounts.identified("name", each) is None)
    body = {"name": free, "phone": business.names.landline(), "owner_id": business.user()}
    row = accounts.create(body, business.user())
    business.customers.append(Customer(free, row["id"]))


def _person_again(business: Business, place: int) -> None:
    """Enter a person who is there: another address, another way of writing the number."""
    known = [each for each in business.customers if each.contact_ids]
    contacts = business.account.contacts
    row = contacts.get(business.random.choice(known).contact_ids[0])
    fresh = business.names.person()
    person = Person(row["first_name"], row["last_name"], fresh.email, _digits(row))
    if place % 3 == 1:
        person = replace(person, first=person.first.upper(), last=person.last.upper())
    former = str(row["mobile_number"])
    number = national(person) if former.startswith("+61") else international(person)
    again = business.contact(person, mobile_number=number, **_with_second(business, person, place))
    business.customers.append(Customer(person.last, contact_ids=[again["id"]]))


def _with_second(business: Business, person: Person, place: int) -> Row:
    """Give every fourth of them two addresses."""
    if place % 4:
        return {}
    second = business.names.person("stillmail.example").email
    return {
        "emails": [
            {"value": person.email, "is_primary": True, "label": "Personal"},
            {"value": second, "label": "Work"},
        ]
    }


def _digits(row: Row) -> str:
    """Return the nine digits of a mobile number."""
    return "".join(each for each in str(row["mobile_number"]) if each.isdigit())[-9:]


def _deleted(business: Business, back: bool) -> None:
    """Enter and delete a person; one comes back with capitals in the address."""
    person = business.names.person()
    row = business.contact(person)
    diary, contacts = business.diary, business.account.contacts
    diary.write(diary.later(5, 40), lambda: contacts.delete(row))
    if back and not business.account.assumptions.bin_keeps_unique_values:
        returned = replace(person, email=person.email.title())
        diary.write(diary.later(41, 50), lambda: _return(business, returned))


def _return(business: Business, person: Person) -> None:
    row = business.contact(person)
    business.customers.append(Customer(person.last, contact_ids=[row["id"]]))


def _deleted_company(business: Business) -> None:
    name, *_ = business.names.company()
    accounts, diary = business.account.sales_accounts, business.diary
    row = accounts.create({"name": name, "owner_id": business.user()}, business.user())
    diary.write(diary.later(5, 40), lambda: accounts.delete(row))
