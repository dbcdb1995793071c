"""People, companies, addresses and numbers, none of them real."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from crossdock.emulator.catalog import table
from crossdock.emulator.store import Row


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the office knows them; `mobile` is nine digits without prefix."""

    first: str
    last: str
    email: str
    mobile: str


class Names:
    """Draws names; no e-mail address and no company comes twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._words = table("lived_in")
        self._taken: set[str] = set()

    def pick(self, words: str) -> Any:
        """Return one of the words of a list."""
        return self._random.choice(self._words[words])

    def person(self, domain: str = "") -> Person:
        """Return a person, with an address of a company's domain or of a free one."""
        first, last = self.pick("first_names"), self.pick("last_names")
        at = domain or self._random.choice(("example.com", "example.net", "example.org"))
        name = f"{_plain(first)}.{_plain(last)}"
        return Person(first, last, self._free(name, f"@{at}"), self._mobile())

    def company(self) -> tuple[str, str, str, str]:
        """Return a company: its name, its domain, its industry and how many work there."""
        kind, industry, size = self.pick("company_kinds")
        name = self._free(f"{self.pick('company_starts')} {kind}", "")
        return name, f"{_plain(name)}.example", industry, size

    def address(self) -> Row:
        """Return where somebody lives or works."""
        suburb, state, zipcode, _ = self.pick("suburbs")
        return {
            "address": f"{self._random.randint(1, 240)} {self.pick('streets')}",
            "city": suburb,
            "state": state,
            "zipcode": zipcode,
            "country": "Australia",
        }

    def landline(self) -> str:
        """Return the number of an office."""
        area = self.pick("suburbs")[3]
        return f"({area}) 5550 {self._random.randint(0, 9999):04}"

    def phone(self, person: Person) -> str:
        """Return a person's mobile number in one of the ways in which offices write them."""
        return self._random.choice((national, international, spaced))(person)

    def _mobile(self) -> str:
        return f"49157{self._random.randint(0, 9999):04}"

    def _free(self, start: str, end: str) -> str:
        """Return a text that was not drawn before; a number tells it from its like."""
        text, number = start + end, 2
        while text.casefold() in self._taken:
            text, number = f"{start}{' ' if not end else ''}{number}{end}", number + 1
        self._taken.add(text.casefold())
        return text


def national(person: Person) -> str:
    """Return `0491570006`."""
    return f"0{person.mobile}"


def international(person: Person) -> str:
    """Return `+61491570006`."""
    return f"+61{person.mobile}"


def spaced(person: Person) -> str:
    """Return `0491 570 006`."""
    return f"0{person.mobile[:3]} {person.mobile[3:6]} {person.mobile[6:]}"


def _plain(text: str) -> str:
    """Return the letters and digits of a name as they stand in an address."""
    kept = text.casefold().replace("ä", "a")
    return "".join(each for each in kept if each.isascii() and each.isalnum())
