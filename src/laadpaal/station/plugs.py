"""What happens at a socket: plugs and vehicles come and go, and the lock holds on or does not."""

from __future__ import annotations

from laadpaal.properties import transactions as tx_rows
from laadpaal.station import passing
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.authorization import Authorizer
from laadpaal.station.evse import Evse
from laadpaal.station.facts import Facts
from laadpaal.station.faults import CABLE_FAULT
from laadpaal.station.layout import Outlet
from laadpaal.station.locks import Locks
from laadpaal.station.points import CONNECTED, stops
from laadpaal.station.transactions import SUMMARY
from laadpaal.station.words import Connection, Pilot, StopReason, Trigger


class Plugs:
    """Owns what is plugged where, and what the pilot says of it."""

    def __init__(self, facts: Facts, authorizer: Authorizer, locks: Locks) -> None:
        self._facts = facts
        self._authorizer = authorizer
        self._locks = locks

    def bay(self, evse: Evse, *, occupied: bool) -> None:
        """Take note that a vehicle has driven into the parking bay, or out of it."""
        if occupied is not evse.parked:
            evse.parked = occupied
            trigger = Trigger.EV_DETECTED if occupied else Trigger.EV_DEPARTED
            evse.causes.append((trigger, None))

    def plug(self, evse: Evse, connector: int, rating_a: float | None) -> None:
        """Take note of a plug; while another outlet of the EVSE is in use, it waits beside it."""
        if connector in evse.plugs:
            return
        evse.plugs[connector] = rating_a
        if evse.connector == connector or not self._busy(evse):
            self._use(evse, connector)

    def _busy(self, evse: Evse) -> bool:
        """Tell whether the outlet that is plugged is somebody's."""
        return evse.cabled and (self._taken(evse) or evse.held is not None)

    def _use(self, evse: Evse, connector: int) -> None:
        """Let this connector be the one in use, and find who has been waiting for it."""
        was = evse.connected and evse.connector == connector and evse.plugged is not None
        self._facts.plugs += 1
        evse.plugged = connector if connector in evse.plugs else None
        evse.cable_a, evse.plugged_order = evse.plugs.get(connector), self._facts.plugs
        evse.ended_since_plug, evse.joined_phases = False, 0
        self._land(evse)
        if evse.connected and not was:
            self._arrived(evse)

    def settle(self, evse: Evse) -> None:
        """Turn to what waits beside an outlet that is done with."""
        used: int | None = evse.connector
        if evse.plugged is not None and evse.plugged not in evse.plugs:
            evse.plugged, evse.cable_a, used = None, None, None
        waits = next((number for number in self._occupied(evse) if number != used), None)
        done = used is None or evse.ended_since_plug or not evse.cabled
        if waits and done and not self._busy(evse):
            self._use(evse, waits)

    @staticmethod
    def _occupied(evse: Evse) -> list[int]:
        """Return the connectors with something in them; a fixed cable has no plug to tell it."""
        connectors = range(1, len(evse.layout.connectors) + 1)
        free = Connection.DISCONNECTED
        return [number for number in connectors if evse.connection(number) is not free]

    def _land(self, evse: Evse) -> None:
        """Move an authorization that was not bound to an EVSE to where the plug appears (S63)."""
        others = [o for o in self._facts.evses.values() if o is not evse and not o.cabled]
        for other in others:
            moves = not self._taken(evse) and not other.transaction
            if moves and self._authorizer.may_move(other, evse):
                self._authorizer.move(other, evse)
                break
        for bound in (evse.authorization, evse.waiting, evse.paying):
            if bound:
                bound.floating = False

    @staticmethod
    def _taken(evse: Evse) -> bool:
        return any((evse.authorization, evse.waiting, evse.authorizing, evse.transaction))

    def unplug(self, evse: Evse, connector: int = 1) -> None:
        """Take note that the socket is empty: nothing is held there any more."""
        evse.plugs.pop(connector, None)
        if connector != evse.connector:
            return
        evse.held = None
        evse.ended_since_plug = False
        evse.faults.discard(CABLE_FAULT)
        self._locks.empty(evse)
        passing.take_back(self._facts, evse, SUMMARY)
        if evse.outlet.piloted:
            evse.plugged, evse.cable_a = None, None
            self.pilot(evse, Pilot.A)
        else:
            self._left(evse, gone=True)
        evse.left = False

    def pilot(self, evse: Evse, pilot: Pilot) -> None:
        """Take the new state of the pilot; it tells that a vehicle has come or gone."""
        was = evse.connection(1) is Connection.EV
        evse.pilot, evse.disturbed = pilot, was and pilot in {Pilot.E, Pilot.F}
        now = evse.connection(1) is Connection.EV
        if not evse.outlet.piloted:
            if now and not was and evse.layout.connectors[0].outlet is Outlet.CABLE:
                self._beside(evse)
        elif now and not was:
            self._arrived(evse)
        elif was and not now:
            self._left(evse)

    def _beside(self, evse: Evse) -> None:
        """Turn to a vehicle that comes to the fixed cable, unless the other outlet is taken."""
        if not self._busy(evse):
            self._use(evse, 1)

    def _arrived(self, evse: Evse) -> None:
        evse.left = False
        if not evse.plugged_order or evse.plugged is None:
            self._facts.plugs += 1
            evse.plugged_order = self._facts.plugs
        self._land(evse)
        self._facts.agenda.cancel(Timer(Due.CONNECT, evse.number))
        evse.causes.append((Trigger.CABLE_PLUGGED_IN, None))

    def _left(self, evse: Evse, *, gone: bool = False) -> None:
        if not evse.transaction and evse.authorization is None:
            evse.ended_since_plug = evse.ended_since_plug and evse.plugged is not None
            return
        evse.left = True
        socket = evse.outlet.lockable
        gone = gone or (socket and evse.plugged is None)
        ends = CONNECTED in stops(self._facts) or evse.transaction is None
        if gone or ends or self._aborts():
            self._authorizer.end(evse, Trigger.EV_COMMUNICATION_LOST, StopReason.EV_DISCONNECTED)
            return
        evse.causes.append((Trigger.EV_COMMUNICATION_LOST, None))
        # A lock keeps the cable for who comes back to it; a fixed one anybody may take.
        if not socket and evse.authorization:
            self._authorizer.expect(evse)

    def _aborts(self) -> bool:
        """Tell whether unplugging at the vehicle ends what goes on (S54)."""
        values = self._facts.values
        at_once = values[tx_rows.DISCONNECT_ACTION] != tx_rows.ABORT_OFFLINE
        return values[tx_rows.STOP_ON_DISCONNECT] and (at_once or not self._facts.online)
