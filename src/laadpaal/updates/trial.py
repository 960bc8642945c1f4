"""A version on trial is kept once it has been well for long enough."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from laadpaal.ports.clock import Clock
from laadpaal.ports.station import StationDesk
from laadpaal.station.faults import METER_FAULT
from laadpaal.station.releases import KeepFirmware
from laadpaal.station.view import StationView

WELL_S = 300.0
"""Station seconds for which all has to be well, without a break."""
_LOOK_S = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """Looks after the version on trial; others take it back when it is not kept in time.

    That this runs at all shows that the station's loop turns.

    Args:
        reachable: Tells whether the station can be reached, or reach anybody, by some way.
    """

    desk: StationDesk
    clock: Clock
    log: logging.Logger
    reachable: Callable[[StationView], bool]

    async def run(self) -> None:
        """Return once the version is on trial no longer."""
        since, before = self.clock.now().mono, None
        while (view := self.desk.view()).release.on_trial:
            why, now = self.flaw(view), self.clock.now().mono
            if why != before:
                self.log.info("Firmware: on trial, %s", why or "and well")
                since = now
            before = why
            if not why and now - since >= WELL_S:
                await self.desk.ask(KeepFirmware())
                since = now
            await self.clock.sleep(_LOOK_S)

    def flaw(self, view: StationView) -> str:
        """Return what is not well, or ""."""
        for evse in view.evses:
            if evse.measurement is None or METER_FAULT in evse.faults:
                return f"the meter of EVSE {evse.evse} does not answer"
        if not self.reachable(view):
            return "neither the CSMS nor a network can be reached"
        return ""
