"""A small scene to translate in: real values and layout, a view made by hand, a fake journal."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from laadpaal.csms.dialect import Absorbed, Call, Reply, Scene, Wish
from laadpaal.csms.v201 import V201
from laadpaal.ports.clock import Alarm
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp import codec, v201
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.events import Event
from laadpaal.station.layout import ConnectorLayout, EvseLayout, Layout, Outlet
from laadpaal.station.lights import Light
from laadpaal.station.measurement import Measurement
from laadpaal.station.moment import Moment
from laadpaal.station.notices import DurableNotice, Notice, SecurityEvent
from laadpaal.station.readings import read
from laadpaal.station.requests import Request
from laadpaal.station.security import SecurityKind
from laadpaal.station.view import ConnectorView, EvseView, StationView, TransactionView
from laadpaal.station.words import ChargingState, Pilot, Status, Token

AT = 1_700_000_000.0
AT_TEXT = "2023-11-14T22:13:20.000Z"


@dataclass
class FakeDesk:
    layout: Layout
    values: Values
    now_seen: StationView

    def happened(self, event: Event) -> None:
        raise AssertionError(event)

    async def ask(self, request: Request) -> Answer:
        raise AssertionError(request)

    def view(self) -> StationView:
        return self.now_seen

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        return read(row, self.now_seen, evse, connector)


@dataclass
class FakeJournal:
    waiting: dict[str, int] = field(default_factory=dict)
    past: dict[Token, tuple[Trace, ...]] = field(default_factory=dict)
    security: tuple[SecurityEvent, ...] = (SecurityEvent(SecurityKind.STARTED, AT),)

    def pending(self) -> Entry | None:
        return None

    def pending_count(self, transaction: str | None = None) -> int:
        if transaction is None:
            return sum(self.waiting.values())
        return self.waiting.get(transaction, 0)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        raise AssertionError(seq, fate, csms_id)

    async def tried(self, seq: int) -> None:
        raise AssertionError(seq)

    async def left_offline(self) -> None:
        raise AssertionError

    def start_before(self, evse: int, seq: int) -> Start | None:
        raise AssertionError(evse, seq)

    def by_csms_id(self, csms_id: int) -> str | None:
        raise AssertionError(csms_id)

    def known(self, transaction: str) -> bool:
        return transaction in self.waiting

    def traces(self, token: Token) -> tuple[Trace, ...]:
        return self.past.get(token, ())

    def security_pending(self) -> SecurityEntry | None:
        raise AssertionError("a dialect does not empty the journal")

    async def security_settle(self, seq: int, fate: Fate) -> None:
        raise AssertionError(seq, fate)

    async def security_tried(self, seq: int) -> None:
        raise AssertionError(seq)

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        first, last = oldest_utc or 0.0, math.inf if newest_utc is None else newest_utc
        return tuple(event for event in self.security if first <= event.at <= last)

    def firings_pending(self) -> FiringsEntry | None:
        raise AssertionError("a dialect does not empty the queue")

    async def firings_settle(self, seq: int, fate: Fate) -> None:
        raise AssertionError(seq, fate)

    async def firings_tried(self, seq: int) -> None:
        raise AssertionError(seq)


@dataclass
class FakeClock:
    utc: float = AT

    def now(self) -> Moment:
        return Moment(mono=0.0, utc=self.utc)

    def correct(self, utc: float) -> float:
        raise AssertionError(utc)

    def alarm(self, station_s: float, ring: Callable[[], None]) -> Alarm:
        raise AssertionError(station_s, ring)

    async def sleep(self, station_s: float) -> None:
        raise AssertionError(station_s)


def evse_view(number: int, status: Status = Status.AVAILABLE) -> EvseView:
    """Return an EVSE at rest whose meter has answered."""
    return EvseView(
        evse=number,
        pilot=Pilot.A,
        connectors=(
            ConnectorView(1, status, plugged=False, locked=False, code=0, error="NoError", info=""),
        ),
        screen=Screen(ScreenState.AVAILABLE),
        light=Light.AVAILABLE,
        limit_a=16.0,
        because="outlet",
        offered_a=0.0,
        phases=3,
        installation_phases=0,
        contactor_closed=False,
        transaction=None,
        waiting=None,
        measurement=Measurement(energy_wh=1000.0, power_w=42.5),
        operative=True,
    )


@dataclass
class World:
    """The scene, and the dialect that looks at it."""

    desk: FakeDesk
    journal: FakeJournal
    clock: FakeClock
    dialect: V201
    trusts: Callable[[str], bool] = lambda _: False

    @property
    def scene(self) -> Scene:
        return Scene(self.desk, self.journal, utc=lambda: self.clock.utc, trusts=self.trusts)

    def see(self, **changes: Any) -> None:
        """Change what the view of the station shows."""
        self.desk.now_seen = replace(self.desk.now_seen, **changes)

    def see_evse(self, number: int, **changes: Any) -> None:
        """Change what the view of one EVSE shows."""
        evses = tuple(
            replace(evse, **changes) if evse.evse == number else evse
            for evse in self.desk.now_seen.evses
        )
        self.see(evses=evses)

    def see_transaction(self, number: int, id_: str) -> None:
        """Let a transaction run on an EVSE."""
        running = TransactionView(id_, AT, ChargingState.CHARGING, None, 0.0, authorized=True)
        self.see_evse(number, transaction=running)

    def tell(self, notice: Notice) -> list[tuple[str, Any]]:
        """Return action and JSON of the calls that a passing notice becomes."""
        return [shown(call) for call in self.dialect.tables.tells[type(notice)](notice, self.scene)]

    def report(self, notice: DurableNotice, *, offline: bool = False) -> Any:
        """Return the JSON that a durable notice becomes."""
        entry = Entry(1, "id-1", notice, 0, offline)
        call = self.dialect.tables.reports[type(notice)](entry, self.scene)
        assert call is not None
        assert call.action == "TransactionEvent"
        assert call.about is notice
        return shown(call)[1]

    def absorb(self, about: Notice | None, action: str, answer: dict[str, Any]) -> Absorbed:
        """Return what the answer to a call about a notice means."""
        message = codec.decode_response(v201.LANGUAGE, action, json.dumps(answer).encode())
        call = Call(action, v201.Heartbeat(), about)
        return self.dialect.tables.absorbs[action](call, message, self.scene)

    def hear(self, action: str, **payload: Any) -> Reply | Wish:
        """Return what an action of the CSMS leads to."""
        message = codec.decode_call(v201.LANGUAGE, action, json.dumps(payload).encode())
        return self.dialect.tables.hears[action](message, self.scene)

    def wished(self, action: str, **payload: Any) -> tuple[Request, ...]:
        """Return the requests that an action becomes."""
        wish = self.hear(action, **payload)
        assert isinstance(wish, Wish)
        return wish.requests

    def answered(self, action: str, *answers: Answer, **payload: Any) -> Any:
        """Return the JSON of the response when the station gives `answers`."""
        wish = self.hear(action, **payload)
        assert isinstance(wish, Wish)
        return json_of(wish.reply(answers).payload)

    def replied(self, action: str, **payload: Any) -> Any:
        """Return the JSON of a response that needs no request."""
        reply = self.hear(action, **payload)
        assert isinstance(reply, Reply)
        return json_of(reply.payload)


def make_world(given: dict[tuple[str, int], object] | None = None) -> World:
    """Return a station with a socket on EVSE 1 and a fixed cable on EVSE 2, at rest, online."""
    layout = Layout(
        model="Duo",
        serial="LP000001",
        firmware="1.2.3",
        evses=(EvseLayout(), EvseLayout((ConnectorLayout(Outlet.CABLE, 16.0),), phases=1)),
    )
    view = StationView(
        status=Status.AVAILABLE,
        online=True,
        operative=True,
        evses=(evse_view(1), evse_view(2)),
        restarting=False,
        pending_settings=(),
        layout=layout,
    )
    clock = FakeClock()
    desk = FakeDesk(layout, Values(given), view)
    return World(desk, FakeJournal(), clock, V201(clock))


def json_of(message: Any) -> Any:
    """Return a message as the wire carries it, checked against its schema."""
    return json.loads(bytes(codec.encode(message)))


def shown(call: Call) -> tuple[str, Any]:
    """Return action and JSON of a call; the action fits the message."""
    assert isinstance(call.payload, Message)
    assert codec.action_of(call.payload) == call.action
    return call.action, json_of(call.payload)
