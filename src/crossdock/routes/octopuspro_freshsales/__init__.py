"""OctopusPro to Freshsales: from a field-service system that has jobs to a CRM that has deals.

=================  ==================================================================
`route`            the policies and the phases in dependency order
`mapping.toml`     the default mapping: which field becomes which, and why
`places.toml`      where the content of every column of an export goes
`statuses`         proposals for value maps: status to stage, reason to lost reason
`sql/00_macros`    small definitions
`sql/10_...`       customers: accounts, people, leads; duplicates
`sql/20_...`       jobs: quotes, bookings and invoices that belong together
`sql/30_...`       money: merged and split invoices, payments, refunds, to the cent
`sql/35_...`       answers to custom fields
`sql/40_...`       services, products, fees; the lines of each deal
`sql/45_...`       own columns of quotes and invoices, on their deal
`sql/50_...`       deals, their owners, their stage
`sql/60_...`       visits, status changes, payments and refunds as activities
`sql/65_...`       properties and dependants
`sql/70_...`       everything else that happened, as notes; `.part.sql` runs part by part
`sql/80_...`       files
`sql/90_...`       the account of every row: where it went and why
=================  ==================================================================
"""

from crossdock.routes.octopuspro_freshsales.route import ROUTE

__all__ = ["ROUTE"]
