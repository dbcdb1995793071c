"""Creating a custom module.

Freshsales API documentation: custom modules; certainty: documented.
"""

from __future__ import annotations

from crossdock.connectors.freshsales.client import Client
from crossdock.errors import RefusedError


async def create_module(client: Client, entity: str, singular: str, plural: str) -> None:
    """Create a custom module; from the Enterprise plan on. Raises RefusedError."""
    body = {
        "entity_name": entity,
        "singular_name": singular,
        "plural_name": plural,
        "icon": "custom-module-1",
        "show_in_navigation_menu": True,
    }
    answer = await client.send(
        "POST", "settings/module_customizations", {"module_customization": body}
    )
    if not answer.ok:
        raise RefusedError(
            f"Freshsales did not create the custom module {plural} ({'; '.join(answer.messages)}). "
            "Custom modules need the Enterprise plan and an administrator.",
            next_command='set properties = "note" in mapping.toml, then: '
            "crossdock map confirm --by NAME",
        )
