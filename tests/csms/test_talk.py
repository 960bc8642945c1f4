"""What is said when: registration, order, repetition, and what a lost connection leaves."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import Any

import pytest

from laadpaal.csms.dialect import Dialect, Scene
from laadpaal.csms.errors import LinkLost
from laadpaal.csms.talk import Talk
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry, Start, Trace
from laadpaal.properties import comms
from laadpaal.properties.transactions import START_POINT
from laadpaal.protocols.ocpp import timestamp
from laadpaal.station.answers import Answer
from laadpaal.station.events import (
    CsmsOffline,
    CsmsOnline,
    CsmsSilent,
    Event,
    SettingsHeld,
    TokenJudged,
    TokenUnanswered,
    TransactionJudged,
)
from laadpaal.station.network_profile import Generation, Route
from laadpaal.station.notices import (
    AuthorizationNeeded,
    DurableNotice,
    SecurityEvent,
    StatusChanged,
    TransactionEnded,
    TransactionStarted,
)
from laadpaal.station.requests import ReportStatus, Request
from laadpaal.station.words import (
    ChargingState,
    Status,
    StopReason,
    Token,
    TokenStatus,
    Trigger,
    Verdict,
)
from tests.support.jumping import LoopClock, jump
from tests.support.world import World

LOG = logging.getLogger("test.talk")
CARD = Token("04A1B2C3")
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
Json = dict[str, Any]


class Desk:
    """A real core that nothing happens to; what the talk tells it is written down."""

    def __init__(self) -> None:
        self.world = World()
        self.events: list[Event] = []
        self.asked: list[Request] = []
        self.layout = self.world.station.layout
        self.values = self.world.values
        self.view = self.world.station.view
        self.tell: Callable[[StatusChanged], None] = lambda _: None

    def happened(self, event: Event) -> None:
        self.events.append(event)

    async def ask(self, request: Request) -> Answer:
        before = len(self.world.notices)
        self.asked.append(request)
        answer = self.world.ask(request)
        for notice in self.world.notices[before:]:
            if isinstance(notice, StatusChanged):
                self.tell(notice)
        return answer

    def read(self, row: object, evse: int = 0, connector: int = 0) -> str:
        raise AssertionError(row, evse, connector)


@dataclass
class Queue:
    """A journal in memory."""

    entries: deque[Entry] = field(default_factory=deque)
    fates: dict[int, Fate] = field(default_factory=dict)
    ids: dict[int, int | None] = field(default_factory=dict)
    security: deque[SecurityEntry] = field(default_factory=deque)
    security_fates: dict[int, Fate] = field(default_factory=dict)
    firings: deque[FiringsEntry] = field(default_factory=deque)
    firings_fates: dict[int, Fate] = field(default_factory=dict)
    slow_s: float = 0.0
    """How long after it is settled an entry is known to be."""

    def add(self, seq: int, notice: DurableNotice) -> None:
        self.entries.append(Entry(seq, f"m-{seq}", notice, 0, offline=False))

    def pending(self) -> Entry | None:
        return self.entries[0] if self.entries else None

    def pending_count(self, transaction: str | None = None) -> int:
        return sum(transaction in {None, e.notice.transaction} for e in self.entries)

    async def settle(self, seq: int, fate: Fate, csms_id: int | None = None) -> None:
        assert self.entries.popleft().seq == seq
        self.fates[seq], self.ids[seq] = fate, csms_id
        await asyncio.sleep(self.slow_s)

    async def tried(self, seq: int) -> None:
        assert self.entries[0].seq == seq
        self.entries[0] = replace(self.entries[0], attempts=self.entries[0].attempts + 1)

    async def left_offline(self) -> None:
        self.entries = deque(replace(e, offline=True) for e in self.entries)

    def start_before(self, evse: int, seq: int) -> Start | None:
        starts = [s for s in self.ids if s < seq]
        return Start(f"tx-{evse}", self.ids[max(starts)], settled=True) if starts else None

    def by_csms_id(self, csms_id: int) -> str | None:
        return "tx-1" if csms_id in self.ids.values() else None

    def known(self, transaction: str) -> bool:
        return transaction == "tx-1"

    def security_pending(self) -> SecurityEntry | None:
        return self.security[0] if self.security else None

    async def security_settle(self, seq: int, fate: Fate) -> None:
        assert self.security.popleft().seq == seq
        self.security_fates[seq] = fate

    async def security_tried(self, seq: int) -> None:
        assert self.security[0].seq == seq
        self.security[0] = replace(self.security[0], attempts=self.security[0].attempts + 1)

    def traces(self, token: Token) -> tuple[Trace, ...]:
        raise AssertionError(token)

    def security_log(
        self, oldest_utc: float | None = None, newest_utc: float | None = None
    ) -> tuple[SecurityEvent, ...]:
        raise AssertionError(oldest_utc, newest_utc)

    def firings_pending(self) -> FiringsEntry | None:
        return self.firings[0] if self.firings else None

    async def firings_settle(self, seq: int, fate: Fate) -> None:
        assert self.firings.popleft().seq == seq
        self.firings_fates[seq] = fate

    async def firings_tried(self, seq: int) -> None:
        assert self.firings[0].seq == seq
        self.firings[0] = replace(self.firings[0], attempts=self.firings[0].attempts + 1)


class Wire:
    """One connection, with the CSMS at its other end."""

    def __init__(self, csms: Csms) -> None:
        self._csms = csms
        self.inbox: asyncio.Queue[str | None] = asyncio.Queue()
        self.pinged: Callable[[], None] = lambda: None
        self.closed = False

    async def send(self, text: str) -> None:
        if self.closed:
            raise LinkLost("closed")
        self._csms.hears(self, text)

    async def receive(self) -> str:
        text = await self.inbox.get()
        if text is None:
            self.closed = True
            raise LinkLost("hung up")
        return text

    async def close(self) -> None:
        self.closed = True


class Csms:
    """Answers by table; a value of None is silence, a string the code of a CALLERROR."""

    def __init__(self, clock: LoopClock) -> None:
        self._clock = clock
        self.wires: list[Wire] = []
        self.heard: list[tuple[float, str, str, Json]] = []
        self.replies: list[list[Any]] = []
        self.answers: dict[str, Any] = {
            "BootNotification": self._boot,
            "Heartbeat": lambda: {"currentTime": _iso(clock.now().utc)},
            "StartTransaction": {"transactionId": 7, "idTagInfo": {"status": "Accepted"}},
            "Authorize": {"idTagInfo": {"status": "Accepted"}},
        }
        self.registration = deque[tuple[str, int]]()
        self.hurried = 0
        self.route = Route()

    def _boot(self) -> Json:
        status, interval = self.registration.popleft() if self.registration else ("Accepted", 300)
        return {"status": status, "currentTime": _iso(self._clock.now().utc), "interval": interval}

    async def dial(self) -> Wire:
        self.wires.append(Wire(self))
        return self.wires[-1]

    def hurry(self) -> None:
        self.hurried += 1

    def state(self) -> Json:
        return {"failure": None}

    def hears(self, wire: Wire, text: str) -> None:
        frame = json.loads(text)
        if frame[0] != 2:
            self.replies.append(frame)
            return
        _, id_, action, payload = frame
        self.heard.append((self._clock.now().mono, id_, action, payload))
        answer = self.answers.get(action, {})
        answer = answer() if callable(answer) else answer
        if isinstance(answer, str):
            wire.inbox.put_nowait(json.dumps([4, id_, answer, "", {}]))
        elif answer is not None:
            wire.inbox.put_nowait(json.dumps([3, id_, answer]))

    def says(self, text: str) -> None:
        self.wires[-1].inbox.put_nowait(text)

    def calls(self, action: str, **payload: Any) -> None:
        self.says(json.dumps([2, f"c-{action}", action, payload]))

    def hangs_up(self) -> None:
        self.wires[-1].inbox.put_nowait(None)

    @property
    def actions(self) -> list[str]:
        return [action for _, _, action, _ in self.heard]

    def of(self, *actions: str) -> list[tuple[float, str, Json]]:
        return [(at, id_, told) for at, id_, action, told in self.heard if action in actions]


@dataclass
class Play:
    """Everybody on stage."""

    talk: Talk
    csms: Csms
    desk: Desk
    queue: Queue
    clock: LoopClock

    def status(self, status: Status, evse: int = 1) -> None:
        self.talk.tell(StatusChanged(evse, 1, status, 1_700_000_000.0))

    def report(self, *notices: DurableNotice) -> None:
        for notice in notices:
            self.queue.add(len(self.queue.fates) + len(self.queue.entries) + 1, notice)
            self.talk.tell(notice)


FIRST, SECOND = Generation
"""What speaks the version of a play, and what the other one."""


@asynccontextmanager
async def playing(ocpp: str, other: str = "", *, sure: bool = True) -> AsyncIterator[Play]:
    clock = LoopClock(trusted=sure)
    desk, queue, csms = Desk(), Queue(), Csms(clock)
    dialects: dict[str, Dialect] = {"1.6": V16(LOG), "2.0.1": V201(clock)}
    ids = _ids()
    talk = Talk(
        dialects[ocpp],
        csms,
        Scene(desk, queue),
        clock,
        LOG,
        ids=lambda: next(ids),
        speaks=lambda generation: dialects[ocpp if generation is FIRST else other],
    )
    desk.tell = talk.tell
    play = Play(talk, csms, desk, queue, clock)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(talk.run())
        yield play
        running.cancel()


def _ids() -> Iterator[str]:
    return (f"s-{number}" for number in count(1))


def _iso(utc: float) -> str:
    return timestamp.render(utc)


def start() -> TransactionStarted:
    return TransactionStarted(
        transaction="tx-1",
        evse=1,
        at=1e9,
        seq=0,
        trigger=Trigger.CABLE_PLUGGED_IN,
        state=ChargingState.CHARGING,
        connector=1,
        token=CARD,
        remote_id=None,
        meter_wh=5.0,
        offline=False,
    )


def end() -> TransactionEnded:
    return TransactionEnded(
        transaction="tx-1",
        evse=1,
        at=1e9,
        seq=1,
        trigger=Trigger.STOP_AUTHORIZED,
        reason=StopReason.LOCAL,
        state=None,
        token=CARD,
        meter_wh=9.0,
        offline=False,
    )


@BOTH
def test_boot_comes_first_then_every_status_then_what_waits(ocpp: str) -> None:
    """Nothing leaves before the CSMS has accepted us (1.6 section 4.2, 2.0.1 B01)."""

    async def story() -> list[str]:
        async with playing(ocpp) as play:
            play.report(start(), end())
            play.status(Status.AVAILABLE, 1)
            play.status(Status.AVAILABLE, 2)
            await play.talk.drained()
            return play.csms.actions

    told = "StartTransaction StopTransaction" if ocpp == "1.6" else "TransactionEvent " * 2
    expected = ["BootNotification", *["StatusNotification"] * 2, *told.split()]
    assert jump(story()) == expected


@BOTH
def test_pending_boots_again_after_the_interval(ocpp: str) -> None:
    """While pending nothing is sent but what the CSMS asks for (2.0.1 B02)."""

    async def story() -> tuple[list[str], float]:
        async with playing(ocpp) as play:
            play.csms.registration += [("Pending", 77), ("Accepted", 300)]
            play.report(start())
            play.status(Status.AVAILABLE)
            await asyncio.sleep(1)
            play.csms.calls("TriggerMessage", requestedMessage="StatusNotification")
            await asyncio.sleep(1)
            early = play.csms.actions
            await asyncio.sleep(100)
            boots = play.csms.of("BootNotification")
            return early, boots[1][0] - boots[0][0]

    early, waited_s = jump(story())
    assert (early[0], set(early[1:])) == ("BootNotification", {"StatusNotification"})
    assert waited_s == pytest.approx(77)


@pytest.mark.parametrize(("ocpp", "answer"), [("1.6", []), ("2.0.1", ["SecurityError"])])
def test_rejected_hears_nothing(ocpp: str, answer: list[str]) -> None:
    """A rejected 1.6 station stays silent; a 2.0.1 station says SecurityError (B03)."""

    async def story() -> list[list[Any]]:
        async with playing(ocpp) as play:
            play.csms.registration += [("Rejected", 1000)]
            await asyncio.sleep(1)
            play.csms.calls("ClearCache")
            await asyncio.sleep(1)
            return play.csms.replies

    assert [reply[2] for reply in jump(story())] == answer


@BOTH
def test_a_lost_connection_loses_no_durable_notice(ocpp: str) -> None:
    """What was not answered is sent again, with the id it had, and nothing is sent twice else."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            await play.talk.drained()
            answers = dict(play.csms.answers)
            for action in ("StartTransaction", "TransactionEvent"):
                play.csms.answers[action] = None
            play.report(start())
            await asyncio.sleep(1)
            play.csms.hangs_up()
            await asyncio.sleep(0)
            play.csms.answers = answers
            play.report(end())
            await asyncio.sleep(1)
            await play.talk.drained()
            return play

    play = jump(story())
    told = play.csms.of("StartTransaction", "StopTransaction", "TransactionEvent")
    assert [id_ for _, id_, _ in told] == ["m-1", "m-1", "m-2"]
    assert play.queue.fates == {1: Fate.DELIVERED, 2: Fate.DELIVERED}
    online = [type(event) for event in play.desk.events if not isinstance(event, TokenJudged)]
    assert online[:3] == [CsmsOnline, CsmsOffline, CsmsOnline]
    assert play.csms.actions.count("BootNotification") == 1


@BOTH
def test_a_verdict_is_heard_though_the_connection_ends_with_it(ocpp: str) -> None:
    """What the CSMS says of a token while the disk is slow is not lost with the connection."""

    async def story() -> tuple[int, list[Event]]:
        async with playing(ocpp) as play:
            play.queue.slow_s = 2.0
            play.csms.answers |= {
                "StartTransaction": {"transactionId": 7, "idTagInfo": {"status": "Blocked"}},
                "TransactionEvent": {"idTokenInfo": {"status": "Blocked"}},
            }
            play.report(start())
            await asyncio.sleep(1)
            play.csms.hangs_up()
            await asyncio.sleep(10)
            return len(play.csms.of("StartTransaction", "TransactionEvent")), play.desk.events

    told, events = jump(story())
    verdict = Verdict(TokenStatus.BLOCKED)
    assert told == 1
    assert events.count(TransactionJudged("tx-1", CARD, verdict)) == 1


@BOTH
def test_a_refused_notice_is_repeated_ever_later_and_then_given_up(ocpp: str) -> None:
    """The n-th repetition waits n intervals; after the last attempt the next one's turn comes."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            play.desk.values.put(comms.ATTEMPTS, 3)
            play.desk.values.put(comms.ATTEMPT_INTERVAL, 10)
            for action in ("StartTransaction", "TransactionEvent"):
                play.csms.answers[action] = "InternalError"
            play.report(start())
            await asyncio.sleep(100)
            return play

    play = jump(story())
    times = [at for at, _, _ in play.csms.of("StartTransaction", "TransactionEvent")]
    assert [after - before for before, after in pairwise(times)] == [10.0, 20.0]
    assert play.queue.fates == {1: Fate.DROPPED}


@BOTH
def test_silence_counts_as_an_attempt(ocpp: str) -> None:
    """After the message timeout the call has failed, and a late answer is ignored."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            play.desk.values.put(comms.ATTEMPTS, 2)
            play.desk.values.put(comms.ATTEMPT_INTERVAL, 10)
            play.desk.values.put(comms.MESSAGE_TIMEOUT, 5)
            for action in ("StartTransaction", "TransactionEvent"):
                play.csms.answers[action] = None
            play.report(start())
            await asyncio.sleep(6)
            play.csms.says(json.dumps([3, "m-1", {}]))
            await asyncio.sleep(100)
            return play

    play = jump(story())
    times = [at for at, _, _ in play.csms.of("StartTransaction", "TransactionEvent")]
    assert times[1] - times[0] == 15.0
    assert play.queue.fates == {1: Fate.DROPPED}


@BOTH
def test_somebody_at_the_station_goes_first(ocpp: str) -> None:
    """An authorization overtakes the queue; the answer to it becomes an event."""

    async def story() -> Play:
        async with playing(ocpp) as play:
            if ocpp == "2.0.1":
                play.csms.answers["Authorize"] = {"idTokenInfo": {"status": "Accepted"}}
            await play.talk.drained()
            play.csms.heard.clear()
            play.report(start(), end())
            play.talk.tell(AuthorizationNeeded(1, CARD))
            await asyncio.sleep(1)
            return play

    play = jump(story())
    assert play.csms.actions[0] == "Authorize"
    judged = [e for e in play.desk.events if isinstance(e, TokenJudged)]
    assert judged[0].token == CARD


@BOTH
def test_an_authorization_that_is_lost_is_told(ocpp: str) -> None:
    """Whoever waits for an answer hears that none will come."""

    async def story() -> list[Event]:
        async with playing(ocpp) as play:
            play.csms.answers["Authorize"] = None
            await play.talk.drained()
            play.talk.tell(AuthorizationNeeded(1, CARD))
            await asyncio.sleep(1)
            play.csms.hangs_up()
            await asyncio.sleep(1)
            return play.desk.events

    assert TokenUnanswered(CARD) in jump(story())


@BOTH
def test_after_a_short_absence_only_changes_are_told(ocpp: str) -> None:
    """The history of statuses is never told, only where it led (1.6 section 4.9, 2.0.1 B04)."""

    async def story() -> list[Any]:
        async with playing(ocpp) as play:
            play.status(Status.AVAILABLE, 1)
            play.status(Status.AVAILABLE, 2)
            await play.talk.drained()
            play.csms.heard.clear()
            play.talk.disconnect()
            await asyncio.sleep(10)
            play.status(Status.PREPARING, 2)
            play.status(Status.FAULTED, 2)
            play.talk.connect()
            await asyncio.sleep(10)
            told = play.csms.of("StatusNotification")
            return [
                payload.get("connectorId" if ocpp == "1.6" else "evseId") for *_, payload in told
            ]

    assert jump(story()) == [2]


def statuses(play: Play) -> list[str]:
    """Return the words that the CSMS heard of connectors."""
    told = play.csms.of("StatusNotification")
    return [payload.get("status") or payload["connectorStatus"] for *_, payload in told]


@BOTH
def test_a_status_that_reads_the_same_is_not_told_again(ocpp: str) -> None:
    """2.0.1 has one word for what 1.6 tells apart; what was asked for is told all the same."""

    async def story() -> list[Any]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.status(Status.AVAILABLE)
            await play.talk.drained()
            play.csms.heard.clear()
            play.status(Status.PREPARING)  # nobody has plugged in: still Available in 2.0.1
            play.status(Status.PREPARING)
            await play.talk.drained()
            told = statuses(play)
            for _ in range(2):
                place = {"connectorId": 1} if ocpp == "1.6" else {"evse": {"id": 1}}
                play.csms.calls("TriggerMessage", requestedMessage="StatusNotification", **place)
                await asyncio.sleep(1)
            return [told, statuses(play)[len(told) :]]

    told, asked = jump(story())
    assert told == (["Preparing"] if ocpp == "1.6" else [])
    assert asked == ["Available", "Available"]


@BOTH
@pytest.mark.parametrize("arrives", [True, False])
def test_a_status_that_may_not_have_arrived_is_told_again(ocpp: str, *, arrives: bool) -> None:
    """A CSMS that did not answer may know it or not; a status that returns is then no old news."""

    async def story() -> list[Any]:
        async with playing(ocpp) as play:
            play.status(Status.AVAILABLE)
            await play.talk.drained()
            if not arrives:
                play.csms.answers["StatusNotification"] = None
            play.status(Status.FAULTED)
            await asyncio.sleep(1)
            play.csms.hangs_up()
            await asyncio.sleep(0)
            play.status(Status.AVAILABLE)
            play.csms.answers["StatusNotification"] = {}
            await asyncio.sleep(100)
            return statuses(play)

    assert jump(story()) == ["Available", "Faulted", "Available"]


def test_after_a_long_absence_2_0_1_tells_everything() -> None:
    """Longer than OfflineThreshold: every connector (B04)."""

    async def story() -> list[str]:
        async with playing("2.0.1") as play:
            play.status(Status.AVAILABLE, 1)
            play.status(Status.AVAILABLE, 2)
            await play.talk.drained()
            play.csms.heard.clear()
            play.talk.disconnect()
            await asyncio.sleep(61)
            play.talk.connect()
            await asyncio.sleep(1)
            return play.csms.actions

    assert jump(story()) == ["StatusNotification"] * 2


@BOTH
def test_the_answer_precedes_what_it_causes(ocpp: str) -> None:
    """A trigger is answered first; the message it asked for follows."""

    async def story() -> list[str]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.csms.heard.clear()
            order: list[str] = []
            hears = play.csms.hears

            def noting(wire: Wire, text: str) -> None:
                frame = json.loads(text)
                order.append("answer" if frame[0] == 3 else frame[2])
                hears(wire, text)

            play.csms.hears = noting  # type: ignore[method-assign]  # the order is what matters
            play.csms.calls("TriggerMessage", requestedMessage="Heartbeat")
            play.csms.calls("TriggerMessage", requestedMessage="BootNotification")
            await asyncio.sleep(1)
            return order

    order = jump(story())
    assert order.index("answer") < order.index("Heartbeat")
    assert order.count("answer") == 2


@BOTH
def test_a_station_that_is_silent_beats(ocpp: str) -> None:
    """A heartbeat leaves after the interval the CSMS gave, counted from the last message."""

    async def story() -> list[float]:
        async with playing(ocpp) as play:
            await asyncio.sleep(700)
            boots, beats = play.csms.of("BootNotification"), play.csms.of("Heartbeat")
            return [at - boots[0][0] for at, _, _ in beats]

    assert jump(story()) == pytest.approx([300, 600])


@BOTH
def test_bad_messages_change_nothing(ocpp: str) -> None:
    """Whatever arrives, the next good call is answered."""

    async def story() -> list[Any]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            for text in (
                "",
                "{",
                "[]",
                "[2]",
                '[9,"x"]',
                '[3,"never asked",{}]',
                '[2,"a","No",{}]',
            ):
                play.csms.says(text)
            play.csms.calls("ClearCache", surprise=1)
            play.csms.calls("DataTransfer", vendorId="nobody")
            await asyncio.sleep(1)
            assert not play.csms.wires[-1].closed
            return play.csms.replies

    replies = jump(story())
    assert replies[-1] == [3, "c-DataTransfer", {"status": "UnknownVendorId"}]
    assert "NotImplemented" in [reply[2] for reply in replies]


@BOTH
def test_not_wanted_means_not_connected(ocpp: str) -> None:
    """Disconnecting by hand hangs up, and connecting dials at once."""

    async def story() -> tuple[bool, int, int, list[Any]]:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.talk.disconnect()
            await asyncio.sleep(1000)
            closed, wires = play.csms.wires[-1].closed, len(play.csms.wires)
            wanted = [play.talk.state()["wanted"]]
            play.talk.connect()
            await asyncio.sleep(1)
            wanted.append(play.talk.state()["wanted"])
            return closed, wires, len(play.csms.wires), wanted

    assert jump(story()) == (True, 1, 2, [False, True])


def test_asked_statuses_are_requests_to_the_station() -> None:
    """A trigger of statuses asks the core, which tells them."""

    async def story() -> list[Request]:
        async with playing("1.6") as play:
            await play.talk.drained()
            play.csms.calls("TriggerMessage", requestedMessage="StatusNotification", connectorId=1)
            await asyncio.sleep(1)
            return play.desk.asked

    assert any(isinstance(request, ReportStatus) for request in jump(story()))


@BOTH
def test_a_silent_csms_is_dialled_anew_and_a_day_later_the_station_is_told(ocpp: str) -> None:
    """Nothing is heard over an open connection: hourly a new one, and then `CsmsSilent` (S34)."""

    async def story() -> None:
        async with playing(ocpp) as play:
            await play.talk.drained()
            began = asyncio.get_running_loop().time()
            play.csms.answers = dict.fromkeys(
                ["Heartbeat", "StatusNotification", "BootNotification"]
            )
            await asyncio.sleep(3600 + 900)

            assert len(play.csms.wires) > 1
            assert play.talk.state()["last_contact_by"] == "a message"

            await asyncio.sleep(86_700)
            silences = [one for one in play.desk.events if isinstance(one, CsmsSilent)]
            heard_s = asyncio.get_running_loop().time() - began
            assert len(silences) == 1
            assert 86_700 <= silences[0].silent_s < heard_s

    jump(story())


@BOTH
def test_a_connection_nobody_wants_is_not_missed(ocpp: str) -> None:
    """Disconnected on purpose, nothing is checked, dialled or restarted (S32)."""

    async def story() -> None:
        async with playing(ocpp) as play:
            await play.talk.drained()
            play.talk.disconnect()
            await asyncio.sleep(3 * 86_400)

            assert len(play.csms.wires) == 1
            assert not any(isinstance(one, CsmsSilent) for one in play.desk.events)

            play.talk.connect()
            await asyncio.sleep(86_000)

            assert not any(isinstance(one, CsmsSilent) for one in play.desk.events)

    jump(story())


@BOTH
def test_a_call_that_is_being_answered_is_waited_for(ocpp: str) -> None:
    """Whoever ends a talk can wait until the answer has left, and only as long."""

    async def story() -> None:
        async with playing(ocpp) as play:
            await play.talk.drained()
            await play.talk.answered()
            go, ask = asyncio.Event(), play.desk.ask

            async def slow(request: Request) -> Answer:
                await go.wait()
                return await ask(request)

            play.desk.ask = slow  # type: ignore[method-assign]
            play.csms.calls("ClearCache")
            await asyncio.sleep(1)
            answered = asyncio.ensure_future(play.talk.answered())
            await asyncio.sleep(1)

            assert not answered.done()
            assert play.csms.replies == []

            go.set()
            await answered

            assert [frame[0] for frame in play.csms.replies] == [3]

    jump(story())


@BOTH
def test_another_slot_hears_a_boot_in_its_own_words(ocpp: str) -> None:
    """What waits in the journal is told there, in order and once; back again it boots again."""
    other = "1.6" if ocpp == "2.0.1" else "2.0.1"

    async def story() -> tuple[list[str], list[str], list[str], Play]:
        async with playing(ocpp, other) as play:
            play.status(Status.AVAILABLE)
            play.report(start())
            await play.talk.drained()
            heard = [len(play.csms.actions)]
            for route in (Route(2, SECOND, "ws://b.example"), Route(1, FIRST)):
                play.csms.hangs_up()
                play.csms.route = route
                await asyncio.sleep(0.5)
                play.report(end())
                await play.talk.drained()
                heard.append(len(play.csms.actions))
            actions = play.csms.actions
            return actions[: heard[0]], actions[heard[0] : heard[1]], actions[heard[1] :], play

    def expected(version: str, word: str) -> list[str]:
        told = word if version == "1.6" else "TransactionEvent"
        return ["BootNotification", "StatusNotification", told]

    before, there, back, play = jump(story())
    assert before == expected(ocpp, "StartTransaction")
    assert there == expected(other, "StopTransaction")
    assert back == expected(ocpp, "StopTransaction")
    assert list(play.queue.fates.values()) == [Fate.DELIVERED] * 3


@BOTH
def test_the_same_slot_hears_no_boot(ocpp: str) -> None:
    """A connection that is made anew is no news (2.0.1 B04)."""

    async def story() -> list[str]:
        async with playing(ocpp, ocpp) as play:
            for _ in range(3):
                await play.talk.drained()
                play.csms.hangs_up()
                await asyncio.sleep(1)
            return play.csms.actions

    assert jump(story()) == ["BootNotification"]


def test_another_slot_is_told_why_the_station_started_until_one_has_accepted_it() -> None:
    """Then nobody knows a reason any more, and that is what it says."""

    async def story() -> list[object]:
        async with playing("2.0.1", "2.0.1") as play:
            play.csms.registration.append(("Pending", 600))
            await asyncio.sleep(1)
            for slot in (2, 3):
                play.csms.hangs_up()
                play.csms.route = Route(slot)
                await asyncio.sleep(1)
            return [told["reason"] for _, _, told in play.csms.of("BootNotification")]

    assert jump(story()) == ["PowerUp", "PowerUp", "Unknown"]


@BOTH
def test_another_version_holds_other_settings(ocpp: str) -> None:
    """The station is told which, and which are free again."""
    other = "1.6" if ocpp == "2.0.1" else "2.0.1"

    async def story() -> list[SettingsHeld]:
        async with playing(ocpp, other) as play:
            for route in (Route(2, SECOND, "ws://b.example"), Route(3, SECOND)):
                await play.talk.drained()
                play.csms.hangs_up()
                play.csms.route = route
                await asyncio.sleep(1)
            assert play.talk.state()["slot"] == 3
            return [one for one in play.desk.events if isinstance(one, SettingsHeld)]

    fixed = tuple(V16.fixed)
    (event,) = jump(story())
    if ocpp == "1.6":
        assert event == SettingsHeld((), fixed)
    else:
        assert event.freed == ()
        assert dict(event.held)[START_POINT.id] == "PowerPathClosed"
        assert [id_ for id_, _ in event.held] == list(fixed)
