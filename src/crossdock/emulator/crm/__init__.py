"""Contacts, accounts and deals: their rules, and the calls that they share.

==============  ============================================================================
`records`       what all records have in common: accepting, writing, showing, the bin
`contacts`      and `emails`: the e-mail rule, accounts, the life cycle
`accounts`      unique names, buckets, what is dropped silently
`deals`         and `stages`: value, stage, probability, closing
`views`         saved views and their pages
`includes`      what `include=` adds
`routes`        the calls
==============  ============================================================================
"""
