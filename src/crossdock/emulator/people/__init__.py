"""What persons do on screens while a program works with the account.

`People(account).perform(acts)` does what a list of acts says, `act_at_random` what a person might
do at any moment. Whoever acts is a user: `updater_id` is theirs, not the key owner's.

An act is an object with `act` and `by` (a user's id, e-mail address or name; without it the first
active user). Which record it means is said by `entity` (`contact`, `contacts`, `deal`, `task`,
`cm_pool`, ...) and by one of `id`, `email`, `name`, `title`, `external_id` or `cf_...`.

==============  ================================================================================
`edit`          write `fields` into a record
`create`        a new record of `entity` with `fields`
`delete`        into the recycle bin; activities for good
`restore`       out of the bin
`forget`        for good, live or from the bin
`assign`        give a record to the user `owner`
`move`          put a deal into `stage` (id or name)
`note`          add the note `text` to a record
`tick`          mark a task as done
`merge`         `keep` one and `lose` others: ids, e-mail addresses or names
`anything`      `count` acts at random, the same for the same `seed`
==============  ================================================================================

=============  =====================================================================
`acts`         `People`: the list of acts, checked before the first is done
`hands`        each act
`finding`      which record or user an act means
`merging`      two records become one
`whims`        acts at random
`changes`      what an act changed
=============  =====================================================================
"""

from crossdock.emulator.people.acts import People

__all__ = ["People"]
