"""Freshsales on this machine: the other side, written from what is known of the real one.

It imports the words (`crossdock.model`) and nothing of the loader. `create_app(Account(...))` is
an ASGI application for a server or for `httpx2.ASGITransport`.

==============  ====================================================================
`account`       everything one account holds, and the rules it was opened with
`assumptions`   what the reference does not know, decided in one place
`coverage`      every documented operation: emulated, refused on purpose or missing
`plans`         what each plan allows
`limiter`       the hourly allowance and its headers
`faults`        what goes wrong on purpose
`jobs`          bulk upserts, carried out while the clock runs
`server`        an account behind a socket: `serve` until told to stop, `running` in a thread
`keeper`        the account in an SQLite file
`control/`      `/emulator/...`: what is not Freshsales
`openapi/`      the API as an OpenAPI document
`store`         records of one kind: rows, bin, indexes, orders
`catalog`       what an admin set up: stages, sources, types, users
`fields`        the fields of each module; `accept` reads values into them
`values`        single values; `stamps`: times; `ids`: ids; `errors`: refusals
`http/`         the wire: router, gate, application
`crm/`          contacts, accounts, deals; views, includes, upsert
`activities/`   notes, tasks, appointments, sales activities
`products/`     the catalogue, prices, products on deals
`documents/`    quotes and other documents on deals
`imports/`      CSV and XLSX imports, and the page that stands for the wizard
`files/`        documents and links
`modules/`      custom modules
`settings/`     selectors, fields, forms, field creation
`search/`       search, lookup, filtered search
`lists/`        marketing lists
`lived_in/`     the records of an account that was in use before
`people/`       what persons do on screens
`languages`     refusals in the language of whoever reads them
`data/`         default fields and choices, as tables
==============  ====================================================================

Facts are cited in docstrings with their certainty: documented, observed (somebody recorded it),
or inferred. Where nothing is known, `Assumptions` decides and can be told otherwise.
"""

from crossdock.emulator.account import Account
from crossdock.emulator.assumptions import Assumptions
from crossdock.emulator.faults import Faults, load_faults
from crossdock.emulator.http.app import create_app

__all__ = ["Account", "Assumptions", "Faults", "create_app", "load_faults"]
