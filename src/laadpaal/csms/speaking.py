"""What the station says to the CSMS, and what comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import msgspec

from laadpaal.csms.beside import Beside
from laadpaal.csms.dialect import Absorbed, Ask, BootAnswer, Call, Dialect, Scene, Then
from laadpaal.csms.exchange import Exchange
from laadpaal.csms.outbox import Drop, Lane, Lanes, Patience, Retries, SendNow, Waiting, WaitUntil
from laadpaal.csms.registration import Errand, Standing
from laadpaal.csms.statuses import Statuses
from laadpaal.ports.clock import Clock
from laadpaal.ports.journal import Entry, Fate, FiringsEntry, SecurityEntry
from laadpaal.properties import comms
from laadpaal.properties.clock import FROM_CSMS, OWN, TIME_SOURCES
from laadpaal.protocols.ocpp import codec, rpc
from laadpaal.protocols.ocpp.errors import LocalProtocolError, RemoteProtocolError
from laadpaal.station.events import (
    ClockCorrected,
    CsmsOffline,
    CsmsOnline,
    Event,
    OutsideEvent,
    TokenUnanswered,
)
from laadpaal.station.moment import Moment
from laadpaal.station.notices import (
    AuthorizationNeeded,
    DurableNotice,
    MeterSampled,
    MonitorsFired,
    Notice,
    SecurityEvent,
    SettingChanged,
    StatusChanged,
)
from laadpaal.station.words import Context

SMALLEST_JUMP_S = 1.0
"""A clock that differs by less is left alone."""
OLDEST_UTC, NEWEST_UTC = 0.0, 4_102_444_800.0
"""1970 and 2100: a clock beyond is broken, and near the years 1 and 9999 nobody could tell it."""
HEARTBEAT = "Heartbeat"
NOTHING = Absorbed()


class Speaker:
    """Knows what waits to be said, and says it one call at a time over any connection.

    Args:
        standing: How the station stands with the CSMS.
        ids: Makes message ids of at most 36 characters, never the same twice.
        statuses: What is known of each connector.
    """

    def __init__(
        self,
        dialect: Dialect,
        scene: Scene,
        clock: Clock,
        log: logging.Logger,
        standing: Standing,
        ids: Callable[[], str],
        statuses: Statuses | None = None,
    ) -> None:
        self._dialect = dialect
        self._scene = scene
        self._clock = clock
        self._log = log
        self._ids = ids
        self._retries = Retries(Patience())
        self._beside = self._queues()
        self._lanes = Lanes()
        self._statuses = statuses or Statuses()
        self._saying: Waiting | None = None
        self._offline_since: float | None = None
        self.standing = standing
        self.online = False
        """Whether there is a connection to a CSMS that has accepted us."""

    def heir(self, dialect: Dialect) -> Speaker:
        """Return one that says what is left to another CSMS, which does not know us yet.

        It knows the statuses; calls that waited died with the last connection.
        """
        standing = self.standing.elsewhere(self._scene.desk.values[comms.HEARTBEAT_INTERVAL])
        scene, statuses = self._scene, self._statuses
        return Speaker(dialect, scene, self._clock, self._log, standing, self._ids, statuses)

    # --- what there is to say ---

    def tell(self, notice: Notice) -> None:
        """Take a notice; what is in the journal is read from there when it is its turn."""
        if isinstance(notice, StatusChanged):
            self._statuses.heard(notice)
        if isinstance(notice, SettingChanged) and notice.id == comms.HEARTBEAT_INTERVAL.id:
            self.standing.heartbeat_s = self._scene.desk.values[comms.HEARTBEAT_INTERVAL]
        if isinstance(notice, DurableNotice | SecurityEvent) or _queued(notice):
            return
        if not (self.online or _asked(notice)):
            return  # what passes while offline is forgotten (1.6 section 4.9)
        for call in self._dialect.tables.tells[type(notice)](notice, self._scene):
            if _asked(notice) or self._statuses.news(call):
                self._put(_lane(notice), Waiting(call, notice, _asked(notice)))

    async def follow(self, then: Then) -> None:
        """Do what follows on an answer to the CSMS."""
        if isinstance(then, OutsideEvent):
            self._happened(then)
            return
        match then:
            case Call():
                self._put(Lane.ASKED, Waiting(then, asked=True))
            case Ask.BOOT:
                self.standing.boot_asked(self._now)
            case Ask.HEARTBEAT:
                self.beat()
            case _:
                await self._scene.desk.ask(then)

    def beat(self) -> None:
        """Send a heartbeat out of turn."""
        self._put(Lane.ASKED, Waiting(self._dialect.heartbeat(), asked=True))

    def connected(self) -> None:
        """Take note of a new connection; a registration outlives the old one."""
        if self.standing.accepted:
            away_s = self._now - (self._offline_since or self._now)
            after_s = self._dialect.all_after_s(self._scene)
            if after_s is not None and away_s > after_s:
                self._statuses.forget()
            self._came_online()

    async def lost(self) -> None:
        """Take note that the connection is gone."""
        said = (self._saying,) if self._saying else ()
        for waiting in (*said, *self._lanes.clear()):
            self._unanswered(waiting)
        self._saying = None
        if self._offline_since is None:
            self._offline_since = self._now
        self._went_offline()
        await self._scene.journal.left_offline()

    # --- saying it ---

    def next_wake(self) -> float | None:
        """Return the monotonic second at which something is due, or None."""
        journal, planned = self._scene.journal, [self.standing.next_wake()]
        if self.standing.accepted:
            planned += [self._retry_at(journal.pending()), *(q.retry_at() for q in self._beside)]
        return min((at for at in planned if at is not None), default=None)

    async def say(self, exchange: Exchange) -> bool:
        """Say what comes first; tell whether there was anything. Raises LinkLost."""
        if self.standing.boot_due(self._now):
            await self._boot(exchange)
            return True
        waiting = self._first()
        if waiting is not None:
            await self._pass(exchange, waiting)
            return True
        if not self.standing.accepted:
            return False
        return (
            await self._report(exchange)
            or await self._say_beside(exchange)
            or await self._rest(exchange)
        )

    def _first(self) -> Waiting | None:
        ordinary = self.standing.may_send(Errand.ORDINARY)
        asked = self.standing.may_send(Errand.ASKED)
        first = self._lanes.take(Lane.AUTHORIZE) if ordinary else None
        return first or (self._lanes.take(Lane.ASKED) if asked else None)

    async def _boot(self, exchange: Exchange) -> None:
        call = self._dialect.boot(self.standing.reason, self._scene)
        answer = await self._call(exchange, call)
        if answer is None:
            self.standing.unanswered(self._now)
            return
        verdict = self._dialect.booted(answer)
        self.standing.judged(verdict, self._now)
        self._log.info("Registration: %s", verdict.registration.value)
        self._correct(verdict.utc)
        if self.standing.accepted:
            self._statuses.forget()
            self._came_online(verdict)
        else:
            self._went_offline()

    def _came_online(self, verdict: BootAnswer | None = None) -> None:
        """Tell where the statuses are now; never their history (1.6 section 4.9, 2.0.1 B04)."""
        for notice in self._statuses.all():
            for call in self._dialect.tables.tells[StatusChanged](notice, self._scene):
                if self._statuses.news(call):
                    self._put(Lane.ASKED, Waiting(call, notice))
        self.online, self._offline_since = True, None
        self._happened(CsmsOnline(verdict.interval_s if verdict else 0))

    def _went_offline(self) -> None:
        if self.online:
            self.online = False
            self._happened(CsmsOffline())

    async def _rest(self, exchange: Exchange) -> bool:
        waiting = self._lanes.take(Lane.REST)
        if waiting is None and self.standing.heartbeat_due(self._now):
            waiting = Waiting(self._dialect.heartbeat())
        if waiting is None:
            return False
        await self._pass(exchange, waiting)
        return True

    async def _pass(self, exchange: Exchange, waiting: Waiting) -> None:
        """Say a passing thing; when it is lost, nobody says it again."""
        call = waiting.call
        self._saying = waiting
        answer = await self._call(exchange, call)
        self._saying = None
        if call.action == HEARTBEAT:
            self.standing.beaten(self._now)
        if answer is None:
            self._unanswered(waiting)
            return
        if call.action == HEARTBEAT:
            self._correct(self._dialect.beaten(answer))
        if absorb := self._dialect.tables.absorbs.get(call.action):
            self._happened(*absorb(call, answer, self._scene).events)

    # --- durable notices ---

    async def _report(self, exchange: Exchange) -> bool:
        """Say the oldest durable notice, when it is its turn (1.6 section 3.7, 2.0.1 E04)."""
        entry = self._scene.journal.pending()
        if entry is None:
            return False
        match self._turn(entry):
            case Drop():
                self._log.error("Given up after %d attempts: %r", entry.attempts, entry.notice)
                await self._scene.journal.settle(entry.seq, Fate.DROPPED)
            case SendNow():
                await self._deliver(exchange, entry)
            case WaitUntil():
                return False
        return True

    def _turn(self, entry: Entry) -> SendNow | WaitUntil | Drop:
        self._retries.patience = self._patience()
        return self._retries.turn(entry, self._now)

    def _patience(self) -> Patience:
        values = self._scene.desk.values
        return Patience(values[comms.ATTEMPTS], values[comms.ATTEMPT_INTERVAL])

    def _retry_at(self, entry: Entry | None) -> float | None:
        turn = self._turn(entry) if entry else None
        return turn.at if isinstance(turn, WaitUntil) else None

    async def _deliver(self, exchange: Exchange, entry: Entry) -> None:
        journal = self._scene.journal
        call = self._dialect.tables.reports[type(entry.notice)](entry, self._scene)
        if call is None:
            await journal.settle(entry.seq, Fate.DELIVERED)
            return
        answer = await self._call(exchange, call, entry.message_id)
        if answer is None:
            await journal.tried(entry.seq)
            self._retries.failed(entry.seq, self._now)
            return
        absorb = self._dialect.tables.absorbs.get(call.action)
        absorbed = absorb(call, answer, self._scene) if absorb else NOTHING
        # Before it is settled: a connection that ends meanwhile takes us with it, and what is
        # settled is never answered again.
        self._happened(*absorbed.events)
        await journal.settle(entry.seq, Fate.DELIVERED, absorbed.csms_id)

    # --- the queues beside the journal ---

    def _queues(self) -> tuple[Beside[SecurityEntry], Beside[FiringsEntry]]:
        journal, tells, scene = self._scene.journal, self._dialect.tables.tells, self._scene

        def event(entry: SecurityEntry) -> Call | None:
            return next(iter(tells[SecurityEvent](entry.event, scene)), None)

        def firings(entry: FiringsEntry) -> Call | None:
            return next(iter(tells[MonitorsFired](entry.notice, scene)), None)

        def now() -> float:
            return self._now

        return (
            Beside(
                pending=journal.security_pending,
                settle=journal.security_settle,
                tried=journal.security_tried,
                call=event,
                patience=self._patience,
                now=now,
                log=self._log,
            ),
            Beside(
                pending=journal.firings_pending,
                settle=journal.firings_settle,
                tried=journal.firings_tried,
                call=firings,
                patience=self._patience,
                now=now,
                log=self._log,
            ),
        )

    async def _say_beside(self, exchange: Exchange) -> bool:
        """Say the oldest of a queue beside the journal, when it is its turn."""

        async def say(call: Call, message_id: str) -> bool:
            return await self._call(exchange, call, message_id) is not None

        security, firings = self._beside
        return await security.say(say) or await firings.say(say)

    # --- one call ---

    async def _call(self, exchange: Exchange, call: Call, message_id: str = "") -> Any | None:  # noqa: ANN401  a payload of the dialect's version
        """Return the answer, or None for an error, silence or nonsense; raises LinkLost."""
        try:
            payload = codec.encode(call.payload)
        except LocalProtocolError:
            self._log.exception("%s cannot be told", call.action)
            return None
        frame = rpc.Call(message_id or self._ids(), call.action, payload)
        timeout_s = self._scene.desk.values[comms.MESSAGE_TIMEOUT]
        answer = await exchange.call(frame, timeout_s)
        self.standing.sent(self._now)
        match answer:
            case rpc.CallResult(payload=raw):
                return self._read(call.action, raw)
            case rpc.CallError(code=code, description=why):
                self._log.warning("%s refused by the CSMS: %s %s", call.action, code, why)
            case None:
                pass  # the exchange has logged it
        return None

    def _read(self, action: str, raw: msgspec.Raw) -> Any | None:  # noqa: ANN401  as above
        try:
            return codec.decode_response(self._dialect.language, action, raw)
        except RemoteProtocolError as wrong:
            self._log.warning("Broken answer to %s: %s", action, wrong.detail)
            return None

    # --- small things ---

    @property
    def _now(self) -> float:
        return self._clock.now().mono

    def _happened(self, *events: Event) -> None:
        for event in events:
            self._scene.desk.happened(event)

    def _put(self, lane: Lane, waiting: Waiting) -> None:
        if self._lanes.put(lane, waiting):
            self._statuses.said(waiting.call)
        else:
            self._log.warning("%s forgotten: too many calls wait", waiting.call.action)
            self._unanswered(waiting)

    def _unanswered(self, waiting: Waiting) -> None:
        self._statuses.lost(waiting.call)
        if isinstance(waiting.notice, AuthorizationNeeded):
            self._happened(TokenUnanswered(waiting.notice.token))

    def _correct(self, utc: float | None) -> None:
        """Take over the CSMS's clock (1.6 section 4.2, 2.0.1 B01)."""
        if utc is None:
            return
        if not OLDEST_UTC <= utc <= NEWEST_UTC:
            self._log.warning("The clock of the CSMS is ignored: %.0f s since 1970", utc)
            return
        now = self._clock.now()
        if not self._taken(now) or (now.trusted and abs(utc - now.utc) < SMALLEST_JUMP_S):
            return
        jump_s = self._clock.correct(utc)  # whatever the jump, the CSMS vouches for it
        if abs(jump_s) >= SMALLEST_JUMP_S:
            self._log.info("Clock corrected by %.1f s", jump_s)
            self._happened(ClockCorrected(jump_s))

    def _taken(self, now: Moment) -> bool:
        """Tell whether the CSMS's time is wanted, and there is no better one."""
        sources = self._scene.desk.values[TIME_SOURCES]
        return FROM_CSMS in sources and not (sources[0] == OWN and now.trusted)


def _asked(notice: Notice) -> bool:
    """Tell whether the CSMS asked for it."""
    match notice:
        case StatusChanged(asked=asked):
            return asked
        case MeterSampled(context=context):
            return context is Context.TRIGGER
        case _:
            return False


def _queued(notice: Notice) -> bool:
    """Tell whether it is told from a queue on disk."""
    return isinstance(notice, MonitorsFired) and notice.queued


def _lane(notice: Notice) -> Lane:
    if isinstance(notice, AuthorizationNeeded):
        return Lane.AUTHORIZE
    return Lane.ASKED if _asked(notice) else Lane.REST
