"""The devices around one EVSE, each as an interface of a few methods."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from laadpaal.station.display import Screen
from laadpaal.station.lights import Light, Rgb
from laadpaal.station.measurement import GridMeasurement, Measurement
from laadpaal.station.words import Pilot, Token


class ControlPilot(Protocol):
    """Talks with the vehicle over the control pilot (IEC 61851-1 annex A)."""

    async def offer(self, limit_a: float | None) -> None:
        """Signal 6 to 80 A as a duty cycle; None is a steady level, which offers nothing."""
        ...

    def states(self) -> AsyncIterator[Pilot]:
        """Yield the present debounced state, then each new one."""
        ...

    def diodes(self) -> AsyncIterator[bool]:
        """Yield whether the vehicle's diode is there as far as is known, then each change.

        One that was found missing is missing until the vehicle is gone.
        """
        ...


@dataclass(frozen=True, slots=True)
class Cable:
    """A plug in the socket; `rating_a` from its proximity resistor, None when unreadable."""

    rating_a: float | None


class Proximity(Protocol):
    """Sees the plug in the station's socket."""

    def cables(self) -> AsyncIterator[Cable | None]:
        """Yield what is in the socket now, then each change; None is an empty socket.

        The resistor is read when the plug comes; if it says something else later, it is unreadable.
        """
        ...


class BaySensor(Protocol):
    """Sees whether a vehicle stands in the parking bay."""

    def vehicles(self) -> AsyncIterator[bool]:
        """Yield whether one does now, then each change."""
        ...


class Contactor(Protocol):
    """Connects the vehicle to the supply.

    Raises DeviceStuck from both methods when the mirror contact does not follow.
    """

    async def close(self, phases: int) -> None:
        """Connect 1 or 3 lines; return when the mirror contact agrees."""
        ...

    async def open(self) -> None:
        """Disconnect; return when the mirror contact agrees."""
        ...


class DomesticOutlet(Contactor, Protocol):
    """A household socket: a relay of one line, and a switch that sees the plug."""

    def plugs(self) -> AsyncIterator[bool]:
        """Yield whether a plug is in it now, then each change; bounces are no changes."""
        ...


class ConnectorLock(Protocol):
    """Holds the plug in the socket; raises DeviceStuck when the feedback does not follow."""

    async def lock(self) -> None:
        """Drive the bolt out."""
        ...

    async def unlock(self) -> None:
        """Drive the bolt in."""
        ...

    async def force(self) -> None:
        """Drive it in over its full stroke, out and in once more where it does not come at once."""
        ...


class EnergyMeter(Protocol):
    """Measures the energy delivered to the vehicle."""

    async def read(self) -> Measurement:
        """Return one complete measurement; raises DeviceLost when the meter does not answer."""
        ...

    async def close(self) -> None:
        """Let the line go."""
        ...


class GridMeter(Protocol):
    """Measures what the house takes from the grid and gives to it."""

    async def read(self) -> GridMeasurement:
        """Return the next measurement; raises DeviceLost when the meter tells none.

        Of a meter that speaks by itself that is its next telegram, else it is asked.
        """
        ...

    async def close(self) -> None:
        """Let the line go."""
        ...


class ResidualMonitor(Protocol):
    """Opens the circuit of one EVSE by itself, in hardware, when current leaks to earth."""

    def trips(self) -> AsyncIterator[bool]:
        """Yield whether it has opened the circuit, now and at each change."""
        ...

    async def arm(self) -> None:
        """Test itself, and close the circuit; raises DeviceStuck when something leaks still."""
        ...


class Thermometer(Protocol):
    """Measures how warm it is inside the station."""

    async def read(self) -> float:
        """Return degrees Celsius; raises DeviceLost when it does not answer."""
        ...


class TiltSensor(Protocol):
    """Sees whether the station stands as it was put up."""

    def upright(self) -> AsyncIterator[bool]:
        """Yield whether it does, now and at each change; passing lorries are no changes."""
        ...


class CardReader(Protocol):
    """Reads cards that are held to it; `begin` and `tokens` raise DeviceLost."""

    async def begin(self) -> None:
        """Bring it into order from whatever state it is in; return when it is there."""
        ...

    def tokens(self) -> AsyncIterator[Token]:
        """Yield each card once for each time it is presented, however long it is held."""
        ...

    async def close(self) -> None:
        """Let the line go."""
        ...


class PaymentReader(Protocol):
    """Reads payment cards; what it reads is encrypted for the provider, and nobody here can."""

    def cards(self) -> AsyncIterator[str]:
        """Yield an opaque text for each card that is held to it, the same for the same card."""
        ...


class Panel(Protocol):
    """Shows the state of every socket to people."""

    def show_screen(self, evse: int, screen: Screen) -> None:
        """Put this on the socket's part of the display."""
        ...

    def show_light(self, evse: int, light: Light) -> None:
        """Put this on the socket's light."""
        ...

    def dim(self, percent: int) -> None:
        """Let every light shine with so much of what it can do, 0 to 100."""
        ...


@dataclass(frozen=True, slots=True)
class Face:
    """What one socket shows: its part of the display, and its light."""

    evse: int
    screen: Screen
    light: Light


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose station it is, as people see it on the display.

    Args:
        version: Of the station's software; people read it while it boots.
        logo: A PNG in place of the name, on displays that have room for it.
    """

    name: str = ""
    version: str = ""
    logo: bytes = field(default=b"", repr=False)


UNBRANDED = Brand()


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is on the display at one instant, so that it can be shown from nothing.

    Args:
        language: By the names of the setting.
        percent: Brightness, 0 to 100.
        at: UTC second, for what counts.
    """

    faces: tuple[Face, ...]
    language: str = "en_GB"
    percent: int = 100
    at: float = 0.0
    brand: Brand = UNBRANDED


class Display(Protocol):
    """A screen of its own, which may hang, go and come back; both methods raise DeviceLost."""

    async def begin(self) -> None:
        """Bring it into order from whatever state it is in, by power or reset if need be."""
        ...

    async def show(self, picture: Picture) -> None:
        """Show this in place of everything else; return when it has said that it does."""
        ...


class Lamp(Protocol):
    """The light of one socket."""

    def shine(self, colour: Rgb) -> None:
        """Have this colour from now on, which takes no time; raises DeviceLost."""
        ...


@dataclass(frozen=True, slots=True)
class EvseDevices:
    """The devices of one EVSE; a fixed cable has neither proximity nor lock, nor every bay eyes."""

    pilot: ControlPilot
    contactor: Contactor
    meter: EnergyMeter
    proximity: Proximity | None = None
    lock: ConnectorLock | None = None
    bay: BaySensor | None = None
    domestic: DomesticOutlet | None = None
    """Its second connector."""
    residual: ResidualMonitor | None = None
    lamp: Lamp | None = None
    """Its light, where that is more than a part of the display."""


@dataclass(frozen=True, slots=True)
class Board:
    """All devices of a station.

    Args:
        evses: In the order of their numbers, from 1.
        readers: By number; reader 0 serves all EVSEs, reader n only EVSE n.
        meter_poll_s: Seconds between two readings of each energy meter.
        grid: The meter where the house meets the grid, if the station reads one.
        display: Shows screens and lights as one picture, where there is one.
        thermometer: Read as often as the energy meters are.
        grid_poll_s: Seconds from one of its readings to the next; 0 where it speaks by itself.
        payment_readers: Readers of payment cards, numbered as `readers` are.
    """

    evses: tuple[EvseDevices, ...]
    readers: dict[int, CardReader]
    panel: Panel
    meter_poll_s: float = 10.0
    grid: GridMeter | None = None
    grid_poll_s: float = 0.0
    payment_readers: dict[int, PaymentReader] = field(default_factory=dict)
    display: Display | None = None
    brand: Brand = UNBRANDED
    thermometer: Thermometer | None = None
    tilt: TiltSensor | None = None
