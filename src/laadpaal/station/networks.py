"""Network profiles: which are kept, which one is dialled, and what follows when one has worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from laadpaal.properties.comms import MESSAGE_TIMEOUT, SECURITY_PROFILE
from laadpaal.properties.connectivity import CONNECTIVITY, LAST_WAY, MOBILE, NONE, WIRED
from laadpaal.properties.networks import (
    ALLOW_DOWNGRADE,
    LAST_GOOD,
    NETWORK_ATTEMPTS,
    NETWORK_PRIORITY,
    SLOTS,
)
from laadpaal.properties.rows import Setting
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.credentials import Credentials
from laadpaal.station.events import CsmsReached, CsmsUnreached
from laadpaal.station.facts import Facts
from laadpaal.station.network_profile import (
    ANY,
    WIRELESS,
    WITH_IDENTITY,
    WITH_TLS,
    Generation,
    NetworkProfile,
    Route,
    flaw_of,
    turn_of,
    ways,
)
from laadpaal.station.notices import NetworkChanged, SettingChanged
from laadpaal.station.records import NetworkRemoved, NetworkStored, SettingWritten
from laadpaal.station.requests import ChangeNetwork, StoreNetwork
from laadpaal.station.view import NetworkView, SlotView

Profiles = dict[int, NetworkProfile]
Priority = tuple[str, ...]
Way = tuple[int, str]
"""A slot, and the interface that it is dialled by."""

_NUMBERS = {WIRELESS: MOBILE}


class Networks:
    """Holds the slots (2.0.1 A05, B09, B10).

    What is stored is in force after the next restart only; what a security profile has left
    behind is gone at once.

    Args:
        saved: Slots by number; None is one that was removed.
    """

    def __init__(
        self, facts: Facts, credentials: Credentials, saved: Mapping[int, NetworkProfile | None]
    ) -> None:
        self._facts = facts
        self._credentials = credentials
        self._stored: Profiles = {slot: it for slot, it in saved.items() if it}
        self._in_force = dict(self._stored)
        self._failures = 0
        self._interface = ""
        self._active = 1
        self._active, _ = self._next()
        self._hold_timeout()

    # --- what is kept ---

    def store(self, wish: StoreNetwork) -> Answer:
        """Keep a profile; that changes no connection (B09)."""
        slot, profile = wish.slot, wish.profile
        if str(slot) not in SLOTS:
            return Refused(Reason.UNKNOWN_SLOT, f"there is no slot {slot}")
        if flaw := flaw_of(profile, self._facts.layout):
            return Refused(Reason.BAD_NETWORK, flaw)
        if refused := self._too_low(profile):
            return refused
        self._keep(slot, profile)
        return Accepted()

    def change(self, wish: ChangeNetwork) -> Answer:
        """Keep a profile with other members; each of them is its own from then on."""
        before = self._stored.get(wish.slot)
        if before is None and (wish.url is None or wish.generation is None):
            detail = f"slot {wish.slot} is empty, and takes a protocol and a URL together"
            return Refused(Reason.BAD_NETWORK, detail)
        return self.store(StoreNetwork(wish.slot, self._changed(before, wish)))

    def _changed(self, before: NetworkProfile | None, wish: ChangeNetwork) -> NetworkProfile:
        values = self._facts.values
        found = before or NetworkProfile(Generation.SECOND, "")
        security = _first(wish.security, found.security, self._now())
        return replace(
            found,
            generation=wish.generation or found.generation,
            url=found.url_for(security) if wish.url is None else wish.url,
            security=security,
            timeout_s=_first(wish.timeout_s, found.timeout_s, values[MESSAGE_TIMEOUT]),
            interface=wish.interface or found.interface,
            secure_url="",
        )

    def barred(self, priority: Priority) -> Refused | None:
        """Return why these slots cannot be dialled in that order (A05, B10).

        The order in force is no change, so it is never barred.
        """
        if priority == self._facts.values[NETWORK_PRIORITY]:
            return None
        refusals = (self._barred(int(slot)) for slot in priority)
        return next((it for it in refusals if it), None)

    def _barred(self, slot: int) -> Refused | None:
        profile = self._stored.get(slot)
        if profile is None:
            return Refused(Reason.UNKNOWN_SLOT, f"slot {slot} holds no network profile")
        return self._too_low(profile) or self._lack(self._security(profile))

    def _lack(self, security: int) -> Refused | None:
        return self._credentials.lack(security, rooted=security <= self._now())

    def _too_low(self, profile: NetworkProfile) -> Refused | None:
        if profile.security is None or profile.security >= self._floor():
            return None
        detail = f"the security profile is {self._now()}, and only goes up"
        return Refused(Reason.DOWNGRADE, detail)

    def _now(self) -> int:
        return self._facts.values[SECURITY_PROFILE]

    def _floor(self) -> int:
        """Return the lowest security profile that a connection may have now."""
        now = self._now()
        lowered = now == WITH_IDENTITY and self._facts.values[ALLOW_DOWNGRADE]
        return WITH_TLS if lowered else now

    def _security(self, profile: NetworkProfile) -> int:
        """Return the security profile that is dialled with."""
        if profile.security is None:
            return self._now()
        return max(profile.security, self._floor())

    def _keep(self, slot: int, profile: NetworkProfile) -> None:
        self._stored[slot] = profile
        self._facts.keep(NetworkStored(slot, profile))

    # --- which is dialled ---

    def _rounds(self) -> tuple[Way, ...]:
        """Return whose turn comes when: as wished, then the one that worked last.

        New credentials are tried where the old ones worked, before anything else.
        """
        known, values = self._in_force, self._facts.values
        wished = [int(slot) for slot in values[NETWORK_PRIORITY] if int(slot) in known]
        trial = [self._active] if self._credentials.on_trial else []
        rounds = (*trial, *(wished or sorted(known)), values[LAST_GOOD])
        slots = [slot for slot in rounds if slot in known] or [self._active]
        return tuple((slot, way) for slot in slots for way in self._ways(slot))

    def _ways(self, slot: int) -> tuple[str, ...]:
        profile = self._in_force.get(slot)
        return ways(profile.interface if profile else ANY, self._facts.values, self._facts.layout)

    def _next(self) -> Way:
        attempts = self._facts.values[NETWORK_ATTEMPTS]
        return turn_of(self._rounds(), attempts, self._failures)

    def view(self) -> NetworkView:
        """Return the slots, and the route to dial next."""
        slots = tuple(self._slot(slot, it) for slot, it in sorted(self._stored.items()))
        route = self._route(*self._next())
        return NetworkView(self._active, route, slots, self._connectivity(), self._interface)

    def _slot(self, slot: int, it: NetworkProfile) -> SlotView:
        url = it.url_for(self._security(it))
        return SlotView(slot, it.generation, url, it.interface, it.security, it.timeout_s)

    def _connectivity(self) -> int:
        """Return the number of the way in use, or of the one to be tried first."""
        if self._facts.values[CONNECTIVITY] == NONE:
            return NONE
        return _NUMBERS.get(self._interface or self._next()[1], WIRED)

    def _route(self, slot: int, interface: str) -> Route:
        it = self._in_force.get(slot)
        if it is None:
            return Route(slot, security=self._now(), interface=interface)
        security = self._security(it)
        url = it.url_for(security)
        return Route(slot, it.generation, url, security, interface, it.apn)

    def attempted(self, event: CsmsReached | CsmsUnreached) -> None:
        """Learn how an attempt to connect went."""
        match event:
            case CsmsReached(slot=slot) if slot in self._in_force:
                self._failures = 0
                self._use(slot)
                self._went(event.interface)
                if not self._credentials.on_trial:
                    self._leave_behind(slot)
            case CsmsUnreached(slot=slot, interface=way) if (slot, way) == self._next():
                self._failures += 1
            case _:
                pass  # news of a slot that is gone, or not dialled any more

    def _use(self, slot: int) -> None:
        if slot != self._active:
            self._active = slot
            self._hold_timeout()
            self._facts.tell(NetworkChanged(slot))
        if self._facts.values[LAST_GOOD] != slot:
            self._put(LAST_GOOD, slot)

    def _went(self, interface: str) -> None:
        """Remember by which way it worked; that one is tried first from now on."""
        self._interface = interface
        number = _NUMBERS.get(interface, WIRED)
        if self._facts.layout.modem and self._facts.values[LAST_WAY] != number:
            self._put(LAST_WAY, number)

    def _hold_timeout(self) -> None:
        """Let the profile in use say how long an answer may take, if it does."""
        profile = self._in_force.get(self._active)
        self._facts.values.let_go(MESSAGE_TIMEOUT.id)
        if profile and profile.timeout_s:
            self._facts.values.hold({MESSAGE_TIMEOUT.id: profile.timeout_s})

    # --- when one has worked ---

    def _leave_behind(self, slot: int) -> None:
        """Take over the security profile that worked, and forget what is below it (A05)."""
        profile, before = self._in_force[slot], self._now()
        reached = self._security(profile)
        self._credentials.prove(reached)
        if profile.security is not None and profile.security < self._floor():
            # Raised by its key, not by the slot: what has worked is what the slot asks for now.
            url = profile.url_for(reached)
            profile = self._in_force[slot] = replace(profile, security=reached, url=url)
            self._keep(slot, profile)
        if self._outdone(self._stored[slot], before, reached):
            self._keep(slot, profile)
        others = {**self._in_force, **self._stored}
        del others[slot]
        outdone = [n for n, it in others.items() if self._outdone(it, before, reached)]
        for other in outdone:
            self._remove(other)
        if outdone:
            self._shorten()

    def _outdone(self, profile: NetworkProfile, before: int, reached: int) -> bool:
        """Tell whether a profile asks for less than what has worked."""
        if profile.security is None:
            return before < reached
        return profile.security < self._floor()

    def _remove(self, slot: int) -> None:
        self._in_force.pop(slot, None)
        self._stored.pop(slot, None)
        self._facts.keep(NetworkRemoved(slot))

    def _shorten(self) -> None:
        """Take slots that are gone off the priority in force, and off the one that waits."""
        values, waits = self._facts.values, (NETWORK_PRIORITY.id, 0)
        short = self._known(values[NETWORK_PRIORITY])
        pending: Any = self._facts.pending.get(waits)
        if pending is not None and self._known(pending) != pending:
            self._facts.pending[waits] = pending = self._known(pending)
            self._write(NETWORK_PRIORITY, pending)
        if short != values[NETWORK_PRIORITY]:
            values.put(NETWORK_PRIORITY, short)
            self._write(NETWORK_PRIORITY, pending or short)
            text = NETWORK_PRIORITY.kind.show(short)
            self._facts.tell(SettingChanged(NETWORK_PRIORITY.id, 0, text))

    def _known(self, priority: Priority) -> Priority:
        return tuple(slot for slot in priority if int(slot) in self._stored) or (str(self._active),)

    def _put(self, row: Setting[Any], value: object) -> None:
        self._facts.values.put(row, value)
        self._write(row, value)

    def _write(self, row: Setting[Any], value: object) -> None:
        self._facts.keep(SettingWritten(row.id, 0, row.kind.show(value)))


def _first(wished: int | None, before: int | None, otherwise: int) -> int:
    """Return what is wished, or what was there before that, or else the last."""
    return next((it for it in (wished, before) if it is not None), otherwise)
