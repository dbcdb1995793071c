"""Accounts with their contacts, and contacts without an account."""

from __future__ import annotations

from functools import partial

from crossdock.emulator.lived_in.business import Business, Customer
from crossdock.emulator.lived_in.setup import FIRST_DAY
from crossdock.emulator.store import Row

#: How many contacts one company after the other has.
_CONTACTS = (1, 2, 1, 3, 0, 2)
COMPANIES = 9 * len(_CONTACTS)
HOUSEHOLDS = 46


def write_customers(business: Business) -> None:
    """Write down when each customer was entered; one of them on the second day."""
    diary = business.diary
    for place in range(COMPANIES):
        least = FIRST_DAY - 1 if place == 0 else 1
        contacts = _CONTACTS[place % len(_CONTACTS)]
        diary.write(diary.days_ago(FIRST_DAY - 1, least), partial(_company, business, contacts))
    for _ in range(HOUSEHOLDS):
        diary.write(diary.days_ago(FIRST_DAY - 2), partial(_household, business))


def _company(business: Business, contacts: int) -> None:
    names = business.names
    name, domain, industry, size = names.company()
    if business.chance(0.5):
        name += " Pty Ltd"
    body: Row = {
        "name": name,
        "phone": names.landline(),
        "website": f"https://www.{domain}",
        "number_of_employees": size,
        "owner_id": business.user(),
        **names.address(),
        **business.custom("sales_account", cf_abn=_business_number(business), cf_sites=1),
    }
    found = business.account.catalog.named("industry_types", industry)
    if found:
        body["industry_type_id"] = found["id"]
    parents = [each.account_id for each in business.customers if each.account_id]
    if parents and business.chance(0.12):
        body["parent_sales_account_id"] = business.random.choice(parents)
    row = business.account.sales_accounts.create(body, business.user())
    customer = Customer(name, row["id"], domain=domain)
    for place in range(contacts):
        customer.contact_ids.append(_contact_of(business, customer, first=place == 0)["id"])
    business.customers.append(customer)


def _contact_of(business: Business, customer: Customer, first: bool) -> Row:
    links = [{"id": customer.account_id, "is_primary": True}]
    more: Row = {"sales_accounts": links, "job_title": business.names.pick("job_titles")}
    if first:
        more |= {"work_number": business.names.landline()}
    return business.contact(business.names.person(customer.domain), **more, **_facts(business))


def _household(business: Business) -> None:
    person = business.names.person()
    row = business.contact(person, **business.names.address(), **_facts(business))
    business.customers.append(Customer(person.last, contact_ids=[row["id"]]))


def _facts(business: Business) -> Row:
    """Return what is known about some contacts and not about others."""
    facts: Row = {"lead_source_id": business.choice("lead_sources")}
    if business.chance(0.3):
        facts["tags"] = [business.names.pick("tags")]
    if business.chance(0.15):
        facts["external_id"] = business.external_id()
    known: Row = {"cf_customer_number": f"C{business.random.randint(100, 9999):05}"}
    if business.chance(0.4):
        known["cf_preferred_day"] = business.names.pick("days")
    if business.chance(0.2):
        known["cf_access_notes"] = "Side gate, code on the card."
    return facts | business.custom("contact", **known)


def _business_number(business: Business) -> str:
    """Return eleven digits that begin as no real number does."""
    digits = f"{business.random.randint(0, 999_999_999):09}"
    return f"00 {digits[:3]} {digits[3:6]} {digits[6:]}"
