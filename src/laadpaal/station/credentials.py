"""What the station shows the CSMS: new credentials are tried, and proven ones are gone back to."""

from __future__ import annotations

from typing import Any, TypeVar

from laadpaal.properties.comms import (
    IDENTITY,
    NOT_ON_TRIAL,
    PASSWORD,
    SECURITY_PROFILE,
    SPARE_PASSWORD,
    SPARE_PROFILE,
    SPURNED_IDENTITY,
)
from laadpaal.properties.rows import Setting
from laadpaal.station.answers import Accepted, Answer, Reason, Refused
from laadpaal.station.events import CredentialsHeld, CsmsReached, CsmsUnreached
from laadpaal.station.facts import Facts
from laadpaal.station.network_profile import WITH_IDENTITY, WITH_TLS
from laadpaal.station.notices import CredentialsChanged, CredentialsProven, SettingChanged
from laadpaal.station.records import SettingWritten
from laadpaal.station.security import SecurityKind
from laadpaal.station.security_log import SecurityLog
from laadpaal.station.view import SecurityView
from laadpaal.station.words import By

T = TypeVar("T")

MOST_MISSES = 3
"""Attempts in a row that may fail for any reason before the proven credentials are back."""
ROWS = frozenset({PASSWORD.id, SECURITY_PROFILE.id})


class Credentials:
    """Holds password and security profile (white paper A01, A05; 2.0.1 A01 and A05).

    While new ones are on trial, the settings have their values, and the proven values stand by
    in settings of the station's own: all of it survives a power cut.
    """

    def __init__(self, facts: Facts, security: SecurityLog) -> None:
        self._facts = facts
        self._security = security
        self._held: CredentialsHeld | None = None
        self._misses = 0
        self._number = 0

    @property
    def on_trial(self) -> bool:
        """Whether those in force have not opened a connection yet."""
        return self._facts.values[SPARE_PROFILE] != NOT_ON_TRIAL

    def view(self) -> SecurityView:
        """Return how station and CSMS know each other now."""
        profile = self._facts.values[SECURITY_PROFILE]
        roots = self._held.roots if self._held else 0
        return SecurityView(profile, self.on_trial, self._number, roots)

    def write(self, row: Setting[Any], value: Any, by: By) -> Answer:  # noqa: ANN401  of that row
        """Try a new password or security profile."""
        profile = self._facts.values[SECURITY_PROFILE]
        if row.id == SECURITY_PROFILE.id and (refused := self._refusal(profile, value, by)):
            return refused
        if value == profile and row.id == SECURITY_PROFILE.id:
            return Accepted()
        shown = row.id == SECURITY_PROFILE.id or profile < WITH_IDENTITY
        if shown:
            self._begin_trial()
        self._put(row, value)
        self._tell(row)
        self._security.saw(SecurityKind.PARAMETERS_CHANGED, f"Setting {row.id} was changed.")
        if shown:
            self._changed()
        return Accepted()

    def _refusal(self, now: int, wanted: int, by: By) -> Refused | None:
        """Return why that profile cannot be (white paper, A05)."""
        if by is By.REMOTE and wanted <= now:
            return Refused(Reason.BAD_VALUE, f"the security profile is {now}, and only goes up")
        return self.lack(wanted, rooted=now >= WITH_TLS)

    def lack(self, wanted: int, *, rooted: bool) -> Refused | None:
        """Return what is missing for that security profile.

        `rooted` tells that a connection has shown already whom the station trusts.
        """
        if 0 < wanted < WITH_IDENTITY and not self._facts.values[PASSWORD].reveal():
            return Refused(Reason.BAD_VALUE, "there is no password")
        held = self._held or CredentialsHeld()
        if wanted >= WITH_TLS and not rooted and not held.csms_roots:
            return Refused(Reason.BAD_VALUE, "no root of the CSMS is installed")
        if wanted >= WITH_IDENTITY and not held.identity:
            return Refused(Reason.BAD_VALUE, "the station has no certificate of its own")
        return None

    def prove(self, profile: int) -> None:
        """Take over the security profile by which a connection was opened (2.0.1 A05)."""
        if profile != self._facts.values[SECURITY_PROFILE]:
            self._put(SECURITY_PROFILE, profile)
            self._tell(SECURITY_PROFILE)
            info = f"The security profile is {profile} now."
            self._security.saw(SecurityKind.PARAMETERS_CHANGED, info)

    def attempted(self, event: CsmsReached | CsmsUnreached) -> None:
        """Learn how an attempt to connect went."""
        match event:
            case CsmsReached(number) if self.on_trial and number == self._number:
                self._report_discarded()
                self._end_trial()
                self._facts.tell(CredentialsProven())
            case CsmsUnreached(number, why, refused) if self.on_trial and number == self._number:
                self._missed(why, refused=refused)
            case _:
                pass  # news of what nobody tries any more

    def hold(self, event: CredentialsHeld) -> None:
        """Learn what the vault holds; a new certificate of our own is tried like a password."""
        values = self._facts.values
        if self._held not in {None, event}:
            self._security.saw(SecurityKind.PARAMETERS_CHANGED, "The certificates have changed.")
        self._held = event
        before = values[IDENTITY]
        if event.identity == before:
            return
        if before and values[SPURNED_IDENTITY] == before:
            # It did not work and is there no more, so the one that is left is proven already.
            self._put(SPURNED_IDENTITY, "")
        elif before and event.identity and values[SECURITY_PROFILE] >= WITH_IDENTITY:
            self._begin_trial()
            self._changed()
        self._put(IDENTITY, event.identity)

    def _missed(self, why: str, *, refused: bool) -> None:
        """Go back when they are refused, or have failed too often."""
        self._misses += 1
        if refused or self._misses >= MOST_MISSES:
            self._go_back(why)

    def _go_back(self, why: str) -> None:
        """Take the spare ones; what has failed is the spare then, for it may be right after all.

        The network may have gone just when the CSMS took the new password over, or it was slow
        to do so, and knows no other any more. Whichever opens a connection first stays.
        """
        values = self._facts.values
        tried = values[PASSWORD], values[SECURITY_PROFILE]
        spare = values[SPARE_PASSWORD], values[SPARE_PROFILE]
        if tried[1] == spare[1] >= WITH_IDENTITY:
            newest, spurned = values[IDENTITY], values[SPURNED_IDENTITY]
            self._put(SPURNED_IDENTITY, "" if spurned == newest else newest)
        self._restore(PASSWORD, spare[0])
        self._restore(SECURITY_PROFILE, spare[1])
        self._put(SPARE_PASSWORD, tried[0])
        self._put(SPARE_PROFILE, tried[1])
        info = f"The credentials before are back: {why}"
        self._security.saw(SecurityKind.PARAMETERS_CHANGED, info)
        self._changed(why)

    def _restore(self, row: Setting[T], proven: T) -> None:
        if self._facts.values[row] != proven:
            self._put(row, proven)
            self._tell(row)

    def _begin_trial(self) -> None:
        if not self.on_trial:
            self._put(SPARE_PASSWORD, self._facts.values[PASSWORD])
            self._put(SPARE_PROFILE, self._facts.values[SECURITY_PROFILE])

    def _end_trial(self) -> None:
        self._put(SPARE_PASSWORD, SPARE_PASSWORD.default)
        self._put(SPARE_PROFILE, SPARE_PROFILE.default)

    def _report_discarded(self) -> None:
        """Say so when the newest certificate is not the one that has opened the connection."""
        spurned = self._facts.values[SPURNED_IDENTITY]
        if spurned and spurned == self._facts.values[IDENTITY]:
            info = "The new certificate opens no connection, and the one before does."
            self._security.saw(SecurityKind.IDENTITY_DISCARDED, info)

    def _changed(self, back: str = "") -> None:
        self._number, self._misses = self._number + 1, 0
        self._facts.tell(CredentialsChanged(back))

    def _put(self, row: Setting[T], value: T) -> None:
        """Keep a value; an empty password, which nobody may write, is forgotten instead."""
        if value == row.default and row.id != SECURITY_PROFILE.id:
            self._facts.values.forget(row)
            self._facts.keep(SettingWritten(row.id, 0, None))
        else:
            self._facts.values.put(row, value)
            self._facts.keep(SettingWritten(row.id, 0, row.kind.show(value)))

    def _tell(self, row: Setting[Any]) -> None:
        text = "" if row.secret else row.kind.show(self._facts.values[row])
        self._facts.tell(SettingChanged(row.id, 0, text))
