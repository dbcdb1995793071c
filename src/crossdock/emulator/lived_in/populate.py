"""Two years of a small service business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.emulator.lived_in.business import Business
from crossdock.emulator.lived_in.customers import write_customers
from crossdock.emulator.lived_in.doubles import write_doubles
from crossdock.emulator.lived_in.setup import write_setup
from crossdock.emulator.lived_in.work import write_work

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


def populate(account: Account, seed: int) -> None:
    """Fill an empty account with the records of a business that has used it for two years.

    The same seed, plan and present moment give the same records. Raises ValueError for an account
    that holds records already.
    """
    if any(len(store.rows) for store in account.stores().values()):
        raise ValueError("the account holds records already; only an empty one can be populated")
    business = Business(account, seed)
    write_setup(business)
    write_customers(business)
    write_doubles(business)
    write_work(business)
    business.diary.run()
