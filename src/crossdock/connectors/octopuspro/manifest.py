"""What an export says of itself in its manifest.

Reference: OctopusPro export, manifest; certainty: inferred (no real manifest is public).
"""

from __future__ import annotations

from collections.abc import Mapping

from crossdock.connectors.base import Declared

_FACTS = (
    "account_name",
    "exported_at",
    "time_zone",
    "date_format",
    "time_format",
    "currency",
    "country",
    "tax_mode",
)
_OTHER_WORDS = {"account": "account_name"}


def declared(content: object) -> Declared | None:
    """Return what a parsed document states, or None when it is no manifest.

    Raises ValueError for a manifest whose list of files makes no sense.
    """
    if not isinstance(content, Mapping):
        return None
    named = {_OTHER_WORDS.get(key, key): value for key, value in content.items()}
    facts = {
        name: str(named[name])
        for name in _FACTS
        if isinstance(named.get(name), str | int | float) and named[name] != ""
    }
    if len(facts) < 2 and not ("files" in named and set(named) <= {*_FACTS, "files"}):
        return None
    return _with_files(facts, named.get("files"))


def _with_files(facts: Mapping[str, str], listed: object) -> Declared:
    if listed is None:
        return Declared(facts)
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise ValueError("its list of files is no list of objects")
    try:
        return Declared(
            facts,
            tuple(str(entry["name"]) for entry in listed),
            {str(f["name"]): int(f["rows"]) for f in listed if f.get("rows") is not None},
            {str(f["name"]): str(f["sha256"]).lower() for f in listed if f.get("sha256")},
        )
    except KeyError as error:
        raise ValueError(f"a file in its list has no {error}") from error
    except TypeError as error:
        raise ValueError(str(error)) from error
