"""Freshsales as a destination.

=================  =========================================================================
`destination`      `Freshsales`, what everybody else uses
`client`           sends requests: key, JSON, lost answers, retries where they are safe
`budget`           the hourly allowance, shared with the customer's other programs
`rate_headers`     what an answer's headers say of it
`answers`          refusals: their messages, the errors they are; tokens hidden
`bulk`, `jobs`     accounts, contacts, deals by the hundred, and what a job says of each
`singles`          everything else, one request per record, many at once
`reading`          reading back; with `views`, `paging`, `records`
`finding`          is this record there? by its source key
`keys`             where a source key stands in a record of each entity
`schema`           field metadata, and key fields found by their label
`describing`       the account; with `entity_fields`, `field_types`, `selectors`, `plans`,
                   `static_fields`
`fields`           creating custom fields
`timezones`        IANA names → the names that Freshsales takes
`costs`            requests per record
`limits`           how much fits: numbers, lines, files, storage
`entities`         how the API spells each entity
=================  =========================================================================

Facts carry a certainty in their docstrings: documented (by the maker), observed (in recorded
answers or working clients) or inferred.
"""

from crossdock.connectors.freshsales.destination import Freshsales
from crossdock.connectors.freshsales.keys import SOURCE_KEY_LABEL, key_from_text, marker
from crossdock.connectors.freshsales.timezones import rails_zone

__all__ = ["SOURCE_KEY_LABEL", "Freshsales", "key_from_text", "marker", "rails_zone"]
