"""An account that was in use before: what a load meets when it does not start from nothing.

A service business has worked here for two years. Every record is written by the same rules as a
call of the API, by one of the users, at a moment of the past. Names are made up; addresses lie in
domains and phone numbers in ranges that are kept free for examples.

=============  ===============================================================================
`diary`        acts in the order of their moments, with the account's clock set to each
`names`        people, companies, addresses and numbers
`business`     what the parts share: the account, the diary, the names, who works there
`setup`        users, fields, tags, lists, products and the module, as far as the plan goes
`customers`    accounts and contacts
`doubles`      the same customer twice, and customers in the recycle bin
`work`         deals and what becomes of them, notes, tasks, appointments, sales activities
=============  ===============================================================================
"""

from crossdock.emulator.lived_in.populate import populate

__all__ = ["populate"]
