"""Identity: which records are the same, which names lead nowhere, which bookings are a series.

=================  =======================================================================
`identity`         the tables below, once per profile; what others call
`places`           where references that lead nowhere stand, in the words of the files
`rows`             rows that stand twice, and whole blocks of them
`people.sql`       customers who are one person, nearly or exactly; contact details of nobody
`numbers.sql`      numbers by how they are written
=================  =======================================================================

Rules of `catalogue/references.toml`, `catalogue/people.toml` and `catalogue/duplicates.toml` ask
these tables, which are called `identity_…` and live as long as the connection.
"""

from crossdock.profile.identity.identity import measure

__all__ = ["measure"]
