"""Asks probe after probe and cleans up behind them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Final

from crossdock.connectors.freshsales.probes.asker import Asker, NothingToAskError
from crossdock.connectors.freshsales.probes.probe import Observation, Probe
from crossdock.errors import CrossdockError, RemoteError

#: After so many probes in a row that reached nobody, the rest is not asked.
_PATIENCE: Final = 3
#: Why a probe was not asked when the account fell silent before it.
SILENT: Final = "the account no longer answers"


def new_marker() -> str:
    """Return a name that no record of the account has."""
    return f"crossdock-probe-{secrets.token_hex(4)}"


async def ask_all(
    asker: Asker,
    probes: Iterable[Probe],
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Observation]:
    """Ask probes in their order; return what each saw, by name.

    What goes wrong in one probe is its answer, and the next is asked. Everything that was created
    is deleted again, whatever happens; the asker's trail then knows what could not be.
    """
    seen: dict[str, Observation] = {}
    silent = 0
    try:
        for probe in probes:
            asker.seen = seen[probe.name] = Observation()
            if silent >= _PATIENCE:
                asker.seen.skipped = SILENT
                continue
            progress(f"{probe.question} (at most {probe.cost} requests)")
            silent = silent + 1 if await _unreached(probe, asker) else 0
    finally:
        progress("deleting what was created")
        await asker.trail.clear(asker.client)
    return seen


async def _unreached(probe: Probe, asker: Asker) -> bool:
    """Ask one probe; say whether nobody was reached."""
    try:
        await probe.work(asker)
    except NothingToAskError as why:
        asker.seen.skipped = str(why)
    except CrossdockError as error:
        asker.seen.failed = f"{error.code} {type(error).__name__}"
        return isinstance(error, RemoteError)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        # An answer of a form that the probe does not expect is an answer too.
        asker.seen.failed = f"an answer of another form ({type(error).__name__})"
    replies = asker.seen.replies.values()
    return bool(replies) and all(reply.lost for reply in replies)
