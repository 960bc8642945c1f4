"""One simulated EVSE: pilot, contactor, proximity, lock, and what flows through them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum

from laadpaal.ports.bench import BenchError
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Cable
from laadpaal.ports.errors import DeviceStuck
from laadpaal.simulation.feed import Feed
from laadpaal.simulation.outlet import SimulatedOutlet
from laadpaal.simulation.pilot_circuit import SHORT, levels
from laadpaal.simulation.residual import SimulatedResidual
from laadpaal.simulation.supply import Supply
from laadpaal.simulation.vehicle import NOTHING, Traits, Vehicle
from laadpaal.station.measurement import Measurement, Phases
from laadpaal.station.pilot import Levels, coding, current, duty, plugged, rating, state
from laadpaal.station.words import Pilot

LONGEST_STEP_S = 1.0
"""Time passes through the physics in pieces of at most this."""


class Part(Enum):
    """What of an EVSE can break."""

    WELDED = "welded contactor"
    """It closes, and then stays closed."""
    STUCK = "stuck contactor"
    """It does not close."""
    LOCK = "lock"
    PILOT = "pilot"


@dataclass(frozen=True, slots=True)
class Sight:
    """How an EVSE looks from the outside.

    Args:
        cable_a: Rating of the plug in the socket; None when it is empty.
        parked: Whether the vehicle stands in the bay.
        connected: Whether the vehicle hangs on the cable.
        offered_a: What the pilot offers; None is a steady level.
        phases: Lines the contactor connects; 0 when open.
        broken: The parts that are broken.
    """

    cable_a: float | None
    parked: bool
    connected: bool
    pilot: Pilot
    offered_a: float | None
    phases: int
    locked: bool
    broken: tuple[str, ...]


class SimulatedEvse:
    """Is `ControlPilot`, `Proximity`, `BaySensor`, `Contactor` and `ConnectorLock` of one EVSE.

    Time passes when somebody touches or looks at it; let `run` go on beside it, so that what
    the vehicle does by itself is announced too.
    """

    def __init__(
        self,
        clock: Clock,
        supply: Supply,
        traits: Traits | None = None,
        *,
        register_wh: float = 0.0,
        domestic: bool = False,
    ) -> None:
        self._clock = clock
        self._supply = supply
        self._vehicle = Vehicle(traits or Traits())
        self._connected = asyncio.Event()
        self._bay = Feed(value=False)
        self._cable: Feed[Cable | None] = Feed(None)
        self._pilot = Feed(Pilot.A)
        self._diode = Feed(value=True)
        self._offered_a: float | None = None
        self._phases = 0
        self._locked = False
        self._broken: set[Part] = set()
        self._energy_wh = register_wh
        self._currents_a = NOTHING
        self._at = clock.now().mono
        self.residual = SimulatedResidual(lambda: self._phases > 0)
        self.domestic = SimulatedOutlet(self.advance) if domestic else None

    async def run(self) -> None:
        """Let time pass once a second as long as a vehicle is connected; never returns.

        What a domestic outlet delivers is counted when somebody looks.
        """
        while True:
            await self._connected.wait()
            await self._clock.sleep(LONGEST_STEP_S)
            self.advance()

    # The devices, as the station sees them.

    async def offer(self, limit_a: float | None) -> None:
        """Signal this limit from now on."""
        self.advance()
        self._offered_a = limit_a

    def states(self) -> AsyncIterator[Pilot]:
        """Yield the present state, then each new one."""
        return self._pilot.follow()

    def diodes(self) -> AsyncIterator[bool]:
        """Yield whether nothing says that the vehicle's diode is missing, then each change."""
        return self._diode.follow()

    def vehicles(self) -> AsyncIterator[bool]:
        """Yield whether a vehicle stands in the bay, then each change."""
        return self._bay.follow()

    def cables(self) -> AsyncIterator[Cable | None]:
        """Yield what is in the socket, then each change."""
        return self._cable.follow()

    async def close(self, phases: int) -> None:
        """Connect 1 or 3 lines; raises DeviceStuck while stuck, or closed on other lines."""
        if self._phases not in {0, phases}:
            raise DeviceStuck(f"closed on {self._phases} lines, which do not change under load")
        self._switch(phases)

    async def open(self) -> None:
        """Disconnect; raises DeviceStuck while it is closed and welded."""
        self._switch(0)

    async def lock(self) -> None:
        """Hold the plug; raises DeviceStuck while broken."""
        self._drive(out=True)

    async def unlock(self) -> None:
        """Release the plug; raises DeviceStuck while broken."""
        self._drive(out=False)

    async def force(self) -> None:
        """Release the plug with all it can do; raises DeviceStuck while broken."""
        self._drive(out=False)

    # The world around them.

    def park(self, *, occupied: bool) -> None:
        """Drive into the bay or out of it; raises BenchError while the cable holds the vehicle."""
        if self._connected.is_set() and not occupied:
            raise BenchError("the vehicle is connected")
        self._bay.put(occupied)

    def plug(self, cable_a: float) -> None:
        """Connect the vehicle with a cable rated `cable_a`; raises BenchError if it cannot be.

        It has to be in the bay for that.
        """
        if self._connected.is_set():
            raise BenchError("a vehicle is connected already")
        ohm = coding(cable_a)
        if ohm is None:
            raise BenchError(f"cable_a: no cable is rated {cable_a:g} A, which is too thin")
        cable, coded = self._cable.value, Cable(self._rating(ohm))
        if cable and cable.rating_a not in {None, coded.rating_a}:
            raise BenchError(f"another cable is in the socket, rated {cable.rating_a:g} A")
        self.advance()
        self.park(occupied=True)
        self._vehicle.plugged()
        self._connected.set()
        self._cable.put(cable or coded)
        self.advance()

    def resistor(self, ohm: float) -> None:
        """Let the proximity contact read something else, with or without a plug.

        The rating is read once: what a plug in the socket says later is not believed.
        """
        self.advance()
        read, was = Cable(self._rating(ohm)), self._cable.value
        changed = was is not None and was != read
        self._cable.put((Cable(None) if changed else read) if plugged(ohm) else None)

    def _rating(self, ohm: float) -> float | None:
        return rating(ohm, self._supply.phases)

    def unplug_vehicle(self) -> None:
        """Pull the plug at the vehicle; the cable stays in the socket."""
        if not self._connected.is_set():
            raise BenchError("no vehicle is connected")
        self.advance()
        self._connected.clear()
        self.advance()

    def unplug_station(self) -> None:
        """Pull the plug out of the socket; raises BenchError when it is locked or not there."""
        if self._cable.value is None:
            raise BenchError("no cable is in the socket")
        if self._locked:
            raise BenchError("the plug is locked")
        self.advance()
        self._connected.clear()
        self._cable.put(None)
        self.advance()

    def change_vehicle(self, traits: Traits) -> None:
        """Put another vehicle in the place of this one, plugged or not."""
        self.advance()
        self._vehicle.change(traits)

    @property
    def traits(self) -> Traits:
        """The traits of the vehicle, with the state of charge of now."""
        self.advance()
        return self._vehicle.traits

    def break_part(self, part: Part, *, broken: bool) -> None:
        """Break or repair a part."""
        self.advance()
        (self._broken.add if broken else self._broken.discard)(part)
        self.advance()

    def power_lost(self) -> None:
        """Fall back to what hardware does without power: no pilot, contactor open, bolt as is."""
        self.advance()
        self._offered_a = None
        self._phases = self._phases if Part.WELDED in self._broken else 0
        if self.domestic:
            self.domestic.power_lost()
        self.advance()

    def measure(self) -> Measurement:
        """Return what an ideal meter would say now."""
        self.advance()
        voltages_v = self._supply.voltages_v
        return Measurement(
            energy_wh=self._energy_wh,
            voltages_v=voltages_v,
            currents_a=self._currents_a,
            power_w=_power_w(voltages_v, self._currents_a),
            frequency_hz=self._supply.frequency_hz,
        )

    def look(self) -> Sight:
        """Return how it looks from the outside."""
        self.advance()
        cable = self._cable.value
        return Sight(
            cable_a=cable.rating_a if cable else None,
            parked=self._bay.value,
            connected=self._connected.is_set(),
            pilot=self._pilot.value,
            offered_a=self._offered_a,
            phases=self._phases,
            locked=self._locked,
            broken=tuple(sorted(part.value for part in self._broken)),
        )

    def advance(self) -> None:
        """Let time pass up to now, and announce the pilot state it led to."""
        now = self._clock.now().mono
        while self._at < now:
            dt_s = min(LONGEST_STEP_S, now - self._at)
            self._step(dt_s)
            self._at = now if now - self._at <= LONGEST_STEP_S else self._at + dt_s
        self._step(0.0)

    def _step(self, dt_s: float) -> None:
        voltages_v = self._supply.voltages_v
        self._currents_a = NOTHING
        self.residual.look()
        phases = 0 if self.residual.tripped else self._phases
        if self._connected.is_set():
            self._currents_a = self._vehicle.advance(dt_s, self._seen_a(), voltages_v, phases)
        if self.domestic:
            l1, l2, l3 = self._currents_a
            self._currents_a = (l1 + self.domestic.current_a, l2, l3)
        self._energy_wh += _power_w(voltages_v, self._currents_a) * dt_s / 3600
        self._look_at(self._levels())

    def _seen_a(self) -> float | None:
        """Return what arrives of the offer at the vehicle."""
        return None if Part.PILOT in self._broken else current(duty(self._offered_a)) or None

    def _levels(self) -> Levels:
        """Return what is measured on the pilot."""
        if Part.PILOT in self._broken:
            return SHORT
        load_ohm = self._vehicle.load_ohm if self._connected.is_set() else None
        diode = not self._vehicle.traits.no_diode
        return levels(duty(self._offered_a), load_ohm, diode=diode)

    def _look_at(self, measured: Levels) -> None:
        """Announce what the pilot says; a diode that was missed is so until the vehicle goes."""
        self._pilot.put(state(measured, self._pilot.value))
        gone = self._pilot.value is Pilot.A
        if gone or measured.rectified is False:
            self._diode.put(gone)

    def _switch(self, phases: int) -> None:
        self.advance()
        if self._resists(phases):
            raise DeviceStuck(f"the mirror contact says {self._phases} lines, not {phases}")
        self._phases = phases
        self.advance()

    def _resists(self, phases: int) -> bool:
        """Tell whether the contactor is broken in the way that keeps it where it is."""
        return (Part.STUCK if phases else Part.WELDED) in self._broken and phases != self._phases

    def _drive(self, *, out: bool) -> None:
        if Part.LOCK in self._broken:
            raise DeviceStuck(f"the bolt stays {'out' if self._locked else 'in'}")
        self._locked = out


def _power_w(voltages_v: Phases, currents_a: Phases) -> float:
    return sum(v * i for v, i in zip(voltages_v, currents_a, strict=True))
