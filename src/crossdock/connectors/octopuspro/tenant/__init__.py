"""A made OctopusPro account: a whole export, from a seed, the same every time.

===============  ====================================================================
`write`          `write_tenant`: build, copy out, put in place; what was written
`store`          the database: size, words and catalogue loaded, scripts run in order
`files`          the files of an export and their order
`account`        manifest, company and portal settings
`as_json`        the same export as one document
`zipped`         the same export as an archive
`media`          photos and papers, byte by byte
`mess/`          the mess cabinet: planted data problems, by level
`words/`         names, places, what people say (TOML)
`catalogue/`     price book, statuses, users, custom fields: files of the export as they are
`sql/build/`     the tables, in order: crew, jobs, customers, lines, bookings, money, talk
`sql/out/`       one query per file of the export, with its headers
`sql/json/`      one query per list of the JSON document
===============  ====================================================================

What holds in a clean tenant, to the cent:

- A booking's total is its service lines, products and charges less its discount. Prices contain
  10 % tax. A cancelled or failed booking keeps its lines, each discounted to zero, and is worth
  its fee (one row of `booking_charges`, also in the fee's column) or nothing.
- A quote's lines are its booking's lines; charges and products come later, so totals may differ.
- An invoice's total is its items less its discount. Progress invoices add up to their booking,
  a merged invoice is the sum of its bookings and names each line's booking.
- Paid is the approved payments, refunded the approved refunds; a refund does not reopen a debt.
  A void invoice owes nothing, was paid nothing, and counts for no booking. What was paid in part
  on a merged invoice fills its bookings in the order in which they are listed as jobs.
- A series is independent bookings of one customer, created at one time; only the first may have
  come from a quote. A series may be billed on merged invoices.
- Bank lines that nobody could place have no invoice, and are pending.

Telephone numbers and e-mail domains are those set aside for examples; where a tenant is larger
than those number ranges, numbers run on.
"""

from crossdock.connectors.octopuspro.tenant.mess import Planted
from crossdock.connectors.octopuspro.tenant.write import TenantSummary, write_tenant

__all__ = ["Planted", "TenantSummary", "write_tenant"]
