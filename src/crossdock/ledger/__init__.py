"""The ledger: what was written, what was meant to be, and what is in doubt.

===========  =====================================================================
`tables`     crosswalk, journal, runs and phases as SQLAlchemy tables
`ledger`     the operations on them; each is one transaction
`parking`    records whose owner had no user when they were loaded
===========  =====================================================================

The rule of this room: an intent is committed before its request is sent, and the outcome is
committed with everything that follows from it. A write between the two is in doubt, and stays so
until the destination was asked.
"""

from crossdock.ledger.ledger import Ledger

__all__ = ["Ledger"]
