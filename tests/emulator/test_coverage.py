from __future__ import annotations

import pytest

from crossdock.emulator import Account
from crossdock.emulator.coverage import Operation, Status, markdown, operations
from crossdock.emulator.http.table import build

from .conftest import Api

ROUTER = build(Account())


def probe(operation: Operation) -> str:
    """Return a path with something in place of every name."""
    return "/".join("1" if part.startswith(":") else part for part in operation.path.split("/"))


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.name)
def test_the_table_of_coverage_is_true(operation: Operation) -> None:
    found = ROUTER.find(operation.method, probe(operation))
    literal = [part for part in operation.path.split("/") if not part.startswith(":")]
    served = found is not None and all(part in found[0].pattern.split("/") for part in literal[:1])
    assert served == (operation.status is not Status.MISSING)


@pytest.mark.parametrize(
    "operation",
    [each for each in operations() if each.status is Status.REFUSED],
    ids=lambda each: each.name,
)
def test_what_is_refused_on_purpose_is_forbidden(api: Api, operation: Operation) -> None:
    assert api.refused(operation.method, probe(operation))[0] == 403


def test_the_page_lists_operations_and_assumptions() -> None:
    page = markdown()
    assert "| create-contact | `POST contacts` | emulated | observed |" in page
    assert "| `refuse_inactive_owner` | True |" in page
