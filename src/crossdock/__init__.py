"""Crossdock moves a company's data between business systems and proves that it arrived.

Data goes one way through rooms named after what people know. From the top:

================  ================================================================
`cli`             one file per command: it parses, calls, prints
`desk`            one project's parts put together, for commands and what follows
`load` `report`   phases and gates; what a person opens
`verify`          reading back and comparing
`plan`            destination records, checked and costed, nothing sent
`mapping`         which field becomes which: proposed, reviewed, confirmed
`profile`         what the data is
`intake`          files become staged tables, every row accounted for
`project`         the folder, its settings and stores
`routes`          what one source's records become at one destination
`connectors`      the outside systems; `ledger`: crosswalk and journal
`errors` `model`  what a reader can act on; the words of the field
`emulator`        the other side: a Freshsales on this machine
================  ================================================================
"""

__version__ = "0.1.0"
