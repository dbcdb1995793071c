"""How much fits: numbers, lines, files, storage; and which texts are an address.

Freshsales help and API documentation, custom fields, deals, files; certainty: documented, except
where a constant says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

#: A number field holds 11 digits before the point and 4 behind it.
NUMBER_BELOW: Final = 10**11
NUMBER_DECIMALS: Final = 4
#: The largest value of a deal; a larger one is refused (certainty: observed).
LARGEST_AMOUNT: Final = 2**53 - 1
#: Lines of one deal.
LINES: Final = 100
#: Bytes of one file: 150 MB.
LARGEST_FILE: Final = 150 * 1024 * 1024

#: Regular expressions that a whole text must match (RE2). That a wrong e-mail address or website is
#: refused and that an account's wrong phone number is dropped without a word is observed; the
#: expressions themselves are inferred.
EMAIL: Final = r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+"
WEBSITE: Final = r"(?i)(https?://)?([\w-]+\.)+[a-z]{2,}(:[0-9]+)?([/?#]\S*)?"
PHONE: Final = r"(?i)\+?[0-9\s().\-/]{3,30}(\s*(x|ext\.?)\s*[0-9]{1,6})?"

_GIB: Final = 1024**3
#: Room for files: bytes for each user.
_STORAGE: Final[Mapping[str, int]] = MappingProxyType(
    {"growth": 2 * _GIB, "pro": 5 * _GIB, "enterprise": 100 * _GIB}
)


def storage(users: int) -> dict[str, int]:
    """Return the bytes of files that an account with so many users may keep, by plan."""
    return {plan: room * users for plan, room in _STORAGE.items()}
