"""Under which name a written field is read back, and which cannot be read at all.

Writing and reading use different words for links: contacts are added to a deal by
`contacts_added_list` and shown as a list of contacts (Freshsales API documentation: deals;
certainty: documented).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

READ_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contacts_added_list": "contact_ids",
        "sales_accounts": "sales_account_ids",
        "file_name": "name",
    }
)

#: Fields that are an instruction, not something that a record shows; and why.
NOT_READABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "path": "the file's content is not compared; its name and record are",
        "deal_id": "the record itself",
    }
)
