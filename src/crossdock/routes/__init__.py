"""Routes: what one source's records become at one destination.

A route is knowledge, not machinery: SQL files that shape staged rows into the destination's kinds
of record, a default mapping, value maps, policies, and the list of what has no equivalent.

=========================  ===========================================================
`base`                     what a route is
`octopuspro_freshsales/`   field-service jobs become deals
=========================  ===========================================================
"""

from crossdock.errors import SettingsError
from crossdock.routes.base import Route
from crossdock.routes.octopuspro_freshsales import ROUTE as OCTOPUSPRO_FRESHSALES

_ROUTES = {route.name: route for route in (OCTOPUSPRO_FRESHSALES,)}


def route_named(name: str) -> Route:
    """Return the route of this name. Raises SettingsError when there is none."""
    if name not in _ROUTES:
        raise SettingsError(
            f"There is no route {name}; there is: {', '.join(_ROUTES)}.",
            next_command="edit crossdock.toml",
        )
    return _ROUTES[name]
