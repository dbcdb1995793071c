"""What writing costs in requests.

Bulk jobs count two requests per hundred records, one to submit and one to ask whether it is done;
a slow job is asked more often, at growing intervals. Everything else is one request per record, a
product with prices two.
"""

from __future__ import annotations

from typing import Final

from crossdock.connectors.freshsales.bulk import BATCH
from crossdock.connectors.freshsales.entities import BULK, kind_of

_PER_BULK: Final = 2
_PER_PRODUCT: Final = 2


def requests_for(entity: str, records: int) -> int:
    """Return how many requests writing this many records of an entity takes when all goes well."""
    kind_of(entity)
    if entity == "user":
        return 0
    if entity in BULK:
        return _PER_BULK * -(-records // BATCH)
    return records * (_PER_PRODUCT if entity == "product" else 1)
