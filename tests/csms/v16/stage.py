"""A dialect of OCPP 1.6 with everything it may look at, none of it alive."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from laadpaal.csms.dialect import Absorbed, Call, Reply, Scene, Wish
from laadpaal.csms.v16 import V16
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.properties.rows import Reading
from laadpaal.properties.values import Values
from laadpaal.protocols.ocpp import codec, v16
from laadpaal.protocols.ocpp.message import Message
from laadpaal.station.answers import Answer
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.events import Event
from laadpaal.station.layout import Layout
from laadpaal.station.lights import Light
from laadpaal.station.notices import DurableNotice, Notice, SecurityEvent
from laadpaal.station.requests import Request
from laadpaal.station.security import SecurityKind
from laadpaal.station.view import ConnectorView, EvseView, StationView
from laadpaal.station.words import Pilot, Status, Token

AT = 1_700_049_600.0
"""2023-11-15T12:00:00Z."""
NOON = "2023-11-15T12:00:00.000Z"
CARD = Token("04A1B2C3")
LOG = logging.getLogger("station.stage")

Json = dict[str, Any]


def said(payload: msgspec.Struct) -> Json:
    """Return the JSON of a message that obeys its schema."""
    assert isinstance(payload, Message)
    read: Json = msgspec.json.decode(codec.encode(payload))
    return read


def connector(number: int = 1, status: Status = Status.AVAILABLE) -> ConnectorView:
    """Return a connector; it is plugged unless it is available."""
    plugged = status is not Status.AVAILABLE
    return ConnectorView(number, status, plugged, locked=plugged, code=0, error="NoError", info="")


def evse(number: int, *connectors: ConnectorView) -> EvseView:
    """Return an idle EVSE whose meter has not been read."""
    return EvseView(
        evse=number,
        pilot=Pilot.A,
        connectors=connectors or (connector(),),
        screen=Screen(ScreenState.AVAILABLE),
        light=Light.AVAILABLE,
        limit_a=16.0,
        because="",
        offered_a=0.0,
        phases=3,
        installation_phases=3,
        contactor_closed=False,
        transaction=None,
        waiting=None,
        measurement=None,
        operative=True,
    )


@dataclass
class FakeDesk:
    """A desk that only shows what it was given."""

    layout: Layout = field(default_factory=Layout)
    values: Values = field(default_factory=lambda: Values(fixed=V16.fixed))
    shown: StationView = field(
        default_factory=lambda: StationView(
            status=Status.AVAILABLE,
            online=True,
            operative=True,
            evses=(evse(1), evse(2)),
            restarting=False,
            pending_settings=(),
            layout=Layout(),
        )
    )
    readings: dict[str, str] = field(default_factory=lambda: {"3550_0@0": "1", "2071_0@0": ""})

    def happened(self, event: Event) -> None:
        """Refuse: a dialect tells no facts itself."""
        raise AssertionError(event)

    async def ask(self, request: Request) -> Answer:
        """Refuse: a dialect asks nothing itself."""
        raise AssertionError(request)

    def view(self) -> StationView:
        """Return what is shown."""
        return self.shown

    def read(self, row: Reading[Any], evse: int = 0, connector: int = 0) -> str:
        """Return the text the test gave."""
        return self.readings[f"{row.id}@{evse or connector}"]


@dataclass
class FakeJournal:
    """Starts by their place, kept by hand."""

    starts: dict[int, tuple[int, Start]] = field(default_factory=dict)
    past: dict[Token, tuple[Trace, ...]] = field(default_factory=dict)
    security: tuple[SecurityEvent, ...] = (SecurityEvent(SecurityKind.STARTED, AT),)

    def put(self, seq: int, evse: int, start: Start) -> None:
        """Write a start."""
        self.starts[seq] = (evse, start)

    def pending(self) -> Entry | None:
        """Return None: a dialect need not know."""
        raise AssertionError("a dialect does not empty the journal")

    def pending_count(self, transaction: str | None = None) -> int:
        """Refuse: a dialect need not know."""
        raise AssertionError(transaction)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        """Refuse: a dialect settles nothing."""
        raise AssertionError(seq, fate, csms_id)

    async def tried(self, seq: int) -> None:
        """Refuse: a dialect counts nothing."""
        raise AssertionError(seq)

    async def left_offline(self) -> None:
        """Refuse: a dialect marks nothing."""
        raise AssertionError("a dialect marks nothing")

    def start_before(self, evse: int, seq: int) -> Start | None:
        """Return the newest start of that EVSE before that place."""
        places = [at for at, (where, _) in self.starts.items() if where == evse and at < seq]
        return self.starts[max(places)][1] if places else None

    def by_csms_id(self, csms_id: int) -> str | None:
        """Return the newest transaction with that number."""
        for _, (_, start) in sorted(self.starts.items(), reverse=True):
            if start.csms_id == csms_id:
                return start.transaction
        return None

    def known(self, transaction: str) -> bool:
        """Tell whether a start of it was written."""
        return any(start.transaction == transaction for _, start in self.starts.values())

    def traces(self, token: Token) -> tuple[Trace, ...]:
        """Return those that the test gave."""
        return self.past.get(token, ())

    def security_pending(self) -> SecurityEntry | None:
        """Refuse: a dialect need not know."""
        raise AssertionError("a dialect does not empty the journal")

    async def security_settle(self, seq: int, fate: Fate) -> None:
        """Refuse: a dialect settles nothing."""
        raise AssertionError(seq, fate)

    async def security_tried(self, seq: int) -> None:
        """Refuse: a dialect counts nothing."""
        raise AssertionError(seq)

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        """Return the events of that time."""
        first, last = oldest_utc or 0.0, math.inf if newest_utc is None else newest_utc
        return tuple(event for event in self.security if first <= event.at <= last)

    def firings_pending(self) -> FiringsEntry | None:
        """Refuse: a dialect need not know."""
        raise AssertionError("a dialect does not empty the queue")

    async def firings_settle(self, seq: int, fate: Fate) -> None:
        """Refuse: a dialect settles nothing."""
        raise AssertionError(seq, fate)

    async def firings_tried(self, seq: int) -> None:
        """Refuse: a dialect counts nothing."""
        raise AssertionError(seq)


class Stage:
    """Plays the part of the talk between a dialect and the CSMS."""

    def __init__(self) -> None:
        self.desk = FakeDesk()
        self.journal = FakeJournal()
        self.scene = Scene(self.desk, self.journal)
        self.dialect = V16(LOG)

    def show(self, *evses: EvseView, online: bool = True) -> None:
        """Change what the view tells."""
        self.desk.shown = replace(self.desk.shown, evses=evses or self.desk.shown.evses)
        self.desk.shown = replace(self.desk.shown, online=online)

    def tell(self, notice: Notice) -> list[tuple[str, Json]]:
        """Return the calls a passing notice becomes."""
        calls = self.dialect.tables.tells[type(notice)](notice, self.scene)
        assert all(call.about is notice for call in calls)
        return [(call.action, said(call.payload)) for call in calls]

    def call(self, notice: DurableNotice, seq: int = 10) -> Call | None:
        """Return the call a durable notice becomes."""
        entry = Entry(seq, "m-1", notice, attempts=0, offline=False)
        # The table is keyed by class; mypy cannot know that the class is one of its keys.
        return self.dialect.tables.reports[type(notice)](entry, self.scene)

    def report(self, notice: DurableNotice, seq: int = 10) -> tuple[str, Json]:
        """Return the one call a durable notice becomes, as JSON."""
        call = self.call(notice, seq)
        assert call is not None
        assert call.about is notice
        return call.action, said(call.payload)

    def hear(self, action: str, **payload: object) -> Reply | Wish:
        """Return what an incoming call means."""
        message = codec.decode_call(v16.LANGUAGE, action, msgspec.json.encode(payload))
        return self.dialect.tables.hears[action](message, self.scene)

    def wish(self, action: str, **payload: object) -> Wish:
        """Return the requests an incoming call means."""
        heard = self.hear(action, **payload)
        assert isinstance(heard, Wish)
        return heard

    def reply(self, action: str, **payload: object) -> Json:
        """Return the reply to an incoming call that asks nothing of the station."""
        heard = self.hear(action, **payload)
        assert isinstance(heard, Reply)
        assert type(heard.payload) is v16.ACTIONS[action].response
        return said(heard.payload)

    def absorb(self, call: Call, **answer: object) -> Absorbed:
        """Return what an answer to our call means."""
        read = codec.decode_response(v16.LANGUAGE, call.action, msgspec.json.encode(answer))
        return self.dialect.tables.absorbs[call.action](call, read, self.scene)


def replied(heard: Reply | Wish) -> Reply:
    """Return a reply that needed no station."""
    assert isinstance(heard, Reply)
    return heard


def settled(wish: Wish, *answers: Answer) -> Json:
    """Return the reply after the station has answered."""
    return said(wish.reply(answers).payload)
