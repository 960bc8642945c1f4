"""A station, its world and its clock, moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import TypeVar

from laadpaal.properties.rows import Setting
from laadpaal.properties.values import Values
from laadpaal.station import actions as a
from laadpaal.station import events as e
from laadpaal.station.answers import Answer
from laadpaal.station.evse import Evse
from laadpaal.station.layout import Layout
from laadpaal.station.measurement import GridMeasurement, Measurement, Phases, SignedData
from laadpaal.station.moment import Moment
from laadpaal.station.notices import AuthorizationNeeded, DurableNotice, Notice, StatusChanged
from laadpaal.station.records import Record
from laadpaal.station.requests import Request
from laadpaal.station.saved import Saved, restored
from laadpaal.station.station import Station
from laadpaal.station.step import Step
from laadpaal.station.words import Pilot, Status, Token, TokenStatus, Verdict

T = TypeVar("T")
N = TypeVar("N", bound=Notice)

NOON = 1_700_049_600.0
"""A UTC midnight plus twelve hours."""
GOOD = Verdict(TokenStatus.ACCEPTED)
CARD = Token("04A1B2C3")
SIGNED = SignedData("OCMF|{}|{}", "ECDSA", "OCMF", "key")


def numbered() -> Iterator[str]:
    """Yield transaction ids that are easy to read."""
    return (f"tx-{number}" for number in count(1))


class World:
    """Hands facts to a real core and does at once what it asks of hardware."""

    def __init__(
        self, layout: Layout | None = None, saved: Saved | None = None, now: Moment | None = None
    ) -> None:
        self.now = now or Moment(1000.0, NOON)
        self.values = Values()
        if saved:
            assert restored(self.values, saved) == []
        self.station = Station(layout or Layout(), self.values, numbered(), saved)
        self.records: list[Record] = []
        self.notices: list[Notice] = []
        self.actions: list[a.Action] = []
        self.energy_wh = {1: 5000.0, 2: 7000.0}
        self.jammed = False
        """Whether no lock can be moved out."""
        self.welded = False
        """Whether no contactor opens."""
        self.obeys = True
        """Whether vehicles open their switch when nothing is offered any more."""
        self._opened: set[int] = set()
        """EVSEs whose vehicle has done so, and waits for an offer."""
        self.pass_step(self.station.handle(e.PoweredUp(), self.now))

    def pass_step(self, step: Step) -> None:
        """Collect what went out, and let hardware answer."""
        self.records += step.records
        self.notices += step.notices
        self.actions += step.actions
        for action in step.actions:
            self._act(action)

    def _act(self, action: a.Action) -> None:
        match action:
            case a.LockPlug(evse, connector) if self.jammed:
                self.tell(e.LockFailed(evse, connector, locking=True))
            case a.LockPlug(evse, connector):
                self.tell(e.LockMoved(evse, connector, locked=True))
            case a.UnlockPlug(evse, connector) | a.ForceUnlock(evse, connector):
                self.tell(e.LockMoved(evse, connector, locked=False))
            case a.OfferCurrent(evse, limit_a) if self.obeys:
                self._obey(evse, offered=limit_a is not None)
            case a.CloseContactor(evse):
                self.tell(e.ContactorMoved(evse, closed=True))
            case a.OpenContactor(evse) if self.welded:
                self.tell(e.ContactorFailed(evse))
            case a.OpenContactor(evse):
                self.tell(e.ContactorMoved(evse, closed=False))
            case _:
                pass

    def _obey(self, evse: int, *, offered: bool) -> None:
        """Let a vehicle that charges open its switch when it is to, and close it again after."""
        pilot = self.evse(evse).pilot
        if not offered and pilot is Pilot.C:
            self._opened.add(evse)
            self.tell(e.PilotChanged(evse, Pilot.B))
        elif offered and pilot is Pilot.B and evse in self._opened:
            self._opened.discard(evse)
            self.tell(e.PilotChanged(evse, Pilot.C))

    def tell(self, event: e.Event) -> None:
        """Let something happen."""
        match event:
            case e.CableUnplugged(evse) | e.PilotChanged(evse, Pilot.A):
                self._opened.discard(evse)
            case _:
                pass
        self.pass_step(self.station.handle(event, self.now))

    def ask(self, request: Request) -> Answer:
        """Ask for something."""
        answer, step = self.station.ask(request, self.now)
        self.pass_step(step)
        return answer

    def online(self) -> None:
        """Let the CSMS accept the station."""
        self.tell(e.CsmsOnline(300))

    def plug(self, evse: int = 1, *, ready: bool = True) -> None:
        """Plug a cable and a vehicle in."""
        self.measure(evse)
        self.tell(e.CablePlugged(evse, 1, 32.0))
        self.tell(e.PilotChanged(evse, Pilot.B))
        if ready:
            self.tell(e.PilotChanged(evse, Pilot.C))

    def swipe(self, token: Token = CARD, verdict: Verdict | None = GOOD, reader: int = 0) -> None:
        """Hold a card to a reader; the CSMS answers when it was asked."""
        before = len(self.notices)
        self.tell(e.CardPresented(reader, token))
        asked = any(isinstance(n, AuthorizationNeeded) for n in self.notices[before:])
        if asked and verdict:
            self.tell(e.TokenJudged(token, verdict))

    def measure(
        self, evse: int = 1, more_wh: float = 0.0, currents_a: Phases = (0.0, 0.0, 0.0)
    ) -> None:
        """Let the meter answer."""
        self.energy_wh[evse] += more_wh
        volts = (230.0, 230.0, 230.0)
        signed = SIGNED if self.station.layout.evses[evse - 1].signs else None
        said = Measurement(self.energy_wh[evse], volts, currents_a, signed=signed)
        self.tell(e.MeterRead(evse, said))

    def house(self, *currents_a: float) -> None:
        """Let the meter at the grid tell what the house takes: of each line, or of all alike."""
        l1, l2, l3 = currents_a if len(currents_a) > 1 else currents_a * 3
        self.tell(e.GridRead(GridMeasurement((l1, l2, l3))))

    def pass_time(self, seconds: float) -> None:
        """Let time go by, doing what comes due on the way."""
        end = self.now.mono + seconds
        while (wake := self.station.next_wake()) is not None and wake <= end:
            self._move(max(wake, self.now.mono))
            self.pass_step(self.station.tick(self.now))
        self._move(end)

    def _move(self, mono: float) -> None:
        self.now = replace(self.now, mono=mono, utc=self.now.utc + mono - self.now.mono)

    def evse(self, number: int = 1) -> Evse:
        """Return the core's own facts, for assertions only."""
        return self.station.parts.facts.evses[number]

    def told(self, kind: type[N]) -> list[N]:
        """Return every notice of a kind so far."""
        return [notice for notice in self.notices if isinstance(notice, kind)]

    def durable(self) -> list[DurableNotice]:
        """Return the transaction notices so far."""
        return [notice for notice in self.notices if isinstance(notice, DurableNotice)]

    def statuses(self, evse: int = 1) -> list[Status]:
        """Return the statuses told of an EVSE's first connector, in order."""
        return [n.status for n in self.told(StatusChanged) if n.evse == evse]

    def put(self, row: Setting[T], *, to: T) -> None:
        """Set a setting behind everybody's back."""
        self.values.put(row, to)


def charging() -> World:
    """Return a station with a running transaction on EVSE 1, which charges."""
    world = World()
    world.online()
    world.plug()
    world.swipe()
    return world


def last(world: World, evse: int = 1) -> StatusChanged:
    """Return what was said last of an EVSE."""
    return [told for told in world.told(StatusChanged) if told.evse == evse][-1]
