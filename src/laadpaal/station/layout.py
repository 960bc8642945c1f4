"""What the station is built of: EVSEs, connectors, phases, ratings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from laadpaal.properties.rows import Scope
from laadpaal.station.words import TokenKind


class Outlet(Enum):
    """Kind of connector, spelled as in OCPP 2.0.1 ConnectorEnumType."""

    SOCKET = "sType2"
    CABLE = "cType2"


@dataclass(frozen=True, slots=True)
class ConnectorLayout:
    """One connector.

    Args:
        outlet: A socket, or a cable that stays at the station.
        rated_a: Largest current the outlet may carry on one phase.
    """

    outlet: Outlet = Outlet.SOCKET
    rated_a: float = 32.0

    @property
    def lockable(self) -> bool:
        """Whether a lock holds the plug; a fixed cable has none."""
        return self.outlet is Outlet.SOCKET


@dataclass(frozen=True, slots=True)
class EvseLayout:
    """One EVSE; its number is its place in the station's layout, from 1.

    Args:
        connectors: In the order of their numbers, from 1.
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
        presentable: Kinds of tokens that its readers, keys and buttons give.
        interfaces: Network interfaces, spelled as in OCPP 2.0.1.
        vpns: Kinds of VPN it can open, spelled likewise.
    """

    vendor: str = "Laadpaal"
    model: str = "Duo"
    serial: str = "LP000001"
    evses: tuple[EvseLayout, ...] = (EvseLayout(), EvseLayout())
    meter_type: str = ""
    firmware: str = ""
    presentable: tuple[TokenKind, ...] = (TokenKind.ISO14443,)
    interfaces: tuple[str, ...] = ("Wired0",)
    vpns: tuple[str, ...] = ()

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
