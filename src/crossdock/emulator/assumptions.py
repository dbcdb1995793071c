"""What the reference does not know, decided here in one place and open to change.

Every field says what is unknown and how this emulator decides. All have certainty: inferred.
Where two answers are possible, the stricter one is the default: a loader that copes with it copes
with the other too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The open questions, each with the answer that this account gives."""

    #: A custom dropdown value that is not among the choices: refused (400), else stored as null.
    refuse_unknown_choice: bool = True
    #: Assigning a record to a deactivated user: refused (400), else accepted.
    refuse_inactive_owner: bool = True
    #: Records in the recycle bin keep their unique values taken; else these are free again, and
    #: restoring a record whose value was taken meanwhile is refused.
    bin_keeps_unique_values: bool = False
    #: Mobile numbers of contacts are unique, as they were in accounts from before May 2021.
    unique_mobile: bool = False
    #: A bulk call with more than 100 records: refused (400), else the rest is dropped silently.
    refuse_large_bulk: bool = True
    #: Several deals carry the name of a bulk upsert: the oldest is updated, else the newest.
    oldest_deal_wins: bool = True
    #: Default activity types (Phone, Meeting, ...) may be used for sales activities.
    default_activity_types_allowed: bool = False
    #: Notes, tasks and the like may hang on custom module records.
    notes_on_custom_modules: bool = False
    #: Custom fields can be created through the API at all; else every variant answers 404.
    field_creation: bool = True
    #: Adding a deal makes its contacts Sales Qualified Leads, winning it makes them Customers.
    lifecycle_rules: bool = True
    #: A refusal for want of allowance carries `Retry-After` (some clients read it, one says that
    #: there is none); else a client has the `X-RateLimit-Reset` header alone.
    retry_after: bool = False
    #: The longest note, in characters.
    note_length: int = 65_535
    #: The most records that one bulk delete or bulk assignment accepts.
    bulk_ids: int = 1_000
