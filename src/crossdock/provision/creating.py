"""Creating the custom fields that the mapping writes to, before any record moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crossdock.connectors.base import Destination
from crossdock.errors import RefusedError
from crossdock.mapping.document import NewField
from crossdock.model.fields import Choice, Field, FieldType
from crossdock.routes.base import Module


async def create_modules(destination: Destination, missing: Sequence[Module]) -> list[str]:
    """Create custom modules; returns their names. Raises RefusedError."""
    for module in missing:
        await destination.create_module(module.entity, module.singular, module.plural)
    return [module.plural for module in missing]


async def create_fields(
    destination: Destination, missing: Sequence[NewField], progress: Callable[[str], None]
) -> tuple[list[str], list[NewField]]:
    """Create fields one by one; returns the labels made and what an admin must make by hand.

    A field counts as made when it was read back with the right type.
    """
    made: list[str] = []
    by_hand: list[NewField] = []
    for wanted in missing:
        progress(f"{wanted.entity}: {wanted.label}")
        try:
            await destination.create_field(wanted.entity, _field(wanted))
            made.append(wanted.label)
        except RefusedError:
            by_hand.append(wanted)
    return made, by_hand


def _field(wanted: NewField) -> Field:
    choices = [Choice(str(n), label) for n, label in enumerate(wanted.choices, 1)]
    return Field("", wanted.label, FieldType(wanted.type), custom=True, choices=choices)
