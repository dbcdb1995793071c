"""What was done for customers: deals and how they went, and what hangs on records."""

from __future__ import annotations

from functools import partial

from crossdock.emulator.lived_in.business import Business, Customer
from crossdock.emulator.lived_in.diary import DAY
from crossdock.emulator.store import Row

DEALS = 90
NOTES = 110
TASKS = 70
APPOINTMENTS = 40
ACTIVITIES = 30
THINGS = 25
_FIRST = 720


def write_work(business: Business) -> None:
    """Write down when each piece of work began; how it went on is written down then."""
    plan = business.account.plan
    counts = [(DEALS, _deal), (NOTES, _note), (TASKS, _task), (APPOINTMENTS, _appointment)]
    counts += [(ACTIVITIES, _activity)] if plan.sales_activities else []
    counts += [(THINGS, _thing)] if plan.custom_modules else []
    for count, act in counts:
        for _ in range(count):
            business.diary.write(business.diary.days_ago(_FIRST), partial(act, business))
    business.diary.write(business.diary.days_ago(90, 60), partial(_lists, business))
    business.diary.write(business.diary.days_ago(200, 100), partial(_mistake, business))


def _deal(business: Business) -> None:
    customer = business.random.choice(business.customers)
    job, low, high = business.random.choice(business.trade["jobs"])
    account, now = business.account, business.account.now()
    body: Row = {
        "name": f"{job} – {customer.name}",
        "amount": business.random.randint(low * 2, high * 2) / 2,
        "expected_close": account.zone.day(now + business.random.randint(5, 60) * DAY),
        "sales_account_id": customer.account_id,
        "contacts_added_list": customer.contact_ids[:2],
        "owner_id": business.user(),
        "deal_type_id": business.choice("deal_types"),
        **business.custom(
            "deal", cf_job_address=business.names.address()["address"], cf_repeats=False
        ),
    }
    row = account.deals.create(body, business.user())
    if account.plan.products and business.chance(0.25):
        product = account.products.store.rows[business.random.choice(account.products.store.live)]
        lines = account.products.lines(row, [{"id": product["id"], "quantity": 2}])
        account.products.put_on_deal(row, lines or [])
    ends = business.diary.later(4, 70)
    business.diary.write((now + ends) / 2, partial(_moves, business, row))
    business.diary.write(ends, partial(_ends, business, row))


def _moves(business: Business, row: Row) -> None:
    """Move a deal on to a later stage that is still open."""
    stages = business.account.catalog.items("deal_stages")
    open_ = [stage["id"] for stage in stages[1:] if stage["forecast_type"] == "Open"]
    _update(business, row, {"deal_stage_id": business.random.choice(open_)})


def _ends(business: Business, row: Row) -> None:
    """Win or lose a deal; a few are simply left open."""
    drawn = business.random.random()
    if drawn > 0.75:
        return
    forecast = "Closed Won" if drawn < 0.5 else "Closed Lost"
    stages = business.account.catalog.items("deal_stages")
    body = {"deal_stage_id": next(s["id"] for s in stages if s["forecast_type"] == forecast)}
    if forecast == "Closed Lost":
        body["deal_reason_id"] = business.choice("deal_reasons")
    _update(business, row, body)


def _update(business: Business, row: Row, body: Row) -> None:
    business.account.deals.update(row, body, business.user())


def _target(business: Business) -> tuple[Customer, Row]:
    """Return a customer, and the record of it that something hangs on."""
    customer = business.random.choice(business.customers)
    deals = business.account.deals.store
    if customer.account_id and (found := deals.index("account").find(customer.account_id)):
        return customer, {"targetable_type": "Deal", "targetable_id": found[-1]}
    if customer.contact_ids:
        contact = business.random.choice(customer.contact_ids)
        return customer, {"targetable_type": "Contact", "targetable_id": contact}
    return customer, {"targetable_type": "SalesAccount", "targetable_id": customer.account_id}


def _note(business: Business) -> None:
    body = {"description": business.names.pick("notes"), **_target(business)[1]}
    business.account.activities.create("notes", body, business.user())


def _task(business: Business) -> None:
    activities = business.account.activities
    body = {
        "title": business.names.pick("tasks"),
        "due_date": _moment(business, 0.2, 14),
        "owner_id": business.user(),
        **_target(business)[1],
    }
    row = activities.create("tasks", body, business.user())
    if business.chance(0.8):
        done = partial(activities.update, "tasks", row, {"status": 1}, business.user())
        business.diary.write(business.diary.later(0.1, 20), done)


def _appointment(business: Business) -> None:
    customer, target = _target(business)
    start = business.diary.later(1, 21)
    zone = business.account.zone
    body = {
        "title": f"{business.random.choice(business.trade['jobs'])[0]}: {customer.name}",
        "from_date": zone.text(start),
        "end_date": zone.text(start + 5_400),
        "location": business.names.address()["address"],
        **target,
    }
    business.account.activities.create("appointments", body, business.user())


def _activity(business: Business) -> None:
    customer, target = _target(business)
    kinds = business.account.catalog.items("sales_activity_types")
    body = {
        "title": f"{business.trade['visit'][0]}: {customer.name}",
        "start_date": _moment(business, 0, 0),
        "end_date": _moment(business, 0.03, 0.06),
        "owner_id": business.user(),
        "sales_activity_type_id": next(kind["id"] for kind in kinds if not kind["is_default"]),
        **target,
    }
    business.account.activities.create("sales_activities", body, business.user())


def _moment(business: Business, least: float, most: float) -> str:
    return business.account.zone.text(business.diary.later(least, most))


def _thing(business: Business) -> None:
    """Enter a record of the module: what the business works on."""
    entity = business.trade["module"]["entity_name"]
    known = [each for each in business.customers if each.contact_ids]
    body: Row = {"name": business.random.choice(business.trade["things"])}
    if known:
        contact = business.random.choice(known).contact_ids[0]
        body |= business.custom(entity, cf_belongs_to=contact)
    business.account.modules.named(entity).create(body, business.user())


def _lists(business: Business) -> None:
    """Put every third contact on the first list, and a few on the second."""
    ids = business.account.contacts.store.live
    for every, row in zip((3, 7), list(business.account.lists.all.values()), strict=False):
        business.account.lists.add(row, ids[::every])


def _mistake(business: Business) -> None:
    """Enter a deal twice and delete the second one."""
    deals = business.account.deals
    name = deals.store.rows[deals.store.live[-1]]["name"]
    row = deals.create({"name": name, "amount": 0}, business.user())
    business.diary.write(business.diary.later(0.1, 2), partial(deals.delete, row))
