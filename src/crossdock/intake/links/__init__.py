"""What names what: references that lead to a record, to a doubt, or nowhere.

===============  =======================================================================
`links`          everything below, once per export; what others call
`references`     which column names which object: `references.toml` and `kinds.toml`
`dangling`       numbers and names that are spelled otherwise, or lead nowhere
`ids`            ids for customers and payments that the export shows none for
`contacts`       which columns hold contact details
`customers`      whose a record is that names its customer and shows no id
`series.sql`     bookings at regular intervals, as table `link.series`
`views`          views `src.<object>`: the typed rows with all of that filled in
===============  =======================================================================

Nobody is identified by a guess: a name that several have and nothing tells apart stays open, and
is a finding. The numbers in `src` are spelled as the record spells its own; the text stays in
`stage`.
"""

from crossdock.intake.links.links import build

__all__ = ["build"]
