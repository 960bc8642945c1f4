"""What the station is built of: EVSEs, connectors, phases, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from laadpaal.properties.rows import Scope
from laadpaal.station.releases import ONE_ONLY, Release
from laadpaal.station.words import TokenKind


class Outlet(Enum):
    """Kind of connector, spelled as in OCPP 2.0.1 ConnectorEnumType."""

    SOCKET = "sType2"
    CABLE = "cType2"
    DOMESTIC = "sCEE-7-7"
    """A household socket, Type E or F; it has no pilot, and its plug tells no rating."""


class GridLink(Enum):
    """How the station hears the meter where the house meets the grid."""

    P1 = "P1"
    MODBUS = "Modbus"


@dataclass(frozen=True, slots=True)
class ConnectorLayout:
    """One connector.

    Args:
        outlet: A socket, a cable that stays at the station, or a domestic outlet.
        rated_a: Largest current the outlet may carry on one phase.
        phases: Lines that lead to it, 1 or 3, if its EVSE has so many.
    """

    outlet: Outlet = Outlet.SOCKET
    rated_a: float = 32.0
    phases: int = 3

    @property
    def lockable(self) -> bool:
        """Whether a lock holds the plug; only a Type 2 socket has one."""
        return self.outlet is Outlet.SOCKET

    @property
    def piloted(self) -> bool:
        """Whether station and vehicle talk over a control pilot (IEC 61851-1 mode 3)."""
        return self.outlet is not Outlet.DOMESTIC


@dataclass(frozen=True, slots=True)
class EvseLayout:
    """One EVSE; its number is its place in the station's layout, from 1.

    Args:
        connectors: In the order of their numbers, from 1; while one is in use, no other can be.
        phases: Phases its contactor switches, 1 or 3.
        bay: Whether a sensor sees the vehicle in its parking bay.
        signs: Whether its meter signs what it says.
    """

    connectors: tuple[ConnectorLayout, ...] = (ConnectorLayout(),)
    phases: int = 3
    bay: bool = False
    signs: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole station, and what it calls itself.

    Args:
        vendor: At most 20 characters (OCPP 1.6).
        model: At most 20 characters.
        serial: At most 25 characters.
        evses: In the order of their numbers, from 1.
        meter_type: At most 25 characters; "" when not told.
        firmware: Version text, at most 50 characters.
        release: What else there is to know of that version.
        presentable: Kinds of tokens that its readers, keys and buttons give.
        interfaces: Network interfaces, spelled as in OCPP 2.0.1.
        vpns: Kinds of VPN it can open, spelled likewise.
        grid: How it hears the meter where the house meets the grid, if it does.
        display: None at all, a small one, or a large one that all EVSEs share.
        modem: Whether it can reach the CSMS over a mobile network.
        switches_phases: Whether its contactors can connect one line of three.
        payment: Whether it has a reader for payment cards, and a provider.
        scans: Whether a reader has to be asked for cards.
        repeats: Whether a reader tells of a card again and again while it is held.
        manager: Whether an energy manager can reach it, to read and perhaps to set currents.
    """

    vendor: str = "Laadpaal"
    model: str = "Duo"
    serial: str = "LP000001"
    evses: tuple[EvseLayout, ...] = (EvseLayout(), EvseLayout())
    meter_type: str = ""
    firmware: str = ""
    release: Release = ONE_ONLY
    presentable: tuple[TokenKind, ...] = (TokenKind.ISO14443,)
    interfaces: tuple[str, ...] = ("Wired0",)
    vpns: tuple[str, ...] = ()
    grid: GridLink | None = None
    display: Literal["none", "small", "large"] = "large"
    modem: bool = False
    switches_phases: bool = False
    payment: bool = False
    scans: bool = False
    repeats: bool = False
    manager: bool = False

    def places(self, scope: Scope) -> tuple[tuple[int, int], ...]:
        """Return whose values there are in a scope: EVSE and connector, 0 for the whole."""
        if scope is Scope.STATION:
            return ((0, 0),)
        evses = tuple(enumerate(self.evses, 1))
        if scope is Scope.EVSE:
            return tuple((evse, 0) for evse, _ in evses)
        return tuple(
            (evse, connector)
            for evse, built in evses
            for connector, _ in enumerate(built.connectors, 1)
        )

    def connector(self, evse: int, connector: int) -> ConnectorLayout | None:
        """Return that connector, or None where there is none."""
        if not 1 <= evse <= len(self.evses):
            return None
        connectors = self.evses[evse - 1].connectors
        return connectors[connector - 1] if 1 <= connector <= len(connectors) else None
