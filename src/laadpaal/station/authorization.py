"""Who may charge: cards, remote starts, and what the CSMS and the cache say of them."""

from __future__ import annotations

from laadpaal.properties import authorization as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.cache import Cache
from laadpaal.station.display import ScreenState
from laadpaal.station.evse import Authorization, Evse, Waiting
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.notices import AuthorizationNeeded, TokenRefused
from laadpaal.station.words import StopReason, Token, Trigger, Verdict

REJECTED_S = 3.0
"""How long a refused card is shown."""


class Authorizer:
    """Owns each EVSE's waiting token and authorization."""

    def __init__(self, facts: Facts, cache: Cache) -> None:
        self._facts = facts
        self.cache = cache

    def present(self, reader: int, token: Token) -> None:
        """Take a card that was held to a reader."""
        evse = self._meant(reader, token)
        if evse is None or evse.waiting or self._facts.restarting:
            return
        if evse.authorization and token.same(evse.authorization.token):
            self.stop(evse, token)
        elif evse.held and not evse.transaction and token.same(evse.held.token):
            evse.held = None
        else:
            self.check(evse, Waiting(token, floating=reader == 0 and not evse.cabled))

    def _meant(self, reader: int, token: Token) -> Evse | None:
        """Return the EVSE a card is for: its own, else the last one plugged, else a free one."""
        if reader:
            return self._facts.evses.get(reader)
        evses = list(self._facts.evses.values())
        for evse in evses:
            owner = _owner(evse)
            if owner and token.same(owner.token):
                return evse
        free = [e for e in evses if not _owner(e) and self._free(e)]
        plugged = [e for e in free if e.cabled]
        if plugged:
            return max(plugged, key=lambda e: e.plugged_order)
        busy = [e for e in evses if _owner(e) and not e.waiting]
        return next(iter(free + busy), None)

    def _free(self, evse: Evse) -> bool:
        blocked = evse.stopped_by(Stops.EVERYTHING) or evse.waiting or self._facts.restart_wanted
        return not blocked and self._facts.usable(evse)

    def check(self, evse: Evse, waiting: Waiting) -> None:
        """Decide on a token from the cache, or ask the CSMS."""
        evse.waiting = waiting
        known = self._known(waiting.token)
        if not self._facts.online:
            self._offline(evse, known)
        elif known and known.good and self._facts.values[rows.PRE_AUTHORIZE]:
            self._judge(evse, known)
        else:
            timeout_s = self._facts.values[rows.ANSWER_TIMEOUT]
            self._facts.agenda.set(self._timer(evse), self._facts.now.mono + timeout_s)
            self._facts.tell(AuthorizationNeeded(evse.number, waiting.token))

    def judged(self, token: Token, verdict: Verdict) -> None:
        """Take the CSMS's word on a token; it is remembered, good or bad."""
        if self._facts.values[rows.CACHE_ENABLED]:
            self.cache.put(token, verdict)
        for evse in self._facts.evses.values():
            if evse.waiting and token.same(evse.waiting.token):
                self._judge(evse, verdict)

    def unanswered(self, token: Token | None) -> None:
        """Let the offline rules decide on a token (None: on all) nobody answered about."""
        for evse in self._facts.evses.values():
            if evse.waiting and (token is None or token.same(evse.waiting.token)):
                self._offline(evse, self._known(evse.waiting.token))

    def _known(self, token: Token) -> Verdict | None:
        return self.cache.find(token) if self._facts.values[rows.CACHE_ENABLED] else None

    def _offline(self, evse: Evse, known: Verdict | None) -> None:
        values = self._facts.values
        if known and known.good and values[rows.OFFLINE_KNOWN]:
            self._judge(evse, known)
        elif known is None and values[rows.OFFLINE_UNKNOWN]:
            self._grant(evse, None)
        else:
            self._refuse(evse, "the CSMS cannot be asked")

    def _judge(self, evse: Evse, verdict: Verdict) -> None:
        if not verdict.good:
            self._refuse(evse, verdict.status.value)
        elif verdict.evses and evse.number not in verdict.evses:
            self._refuse(evse, "not for this EVSE")
        else:
            self._grant(evse, verdict.group)

    def _refuse(self, evse: Evse, why: str) -> None:
        self._facts.tell(TokenRefused(evse.number, self._waited(evse).token, why))
        self.pass_screen(evse, ScreenState.CARD_REJECTED, REJECTED_S)

    def _grant(self, evse: Evse, group: str | None) -> None:
        waiting = self._waited(evse)
        by = Authorization(waiting.token, group, waiting.remote_id, waiting.floating)
        if evse.authorization is None and self._open_to(evse, by):
            self.authorize(evse, by)
        elif evse.authorization and _one_group(evse.authorization, by):
            self.stop(evse, waiting.token)
        elif evse.held and _one_group(evse.held, by):
            evse.held = None
        else:
            self._facts.tell(TokenRefused(evse.number, waiting.token, "the EVSE is in use"))

    def _open_to(self, evse: Evse, by: Authorization) -> bool:
        """Tell whether nobody else has the EVSE, or has a plug or a transaction there."""
        owner = _owner(evse)
        if owner is None or by.token.same(owner.token):
            return self._free(evse)
        return evse.transaction is not None and _one_group(owner, by) and self._free(evse)

    def _waited(self, evse: Evse) -> Waiting:
        waiting, evse.waiting = evse.waiting, None
        self._facts.agenda.cancel(self._timer(evse))
        if waiting is None:
            raise AssertionError("nobody waits here")
        return waiting

    def authorize(self, evse: Evse, authorization: Authorization) -> None:
        """Let a token use the EVSE; without a vehicle it has the connect timeout to come."""
        evse.authorization, evse.held, evse.released = authorization, None, False
        evse.stop_reason = None
        if evse.transaction:
            evse.transaction.blocked = False
        remote = authorization.remote_id is not None
        evse.causes.append(
            (Trigger.REMOTE_START if remote else Trigger.AUTHORIZED, authorization.token)
        )
        if not evse.connected:
            self.expect(evse)

    def expect(self, evse: Evse) -> None:
        """Give the vehicle the connect timeout to come, or to come back."""
        timeout_s = self._facts.values[tx_rows.CONNECT_TIMEOUT]
        self._facts.agenda.set(Timer(Due.CONNECT, evse.number), self._facts.now.mono + timeout_s)

    def move(self, there: Evse, here: Evse) -> None:
        """Let what was not bound to an EVSE follow the vehicle (S63)."""
        here.authorization, there.authorization = there.authorization, None
        here.waiting, there.waiting = there.waiting, None
        for due in (Due.AUTHORIZE_ANSWER, Due.CONNECT):
            at = self._facts.agenda.planned(Timer(due, there.number))
            self._facts.agenda.cancel(Timer(due, there.number))
            if at is not None and (due is Due.AUTHORIZE_ANSWER or not here.connected):
                self._facts.agenda.set(Timer(due, here.number), at)

    def stop(self, evse: Evse, token: Token | None) -> None:
        """End the authorization because a card (or the stop button) said so."""
        self.end(evse, Trigger.STOP_AUTHORIZED, StopReason.LOCAL, token)

    def end(
        self, evse: Evse, trigger: Trigger, reason: StopReason, token: Token | None = None
    ) -> None:
        """End the EVSE's authorization; its transaction learns why.

        The plug stays with its owner when it was not they who ended it (1.6 section 4.4, E09).
        """
        evse.held = evse.authorization if trigger in self._holding() and evse.lockable else None
        evse.authorization = None
        evse.causes.append((trigger, token))
        evse.stop_reason = evse.stop_reason or reason
        self._facts.agenda.cancel(Timer(Due.CONNECT, evse.number))

    def _holding(self) -> set[Trigger]:
        """Return what ends an authorization and leaves the plug locked."""
        unlocks = self._facts.values[tx_rows.UNLOCK_ON_DISCONNECT]
        left = set() if unlocks else {Trigger.EV_COMMUNICATION_LOST}
        return {Trigger.DEAUTHORIZED, *left}

    def pass_screen(self, evse: Evse, state: ScreenState, wait_s: float) -> None:
        """Show a screen for a while."""
        evse.passing = state
        self._facts.agenda.set(Timer(Due.DISPLAY, evse.number), self._facts.now.mono + wait_s)

    @staticmethod
    def _timer(evse: Evse) -> Timer:
        return Timer(Due.AUTHORIZE_ANSWER, evse.number)


def _owner(evse: Evse) -> Authorization | None:
    """Return who has the EVSE: may charge there, or has a transaction or a plug in it."""
    tx = evse.transaction
    if evse.authorization is None and tx and tx.token:
        return Authorization(tx.token, tx.group)
    return evse.authorization or evse.held


def _one_group(one: Authorization, other: Authorization) -> bool:
    return one.group is not None and one.group == other.group
