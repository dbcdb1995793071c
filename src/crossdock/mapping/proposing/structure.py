"""Evidence from the list as a whole: what stands beside a column, and what is taken already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from crossdock.mapping.proposing.scorer import ColumnProfile, Evidence, Place, Surroundings
from crossdock.mapping.proposing.words import tokens

#: A column is likelier beside another one: the name of the one, a word of the other's header.
_BESIDE: Mapping[str, tuple[str, str]] = {
    "first_name": ("last", "a last name stands beside it"),
    "last_name": ("first", "a first name stands beside it"),
    "suburb": ("postcode", "a postcode stands beside it"),
    "state": ("postcode", "a postcode stands beside it"),
    "street": ("suburb", "a town stands beside it"),
    "unit": ("street", "a street stands beside it"),
    "last_end": ("start", "a start stands beside it"),
    "paid": ("total", "a total stands beside it"),
    "balance": ("paid", "what was paid stands beside it"),
    "tax": ("total", "a total stands beside it"),
    "sub_total": ("tax", "a tax stands beside it"),
    "due_date": ("invoice", "the list is of invoices"),
}
#: Whose number each of these is: the one among several that begins as its values do.
_NUMBERED = {
    "booking_number": "booking",
    "booking_numbers": "booking",
    "quote_number": "quote",
    "invoice_number": "invoice",
    "inquiry_number": "inquiry",
}


class Structure:
    """Looks at the list: its other headers, the numbers it holds, the places that are taken."""

    name = "structure"

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return what the list says for or against each place."""
        headers = _words_of(tuple(around.headers))
        found = {}
        for place in places:
            if place.key in around.taken:
                found[place.key] = Evidence(-1.0, "another column is that already")
            elif place.name in _NUMBERED and (e := _numbered(profile, place.name)):
                found[place.key] = e
            elif place.name in _BESIDE and place.kind == "column":
                word, reason = _BESIDE[place.name]
                if any(word in words for words in headers - {tokens(profile.header)}):
                    found[place.key] = Evidence(0.3, reason)
        return found


def _numbered(profile: ColumnProfile, name: str) -> Evidence | None:
    """Return what the beginning of numbers says: BOK- is a booking's, whatever the header."""
    own = _NUMBERED[name]
    if profile.share(own) >= 0.8 and own != "inquiry":
        return Evidence(1.0, f"its values begin as numbers of {own}s do")
    other = next(
        (o for o in ("booking", "quote", "invoice") if o != own and profile.share(o) >= 0.8), None
    )
    return Evidence(-1.0, f"its values begin as numbers of {other}s do") if other else None


@cache
def _words_of(headers: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tokens(header) for header in headers)
