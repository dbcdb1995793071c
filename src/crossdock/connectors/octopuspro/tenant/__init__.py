"""A made OctopusPro account: a whole export, from a seed, the same every time.

===============  ====================================================================
`write`          `write_tenant`: build, copy out, put in place; what was written
`store`          the database: size, words and catalogue loaded, scripts run in order
`files`          the files of an export and their order
`account`        manifest, company and portal settings
`media`          photos and papers, byte by byte
`words/`         names, places, what people say (TOML)
`catalogue/`     price book, statuses, users, custom fields: files of the export as they are
`sql/build/`     the tables, in order: crew, jobs, customers, lines, bookings, money, talk
`sql/out/`       one query per file of the export, with its headers
===============  ====================================================================
"""

from crossdock.connectors.octopuspro.tenant.write import Planted, TenantSummary, write_tenant

__all__ = ["Planted", "TenantSummary", "write_tenant"]
