"""Hardware in memory, without sockets and threads: what a station hangs on in a jumping loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection

from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Board, Cable, EvseDevices
from laadpaal.ports.errors import DeviceLost, DeviceStuck
from laadpaal.simulation.feed import Feed
from laadpaal.simulation.panel import SimulatedPanel
from laadpaal.simulation.reader import SimulatedReader
from laadpaal.simulation.signing import Signer
from laadpaal.station.measurement import Measurement
from laadpaal.station.words import Pilot

POWER_W = 7_360.0


class Socket:
    """Is every device of one EVSE at once, with a vehicle that takes what it can get.

    Energy flows as long as the contactor is closed and a vehicle wants it, and nothing is rounded.
    """

    def __init__(
        self, clock: Clock, register_wh: float, *, fixed: bool, signer: Signer | None = None
    ) -> None:
        self._clock = clock
        self._at = 0.0
        self._pilot = Feed(Pilot.A)
        self._diode = Feed(value=True)
        self._cable: Feed[Cable | None] = Feed(None)
        self._bay = Feed(value=False)
        self.signer = signer
        self.fixed = fixed
        self.energy_wh = register_wh
        self.connected = self.closed = self.locked = False
        self.lines = 0
        """How many the contactor connects, as far as it was told."""
        self.offered_a: float | None = None
        self.eager = True
        self.meter_broken = self.lock_broken = self.contactor_broken = False

    # The devices.

    async def offer(self, limit_a: float | None) -> None:
        self.offered_a = limit_a
        self._move()

    def states(self) -> AsyncIterator[Pilot]:
        return self._pilot.follow()

    def diodes(self) -> AsyncIterator[bool]:
        return self._diode.follow()

    def cables(self) -> AsyncIterator[Cable | None]:
        return self._cable.follow()

    def vehicles(self) -> AsyncIterator[bool]:
        return self._bay.follow()

    async def close(self, phases: int = 0) -> None:
        """Close the contactor; without phases it is the meter's line that closes."""
        if phases and self.contactor_broken:
            raise DeviceStuck("the contactor stays open")
        self._move()
        assert phases in {0, self.lines or phases}, "a closed contactor changes no lines"
        self.lines = phases or self.lines
        self.closed = self.closed or phases > 0

    async def open(self) -> None:
        self._move()
        self.closed, self.lines = False, 0

    async def lock(self) -> None:
        self._bolt(out=True)

    async def unlock(self) -> None:
        self._bolt(out=False)

    async def force(self) -> None:
        self._bolt(out=False)

    async def read(self) -> Measurement:
        self._move()
        if self.meter_broken:
            raise DeviceLost("the meter is silent")
        now, energy_wh = self._clock.now(), self.energy_wh
        signer = self.signer
        signed = signer.sign(energy_wh, now.utc, synchronised=now.trusted) if signer else None
        lines_v = (230.0, 231.0, 229.0)
        return Measurement(energy_wh, lines_v, power_w=self._power_w(), signed=signed)

    # The world around them.

    def park(self, *, occupied: bool) -> None:
        """Drive in or off."""
        self._bay.put(occupied)

    def plug(self, cable_a: float, *, eager: bool) -> None:
        """Connect a vehicle, unless there is one; a cable that hangs in the socket is used."""
        if self.connected:
            return
        if not self.fixed and self._cable.value is None:
            self._cable.put(Cable(cable_a))
        self.connected, self.eager = True, eager
        self._move()

    def unplug(self, *, at_vehicle: bool) -> None:
        """Pull the plug where it is not held."""
        held = self.fixed or self.locked
        if held and not at_vehicle:
            return
        self._move()
        self.connected = False
        if not at_vehicle:
            self._cable.put(None)
        self._move()

    def pause(self, *, eager: bool) -> None:
        """Let the vehicle want energy, or not."""
        self._move()
        self.eager = eager
        self._move()

    def power_lost(self) -> None:
        """Fall back to what hardware does without power: no pilot, contactor open, bolt as is."""
        self._move()
        self.offered_a, self.closed, self.lines = None, False, 0
        self._move()

    def _bolt(self, *, out: bool) -> None:
        if self.lock_broken:
            raise DeviceStuck("the bolt does not move")
        self.locked = out

    def _power_w(self) -> float:
        return POWER_W if self.closed and self._pilot.value is Pilot.C else 0.0

    def _move(self) -> None:
        """Let time pass up to now, and announce the pilot state it led to."""
        now = self._clock.now().mono
        self.energy_wh += self._power_w() * max(0.0, now - self._at) / 3600
        self._at = now
        ready = self.eager and self.offered_a is not None
        self._pilot.put((Pilot.C if ready else Pilot.B) if self.connected else Pilot.A)


class Bench:
    """Two outlets, the second a fixed cable unless told, and a reader for each and for both.

    Args:
        equipped: Whether a sensor watches each bay, and each meter signs.
    """

    def __init__(
        self, clock: Clock, fixed: Collection[int] = (2,), *, equipped: bool = False
    ) -> None:
        self._equipped = equipped
        self.sockets = {
            number: Socket(
                clock, register_wh, fixed=number in fixed, signer=Signer() if equipped else None
            )
            for number, register_wh in ((1, 1_000.0), (2, 2_000.4))
        }
        self.readers = {number: SimulatedReader() for number in range(3)}
        self.panel = SimulatedPanel()

    def board(self) -> Board:
        """Return it as a station sees it."""
        return Board(
            tuple(
                EvseDevices(
                    s,
                    s,
                    s,
                    None if s.fixed else s,
                    None if s.fixed else s,
                    s if self._equipped else None,
                )
                for s in self.sockets.values()
            ),
            dict(self.readers),
            self.panel,
            meter_poll_s=30.0,
        )

    def power_lost(self) -> None:
        """Let every device fall back to what it does without power."""
        for socket in self.sockets.values():
            socket.power_lost()
