"""Whatever a document holds, each of its values stands in one of the tables."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from crossdock.errors import RowsLostError
from tests.integration.documents import read_value
from tests.tries import tries

KEYS = st.one_of(
    st.sampled_from(["id", "names", "numbers", "booking", "services", "emails", "a.b", "A", "a"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
)


def records(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(KEYS, values, max_size=4)


def nested() -> st.SearchStrategy[Any]:
    leaf = st.sampled_from([None, "", "value"])
    return st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | records(inner))


def _numbered(value: Any, count: list[int]) -> Any:
    """Return a value whose texts are all different, so that each can be found again."""
    if isinstance(value, dict):
        return {key: _numbered(inner, count) for key, inner in value.items()}
    if isinstance(value, list):
        return [_numbered(inner, count) for inner in value]
    if not value:
        return value
    count[0] += 1
    return f"<{count[0]}>"


def _kinds(value: Any, kind: str) -> set[str]:
    """Return the names under which a value of this kind stands anywhere in a document."""
    if isinstance(value, list):
        return set().union(*(_kinds(inner, kind) for inner in value))
    if not isinstance(value, dict):
        return set()
    here = {key for key, inner in value.items() if type(inner).__name__ == kind}
    return here.union(*(_kinds(inner, kind) for inner in value.values()))


# Making a document smaller takes minutes: each of them is read by DuckDB.
@settings(
    max_examples=tries(12),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(records(nested()), max_size=4))
def test_no_value_is_lost(made: list[Any]) -> None:
    count = [0]
    document = _numbered(made, count)
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = read_value(Path(folder), document)
        except RowsLostError:
            # Refused as a whole, which loses nothing either: one name for a list and an object.
            assert _kinds(document, "list") & _kinds(document, "dict")
            return
    cells = Counter(
        cell for rows in found.lists.values() for row in rows for cell in row.values() if cell
    )
    text = " ".join(cells)
    told = sum(number for places in found.notes().values() for _, number in places)
    lost = [n for n in range(1, count[0] + 1) if f"<{n}>" not in text]
    assert len(lost) <= told, (json.dumps(document), lost)
