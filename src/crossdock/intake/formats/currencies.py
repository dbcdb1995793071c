"""Signs and codes of money, and which currencies each can mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crossdock.intake.formats.kept import Oddity
from crossdock.intake.formats.survey import Traits

_ANY_CODE = (
    "AED|AUD|BDT|BHD|BRL|CAD|CHF|CNY|CZK|DKK|EGP|EUR|FJD|GBP|GHS|HKD|HUF|IDR|ILS|INR|JPY|KES|KRW"
    "|KWD|LKR|MXN|MYR|NGN|NOK|NZD|OMR|PGK|PHP|PKR|PLN|QAR|RON|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND"
    "|ZAR"
)
_CODES = frozenset(_ANY_CODE.split("|"))
_DOLLARS = frozenset({"AUD", "USD", "NZD", "CAD", "SGD", "HKD", "FJD", "MXN", "TWD"})
_PREFIXED = {
    "A": "AUD",
    "AU": "AUD",
    "US": "USD",
    "NZ": "NZD",
    "C": "CAD",
    "CA": "CAD",
    "S": "SGD",
    "HK": "HKD",
    "R": "BRL",
}
_SIGNS = {
    "$": _DOLLARS,
    "€": {"EUR"},
    "£": {"GBP", "EGP"},
    "¥": {"JPY", "CNY"},
    "₹": {"INR"},
    "₱": {"PHP"},
    "฿": {"THB"},
    "₩": {"KRW"},
    "₫": {"VND"},
    "₦": {"NGN"},
    "₺": {"TRY"},
    "₪": {"ILS"},
    "₴": {"UAH"},
}
_WORDS = {"R": {"ZAR"}, "RM": {"MYR"}, "KR": {"SEK", "NOK", "DKK"}}
#: What may stand before or after an amount, as the database's regular expressions have it.
MONEY_WORD = rf"(?:(?i:{_ANY_CODE}|rm|kr|r)|[A-Z]{{0,2}}\p{{Sc}})"
_WORD = re.compile(r"[A-Z]{0,2}[$€£¥\u20a0-\u20cf฿]|[A-Z]+", re.IGNORECASE)


def meant(word: str) -> frozenset[str] | None:
    """Return the currencies (ISO 4217) that a sign or code can mean; None when it is none."""
    word = word.upper()
    if word in _CODES:
        return frozenset({word})
    if word in _WORDS:
        return frozenset(_WORDS[word])
    if word[:-1] and word[-1:] == "$":
        return frozenset({_PREFIXED[word[:-1]]}) if word[:-1] in _PREFIXED else None
    if len(word) == 1 and not word.isalpha():
        return frozenset(_SIGNS.get(word, ()))
    return None


def only_money(text: str) -> bool:
    """Return whether every word of a text is a sign or code of money."""
    return all(meant(word) is not None for word in _WORD.findall(text))


def contradictions(traits: Traits, currency: str) -> Sequence[Oddity]:
    """Return the columns with signs of money that cannot mean the account's currency."""
    found: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for trait in traits.of("number"):
        words = [meant(word) for word in _WORD.findall(trait.value)]
        if any(word is not None and currency not in word for word in words):
            n, examples = found.get((trait.object, trait.field), (0, []))
            found[trait.object, trait.field] = n + trait.n, [*examples, trait.examples[0]]
    return [
        Oddity("CURRENCY_DIFFERS", obj, field, n, tuple(dict.fromkeys(examples)))
        for (obj, field), (n, examples) in found.items()
    ]
