"""A whole simulated station front: EVSEs, vehicles, meters, readers, panel and supply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, fields
from types import MappingProxyType
from typing import TypeVar

import msgspec

from laadpaal.ports.bench import BenchError
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Board, EnergyMeter, EvseDevices
from laadpaal.protocols.modbus.models import SDM630
from laadpaal.protocols.modbus.registers import Model
from laadpaal.protocols.pn532.commands import UID_SIZES
from laadpaal.protocols.tags.uid import LONGEST
from laadpaal.simulation.display import SimulatedDisplay
from laadpaal.simulation.evse import SimulatedEvse
from laadpaal.simulation.house import EMPTY, House, Household
from laadpaal.simulation.meter import SimulatedMeter
from laadpaal.simulation.modbus import HOST, on_tcp
from laadpaal.simulation.p1_meter import SimulatedP1Meter
from laadpaal.simulation.panel import SimulatedPanel
from laadpaal.simulation.payment_provider import ProviderDouble
from laadpaal.simulation.pn532 import SimulatedPn532
from laadpaal.simulation.reader import SimulatedPaymentReader, SimulatedReader
from laadpaal.simulation.signing import Signer, SigningMeter
from laadpaal.simulation.supply import Supply
from laadpaal.simulation.surroundings import SimulatedThermometer, SimulatedTiltSensor
from laadpaal.simulation.vehicle import Traits
from laadpaal.station.measurement import GridMeasurement
from laadpaal.station.words import Token, TokenKind

Changed = TypeVar("Changed", Traits, Household)

ConnectMeter = Callable[[str, int, Model], EnergyMeter]
"""Returns a driver for the Modbus TCP meter of that model at this host and port."""

HIGHEST_CABLE_A = 80.0
METER = "meter"
PRESENTABLE = (
    TokenKind.ISO14443,
    TokenKind.ISO15693,
    TokenKind.KEY_CODE,
    TokenKind.LOCAL,
    TokenKind.NO_AUTHORIZATION,
)
"""What its readers, keys and buttons give."""


class SimulatedBench:
    """Is a `Bench`, and builds the `Board` that belongs to it; both live in one event loop.

    Args:
        clock: Its time is the time of the physics.
        evses: How many; in front of each stands a vehicle, not yet plugged.
        phases: Lines of the supply, 1 or 3.
        fixed: The EVSEs with a fixed cable instead of a socket.
        bays: The EVSEs with a sensor in their parking bay.
        signing: The EVSEs with a meter that signs.
        domestic: The EVSEs with a domestic outlet as their second connector.
        readers: Numbers of the card readers.
        chips: Numbers of those that are a chip on a real line, which a driver has to ask.
        models: Of the meters, by EVSE; an SDM630 where there is none.
        smart_meter: Version of the meter where the house meets the grid; "" for none.
        household: What the house is like.
        register_wh: Where the energy registers start.
    """

    def __init__(
        self,
        clock: Clock,
        evses: int = 1,
        *,
        phases: int = 3,
        fixed: Collection[int] = (),
        bays: Collection[int] = (),
        signing: Collection[int] = (),
        domestic: Collection[int] = (),
        readers: Collection[int] = (0,),
        chips: Collection[int] = (),
        models: Mapping[int, Model] = MappingProxyType({}),
        smart_meter: str = "",
        household: Household = EMPTY,
        register_wh: float = 0.0,
    ) -> None:
        self.panel = SimulatedPanel()
        self.provider = ProviderDouble()
        self.display = SimulatedDisplay()
        self.thermometer, self.tilt = SimulatedThermometer(), SimulatedTiltSensor()
        self._clock = clock
        self._supply = Supply(phases)
        self._house = House(household)
        self._fixed, self._bays = frozenset(fixed), frozenset(bays)
        self._signers = {number: Signer() for number in signing}
        self._readers = {number: SimulatedReader() for number in readers}
        self.chips = {number: SimulatedPn532() for number in chips}
        self._payment_readers = {
            number: SimulatedPaymentReader() for number in {0, *readers, *chips}
        }
        self._evses = {
            number: SimulatedEvse(
                clock, self._supply, register_wh=register_wh, domestic=number in domestic
            )
            for number in range(1, evses + 1)
        }
        self._meters = {
            number: SimulatedMeter(evse.measure, model=models.get(number, SDM630))
            for number, evse in self._evses.items()
        }
        self.smart_meter = SimulatedP1Meter(self.grid, clock, smart_meter) if smart_meter else None

    def grid(self) -> GridMeasurement:
        """Return what flows from the grid: all that the house and the EVSEs take."""
        volts_v, house_a = self._supply.voltages_v, self._house.taken_a(self._clock.now().utc)
        house = [a_ if v else 0.0 for a_, v in zip(house_a, volts_v, strict=True)]
        taken = [evse.measure().currents_a for evse in self._evses.values()]
        l1, l2, l3 = map(sum, zip(house, *taken, strict=True))
        return GridMeasurement((l1, l2, l3), None, volts_v)

    @asynccontextmanager
    async def board(
        self, connect: ConnectMeter, *, meter_poll_s: float = 10.0
    ) -> AsyncIterator[Board]:
        """Yield the devices as long as the block lasts; the vehicles live as long.

        Every meter answers on a Modbus TCP port of its own on the loopback, and `connect`
        makes the driver that reads it.
        """
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
            evses = [await self._devices(stack, number, connect) for number in self._evses]
            lives = [group.create_task(evse.run()) for evse in self._evses.values()]
            try:
                yield Board(
                    tuple(evses),
                    dict(self._readers),
                    self.panel,
                    meter_poll_s,
                    payment_readers=dict(self._payment_readers),
                    thermometer=self.thermometer,
                    tilt=self.tilt,
                )
            finally:
                for life in lives:
                    life.cancel()

    async def _devices(
        self, stack: AsyncExitStack, number: int, connect: ConnectMeter
    ) -> EvseDevices:
        evse = self._evses[number]
        simulated = self._meters[number]
        port = await stack.enter_async_context(on_tcp(simulated))
        meter = connect(HOST, port, simulated.model)
        stack.push_async_callback(meter.close)
        if signer := self._signers.get(number):
            meter = SigningMeter(meter, signer, self._clock)
        socket = None if number in self._fixed else evse
        bay = evse if number in self._bays else None
        return EvseDevices(
            evse,
            evse,
            meter,
            proximity=socket,
            lock=socket,
            bay=bay,
            domestic=evse.domestic,
            residual=evse.residual,
        )

    def park(self, evse: int, *, occupied: bool) -> None:
        """Drive the vehicle into the bay in front of `evse`, or out of it."""
        self.evse(evse).park(occupied=occupied)

    def plug(self, evse: int, cable_a: float) -> None:
        """Connect the vehicle in front of `evse` with a cable of up to 80 A."""
        if not 0 < cable_a <= HIGHEST_CABLE_A:
            raise BenchError(f"cable_a: no cable is rated {cable_a!r} A")
        self.evse(evse).plug(cable_a)

    def unplug(self, evse: int, *, vehicle_side: bool) -> None:
        """Pull the plug at the vehicle, or at the station where it is not locked or fixed."""
        found = self.evse(evse)
        if vehicle_side:
            found.unplug_vehicle()
            return
        if evse in self._fixed:
            raise BenchError(f"EVSE {evse} has a fixed cable")
        found.unplug_station()

    def appliance(self, evse: int, current_a: float | None) -> None:
        """Plug something that takes so much into the domestic outlet; None pulls its plug."""
        outlet = self.evse(evse).domestic
        if outlet is None:
            raise BenchError(f"EVSE {evse} has no domestic outlet")
        if current_a is None:
            outlet.unplug()
        else:
            outlet.plug(current_a)

    def vehicle(self, evse: int, wishes: Mapping[str, object]) -> Mapping[str, object]:
        """Change the vehicle's traits by name; return all of them, ready for JSON."""
        found = self.evse(evse)
        if wishes:
            found.change_vehicle(_changed(found.traits, wishes, "vehicle"))
        return _plain(found.traits)

    def house(self, wishes: Mapping[str, object]) -> Mapping[str, object]:
        """Change the house's traits by name; return all of them, and what flows from the grid."""
        if wishes:
            self._house.household = _changed(self._house.household, wishes, "house")
        flows_a, fuse_a = self.grid().currents_a, self._house.household.fuse_a
        over = [f"L{line}" for line, current_a in enumerate(flows_a, 1) if current_a > fuse_a]
        return _plain(self._house.household) | {"flows_a": list(flows_a), "over_fuse": over}

    def swipe(self, uid: str, reader: int) -> None:
        """Hold a card to a reader; `uid` is 1 to 10 bytes as hexadecimal digits."""
        if reader not in {*self._readers, *self.chips}:
            raise BenchError(f"there is no reader {reader}")
        try:
            size = len(bytes.fromhex(uid))
        except ValueError:
            size = 0
        if not 1 <= size <= LONGEST or len(uid) != 2 * size:
            raise BenchError(f"uid: {uid!r} is not 1 to {LONGEST} bytes in hexadecimal digits")
        if chip := self.chips.get(reader):
            _tap(chip, bytes.fromhex(uid))
        else:
            self._readers[reader].present(Token(uid.upper()))

    def pay(self, card: str, reader: int) -> None:
        """Hold a payment card to a reader; the card is any text that tells it from others."""
        if reader not in self._payment_readers:
            raise BenchError(f"there is no reader {reader}")
        if not card:
            raise BenchError("card: it has no text")
        self._payment_readers[reader].present(card)

    def present(self, token: Token, reader: int) -> None:
        """Present a token of a kind that can be presented; the start button's is empty."""
        if reader in self.chips:
            raise BenchError(f"reader {reader} reads cards only")
        if reader not in self._readers:
            raise BenchError(f"there is no reader {reader}")
        if token.kind not in PRESENTABLE:
            kinds = ", ".join(kind.value for kind in PRESENTABLE)
            raise BenchError(f"kind: it must be one of {kinds}")
        if bool(token.value) == (token.kind is TokenKind.NO_AUTHORIZATION):
            raise BenchError("token: only the start button has no text, and it has none")
        self._readers[reader].present(token)

    def meter(self, evse: int) -> SimulatedMeter:
        """Return the meter of an EVSE."""
        self.evse(evse)
        return self._meters[evse]

    def break_supply(self, *, broken: bool) -> None:
        """Take the voltage off every line, or give it back."""
        # What flowed until now, flowed at the old voltage.
        for evse in self._evses.values():
            evse.advance()
        self._supply.broken = broken
        for evse in self._evses.values():
            evse.advance()

    def power_lost(self) -> None:
        """Let every device fall back to what it does without power."""
        for evse in self._evses.values():
            evse.power_lost()
        for reader in self._readers.values():
            reader.power_lost()
        for chip in self.chips.values():
            chip.power_lost()
        for taps in self._payment_readers.values():
            taps.power_lost()

    def look(self) -> Mapping[str, object]:
        """Return the state of vehicles, cables, house and supply, ready for JSON."""
        supply = {
            "phases": self._supply.phases,
            "broken": self._supply.broken,
            "voltages_v": list(self._supply.voltages_v),
        }
        station = {"celsius": self.thermometer.celsius, "tilted": self.tilt.tilted}
        return {
            "supply": supply,
            "station": station,
            "house": self.house({}),
            "evses": [self._seen(number) for number in self._evses],
        }

    def _seen(self, number: int) -> dict[str, object]:
        evse, meter = self._evses[number], self._meters[number]
        seen, measured = evse.look(), evse.measure()
        return _plain(seen) | {
            "evse": number,
            "appliance": None if evse.domestic is None else evse.domestic.plugged,
            "fixed_cable": number in self._fixed,
            "broken": [*seen.broken, METER] if meter.misbehaviour else list(seen.broken),
            "leaked": evse.residual.tripped,
            "currents_a": list(measured.currents_a),
            "power_w": measured.power_w,
            "energy_wh": measured.energy_wh,
            "vehicle": _plain(evse.traits),
        }

    def evse(self, number: int) -> SimulatedEvse:
        """Return an EVSE with the vehicle in front of it; raises BenchError."""
        if number not in self._evses:
            raise BenchError(f"there is no EVSE {number}")
        return self._evses[number]


def _tap(chip: SimulatedPn532, uid: bytes) -> None:
    if len(uid) not in UID_SIZES:
        raise BenchError(f"uid: no card that this reader reads has {len(uid)} bytes")
    chip.tap(uid)


def _changed(traits: Changed, wishes: Mapping[str, object], whose: str) -> Changed:
    names = [field.name for field in fields(traits)]
    for name in wishes:
        if name not in names:
            raise BenchError(f"{name}: a {whose} has no such trait, but {', '.join(names)}")
    try:
        return msgspec.convert(asdict(traits) | dict(wishes), type(traits))
    except msgspec.ValidationError as wrong:
        raise BenchError(f"{whose}: {wrong}") from wrong


def _plain(value: object) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(value)
    return plain
