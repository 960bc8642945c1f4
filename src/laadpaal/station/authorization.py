"""Who may charge: cards, remote starts, and what the CSMS, list and cache say of them."""

from __future__ import annotations

from laadpaal.properties import authorization as rows
from laadpaal.properties import transactions as tx_rows
from laadpaal.station import passing
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.cards import drawn
from laadpaal.station.deciding import Deciding, Way
from laadpaal.station.display import ScreenState
from laadpaal.station.evse import Authorization, Evse, Waiting
from laadpaal.station.facts import Facts
from laadpaal.station.faults import Stops
from laadpaal.station.key_codes import KeyCodes
from laadpaal.station.knowledge import Knowledge, Known
from laadpaal.station.notices import AuthorizationNeeded, TokenRefused
from laadpaal.station.payment import PAYMENT
from laadpaal.station.reservations import Reservations, kept_for, kept_from
from laadpaal.station.words import (
    NOBODY,
    StopReason,
    Token,
    TokenKind,
    Trigger,
    Verdict,
    one_group,
)

CHECK = "authorization"
"""Owns the screens that tell how the check of a token goes."""
REJECTED_S = 3.0
"""How long a refused card is shown."""


class Authorizer:
    """Owns each EVSE's waiting token and authorization."""

    def __init__(self, facts: Facts, knowledge: Knowledge, reservations: Reservations) -> None:
        self._facts = facts
        self._knowledge = knowledge
        self._reservations = reservations
        self._deciding = Deciding(facts)
        self._codes = KeyCodes(facts)

    def present(self, reader: int, token: Token) -> None:
        """Take a card that was held to a reader."""
        evse = self.meant(reader, token)
        if evse is None or evse.waiting or evse.authorizing or self._facts.restarting:
            return
        if self._awaited(token):
            return
        if not useful(token):
            self._facts.tell(TokenRefused(evse.number, token, "the card does not say who it is"))
            passing.show(self._facts, evse, ScreenState.INVALID_CARD, CHECK, REJECTED_S)
        elif token.kind is TokenKind.KEY_CODE and self._codes.shut:
            self._turn_away(evse, token, "too many wrong codes")
        elif evse.authorization and token.same(evse.authorization.token):
            self.stop(evse, token)
        elif evse.held and not evse.transaction and token.same(evse.held.token):
            evse.held = None
        elif self.barred(evse, token) and not self.master(token):
            self._turn_away(evse, token)
        else:
            floating = reader == 0 and not evse.cabled and not self.bound(evse)
            self.check(evse, Waiting(token, floating=floating))

    def _awaited(self, token: Token) -> bool:
        """Tell whether there will soon be a word on that token: it was held to a reader twice."""
        waiting = (evse.waiting for evse in self._facts.evses.values())
        return any(one is not None and token.same(one.token) for one in waiting)

    def meant(self, reader: int, token: Token) -> Evse | None:
        """Return the EVSE a card is for: its own, else the last one plugged, else a free one.

        What is kept for others comes last of all.
        """
        if reader:
            return self._facts.evses.get(reader)
        evses = list(self._facts.evses.values())
        for evse in evses:
            owner = _owner(evse)
            if owner and token.same(owner.token):
                return evse
        free = [e for e in evses if not _owner(e) and self.free(e)]
        own = self.reserved(token)
        if own in free:
            return own
        kept = [e for e in free if self.barred(e, token)]
        plugged = [e for e in free if e.cabled and e not in kept]
        if plugged:
            return max(plugged, key=lambda e: e.plugged_order)
        bare = sorted((e for e in free if e not in kept), key=self._kept)
        busy = [e for e in evses if _owner(e) and not e.waiting]
        return next(iter(bare + busy + kept), None)

    def reserved(self, token: Token) -> Evse | None:
        """Return the very EVSE that is reserved for the token."""
        mine = (r for r in self._facts.reservations.values() if token.same(r.token))
        return next((self._facts.evses[r.evse] for r in mine if r.evse), None)

    def barred(
        self, evse: Evse, token: Token, group: str | None = None, *, sure: bool = False
    ) -> bool:
        """Tell whether the EVSE is kept for others, whatever the CSMS may say of the token.

        With `sure` the CSMS will not be asked, so that what is known here must do.
        """
        known = self._knowledge.of(token)
        group = group or (known.verdict.group if known else None)
        return kept_from(self._facts, evse, token, group, sure=sure)

    def _kept(self, evse: Evse) -> bool:
        return bool(kept_for(self._facts, evse))

    def bound(self, evse: Evse) -> bool:
        """Tell whether who comes to the EVSE means that one, for it was reserved by its number."""
        return any(r.evse == evse.number for r in self._facts.reservations.values())

    def free(self, evse: Evse) -> bool:
        """Tell whether the EVSE is in order and in use, and nobody is on their way in or out."""
        blocked = evse.stopped_by(Stops.EVERYTHING) or evse.waiting or evse.authorizing
        return not (blocked or evse.ending) and self.takes(evse)

    def vacant(self, evse: Evse, token: Token) -> bool:
        """Tell whether the EVSE is free, and nobody else has it or is it kept for."""
        return self.free(evse) and self.unowned(evse, token)

    def unowned(self, evse: Evse, token: Token) -> bool:
        """Tell whether nobody else has the EVSE, or is it kept for."""
        return _owner(evse) is None and not self.barred(evse, token, sure=True)

    def takes(self, evse: Evse) -> bool:
        """Tell whether anybody new may come: the EVSE is in use, and no reset waits for it.

        One that waits for a reservation lets its owner come.
        """
        closes = evse.reset_wanted or (self._facts.restart_wanted and not self._kept(evse))
        return self._facts.usable(evse) and not closes

    def check(self, evse: Evse, waiting: Waiting) -> None:
        """Decide on a token, or ask the CSMS (1.6 section 4.2, 2.0.1 block C)."""
        evse.waiting = waiting
        known = self._knowledge.of(waiting.token)
        way = self._deciding.way(evse, waiting.token, known)
        if way is not Way.ASK:
            self._go(evse, way, known)
            return
        timeout_s = self._facts.values[rows.ANSWER_TIMEOUT]
        self._facts.agenda.set(self._timer(evse), self._facts.now.mono + timeout_s)
        passing.show(self._facts, evse, ScreenState.PLEASE_WAIT, CHECK, timeout_s)
        self._facts.tell(AuthorizationNeeded(evse.number, waiting.token))

    def _go(self, evse: Evse, way: Way, known: Known | None) -> None:
        """Do what was decided without the CSMS."""
        if way is Way.FREE:
            self._grant(evse, None)
        elif way is Way.KNOWN and known:
            if known.good:
                self._knowledge.used(self._here(evse).token)
            self._judge(evse, known.verdict, known.by)
        else:
            self._refuse(evse, way.value)

    def judged(self, token: Token, verdict: Verdict) -> None:
        """Take the CSMS's word on a token; it is remembered, good or bad, unless it is listed."""
        self._knowledge.told(token, verdict)
        for evse in self._facts.evses.values():
            if evse.waiting and token.same(evse.waiting.token):
                self._judge(evse, verdict)

    def unanswered(self, token: Token | None) -> None:
        """Let the offline rules decide on a token (None: on all) nobody answered about."""
        for evse in self._facts.evses.values():
            if evse.waiting and (token is None or token.same(evse.waiting.token)):
                known = self._knowledge.of(evse.waiting.token)
                self._go(evse, self._deciding.offline(evse, known), known)

    def _judge(self, evse: Evse, verdict: Verdict, by: str = "CSMS") -> None:
        if not verdict.good:
            self._refuse(evse, f"the {by} says {verdict.status.value}")
        elif self._deciding.master(verdict.group):
            self._stop_all(evse)
        elif verdict.evses and evse.number not in verdict.evses:
            self._refuse(evse, f"the {by} says that it is not for this EVSE")
        else:
            self._grant(evse, verdict.group)

    def master(self, token: Token, group: str | None = None) -> bool:
        """Tell whether a token is a master pass, as far as is known without asking."""
        known = self._knowledge.of(token)
        own = known.verdict.group if known and known.good else None
        return self._deciding.master(own) or self._deciding.master(group)

    def _stop_all(self, evse: Evse) -> None:
        """Let a master pass end every transaction and free every plug; it starts none (C16)."""
        waiting, evses = self._here(evse), self._facts.evses.values()
        if waiting.asked or not any(e.held or (e.authorization and e.transaction) for e in evses):
            self._refuse(evse, "a master pass starts nothing")
            return
        self._waited(evse)
        for one in evses:
            one.held = None
            if one.authorization and one.transaction:
                self.end(one, Trigger.STOP_AUTHORIZED, StopReason.MASTER_PASS, waiting.token)

    def _refuse(self, evse: Evse, why: str) -> None:
        token = self._waited(evse).token
        if token.kind is TokenKind.KEY_CODE:
            self._codes.wrong()
        self._turn_away(evse, token, why)

    def _turn_away(self, evse: Evse, token: Token, why: str = "the EVSE is reserved") -> None:
        self._facts.tell(TokenRefused(evse.number, token, why))
        passing.show(self._facts, evse, ScreenState.CARD_REJECTED, CHECK, REJECTED_S)

    def _grant(self, evse: Evse, group: str | None) -> None:
        waiting = self._waited(evse)
        by = Authorization(
            waiting.token, group, waiting.remote_id, waiting.floating, profile=waiting.profile
        )
        if waiting.token.kind is TokenKind.KEY_CODE:
            self._codes.right()
        if kept_from(self._facts, evse, by.token, group):
            self._turn_away(evse, waiting.token)
        elif evse.authorization is None and self._open_to(evse, by):
            self.authorize(evse, by)
        elif evse.authorization and one_group(evse.authorization.group, group):
            self.stop(evse, waiting.token)
        elif evse.held and one_group(evse.held.group, group):
            evse.held = None
        elif evse.authorization and self._unnamed(evse.authorization):
            self._name(evse, evse.authorization, by)
        else:
            self._facts.tell(TokenRefused(evse.number, waiting.token, "the EVSE is in use"))

    def _unnamed(self, authorization: Authorization) -> bool:
        """Tell whether somebody charges without having said who it is, for nobody has to."""
        return authorization.token.same(NOBODY) and not self._facts.values[rows.AUTHORIZE]

    def _name(self, evse: Evse, authorization: Authorization, by: Authorization) -> None:
        """Tell who it is that was let in as nobody in particular."""
        authorization.token, authorization.group = by.token, by.group
        if evse.transaction:
            evse.transaction.token, evse.transaction.group = by.token, by.group
        evse.causes.append((Trigger.AUTHORIZED, by.token))

    def _open_to(self, evse: Evse, by: Authorization) -> bool:
        """Tell whether nobody else has the EVSE, or has a plug or a transaction there."""
        owner = _owner(evse)
        if owner is None or by.token.same(owner.token):
            return self.free(evse)
        fellow = one_group(owner.group, by.group)
        return evse.transaction is not None and fellow and self.free(evse)

    def _waited(self, evse: Evse) -> Waiting:
        waiting, evse.waiting = self._here(evse), None
        self._facts.agenda.cancel(self._timer(evse))
        passing.take_back(self._facts, evse, CHECK)
        return waiting

    @staticmethod
    def _here(evse: Evse) -> Waiting:
        if evse.waiting is None:
            raise AssertionError("nobody waits here")
        return evse.waiting

    def authorize(self, evse: Evse, authorization: Authorization) -> None:
        """Let a token use the EVSE; without a vehicle it has the connect timeout to come."""
        evse.authorization, evse.held = authorization, None
        evse.stop_reason = None
        authorization.reservation = self._reservations.use(
            evse, authorization.token, authorization.group
        )
        if evse.transaction:
            evse.transaction.blocked, evse.transaction.allowed_wh = False, None
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

    def may_move(self, there: Evse, here: Evse) -> bool:
        """Tell whether what is at `there` may follow a vehicle to `here`."""
        if there.authorization:
            who = there.authorization
            return who.floating and not kept_from(self._facts, here, who.token, who.group)
        if there.authorizing and there.paying:
            token = there.paying.payment.token
            return there.paying.floating and not self.barred(here, token, sure=True)
        waits = there.waiting
        return waits is not None and waits.floating and not self.barred(here, waits.token)

    def move(self, there: Evse, here: Evse) -> None:
        """Let what was not bound to an EVSE follow the vehicle (S63)."""
        here.authorization, there.authorization = there.authorization, None
        if there.waiting:
            passing.move(self._facts, there, here, CHECK)
        here.waiting, there.waiting = there.waiting, None
        dues = [Due.AUTHORIZE_ANSWER, Due.CONNECT]
        if there.paying and there.paying.payment.served:
            here.paying, there.paying = there.paying, None
            here.popup, there.popup = there.popup, None
            passing.move(self._facts, there, here, PAYMENT)
            dues.append(Due.PAYMENT)
        for due in dues:
            at = self._facts.agenda.planned(Timer(due, there.number))
            self._facts.agenda.cancel(Timer(due, there.number))
            if at is not None and (due is not Due.CONNECT or not here.connected):
                self._facts.agenda.set(Timer(due, here.number), at)

    def stop(self, evse: Evse, token: Token | None) -> None:
        """End the authorization because a card (or the stop button) said so."""
        self.end(evse, Trigger.STOP_AUTHORIZED, StopReason.LOCAL, token)

    def end(
        self, evse: Evse, trigger: Trigger, reason: StopReason, token: Token | None = None
    ) -> None:
        """End the EVSE's authorization; its transaction learns why.

        The plug stays with its owner when it was not they who ended it (1.6 section 4.4, E09).
        What is about to end is not ended again.
        """
        if evse.ending:
            return
        evse.held = evse.authorization if self._holds(evse, trigger) else None
        evse.authorization = None
        evse.causes.append((trigger, token))
        evse.stop_reason = evse.stop_reason or reason
        self._facts.agenda.cancel(Timer(Due.CONNECT, evse.number))

    def _holds(self, evse: Evse, trigger: Trigger) -> bool:
        """Tell whether the plug stays locked for its owner; if that is nobody, none would come."""
        owner = evse.authorization
        plugs_in = self._facts.values[rows.METHOD] == rows.PLUG_AND_CHARGE
        if not evse.lockable or plugs_in or (owner and owner.token.same(NOBODY)):
            return False
        unlocks = self._facts.values[tx_rows.UNLOCK_ON_DISCONNECT]
        left = trigger is Trigger.EV_COMMUNICATION_LOST and not unlocks
        return left or trigger is Trigger.DEAUTHORIZED

    @staticmethod
    def _timer(evse: Evse) -> Timer:
        return Timer(Due.AUTHORIZE_ANSWER, evse.number)


def useful(token: Token) -> bool:
    """Tell whether a card says who it is: it can be read, and its number is not drawn by chance."""
    return token.readable and not drawn(token)


def _owner(evse: Evse) -> Authorization | None:
    """Return who has the EVSE: may charge there, or has a transaction or a plug in it."""
    tx = evse.transaction
    if evse.authorization is None and tx and tx.token:
        return Authorization(tx.token, tx.group)
    return evse.authorization or evse.held
