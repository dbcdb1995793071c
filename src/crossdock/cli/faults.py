"""Fault points from the environment, for crash tests of the real program."""

from __future__ import annotations

import os
import signal

from crossdock.model.faults import FaultPoints

#: `POINT:N`, such as `deal.sent:3`: the program kills itself there, as a power cut would.
VARIABLE = "CROSSDOCK_FAULT"


def from_environment() -> FaultPoints:
    """Return the fault points that the environment asks for; normally none."""
    point, _, count = os.environ.get(VARIABLE, "").rpartition(":")
    if not point:
        return FaultPoints()
    return FaultPoints({(point, int(count)): lambda: os.kill(os.getpid(), signal.SIGKILL)})
