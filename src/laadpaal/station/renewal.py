"""When the station asks for a certificate of its own, and when it asks again."""

from __future__ import annotations

import math

from laadpaal.properties.certificates import SIGNING_REPEATS, SIGNING_WAIT
from laadpaal.station.agenda import Due, Timer
from laadpaal.station.events import CredentialsHeld, SigningAnswered
from laadpaal.station.facts import Facts
from laadpaal.station.notices import CertificateWanted
from laadpaal.station.words import ShownTo

MONTH_S, DAY_S = 30 * 86_400.0, 86_400.0
_ENDING = {ShownTo.CSMS: Timer(Due.RENEWAL), ShownTo.VEHICLES: Timer(Due.V2G_RENEWAL)}
_WAITING = {ShownTo.CSMS: Timer(Due.SIGNING), ShownTo.VEHICLES: Timer(Due.V2G_SIGNING)}


class Renewal:
    """Sees to one of the station's own certificates.

    From a month before it ends a new one is asked for once a day (A03). When the CSMS has said
    that it will bring one and does not, it is asked again, with longer and longer waits (A02).
    """

    __slots__ = ("_asked_at", "_ends", "_facts", "_repeat", "_to")

    def __init__(self, facts: Facts, to: ShownTo) -> None:
        self._facts = facts
        self._to = to
        self._ends: float | None = None
        self._asked_at = -math.inf
        self._repeat = 0

    def ends(self, utc: float | None) -> None:
        """Learn the last second of the newest certificate, or that there is none."""
        if utc != self._ends:
            self._asked_at = -math.inf
        self._ends = utc
        self.plan()

    def plan(self) -> None:
        """Plan anew: the clock was set, or the CSMS can be asked again."""
        if self._ends is None:
            self._facts.agenda.cancel(_ENDING[self._to])
            return
        now = self._facts.now
        at = now.mono + max(0.0, self._ends - MONTH_S - now.utc)
        self._facts.agenda.set(_ENDING[self._to], max(at, self._asked_at + DAY_S))

    def due(self) -> None:
        """Ask for a new one; offline, that waits for the CSMS."""
        if self._facts.online:
            self._asked_at = self._facts.now.mono
            self._facts.tell(CertificateWanted(self._to))
            self.plan()

    def answered(self, event: SigningAnswered) -> None:
        """Wait for what the CSMS has promised; what it has refused is not asked for again."""
        self.over()
        if event.accepted and event.repeat < self._facts.values[SIGNING_REPEATS]:
            self._repeat = event.repeat + 1
            self._wait()

    def over(self) -> None:
        """Wait no longer: the CSMS has brought one, good or bad, or will not."""
        self._facts.agenda.cancel(_WAITING[self._to])

    def waited(self) -> None:
        """Ask again; offline, the wait begins anew."""
        if self._facts.online:
            self._facts.tell(CertificateWanted(self._to, self._repeat))
        else:
            self._wait()

    def _wait(self) -> None:
        wait_s: float = self._facts.values[SIGNING_WAIT] * 2.0 ** (self._repeat - 1)
        self._facts.agenda.set(_WAITING[self._to], self._facts.now.mono + wait_s)


class Renewals:
    """Sees to all of them."""

    __slots__ = ("_each",)

    def __init__(self, facts: Facts) -> None:
        self._each = {to: Renewal(facts, to) for to in ShownTo}

    def hold(self, event: CredentialsHeld) -> None:
        """Learn when they end."""
        self._each[ShownTo.CSMS].ends(event.identity_ends)
        self._each[ShownTo.VEHICLES].ends(event.v2g_ends)

    def plan(self) -> None:
        """Plan anew: the clock was set, or the CSMS can be asked again."""
        for one in self._each.values():
            one.plan()

    def answered(self, event: SigningAnswered) -> None:
        """Learn what the CSMS says to a request for one."""
        self._each[event.to].answered(event)

    def over(self, to: ShownTo) -> None:
        """Learn that the CSMS has brought one."""
        self._each[to].over()

    def due(self, timer: Timer) -> None:
        """Ask for the one whose time it is."""
        for to, one in self._each.items():
            if timer == _ENDING[to]:
                one.due()
            elif timer == _WAITING[to]:
                one.waited()
