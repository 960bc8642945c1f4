"""Looks once a day which certificates end soon, so that nobody is surprised (S13)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from laadpaal.ports.clock import Clock
from laadpaal.ports.vault import Use, Vault
from laadpaal.protocols.pki import Certificate, PkiError, read_chain
from laadpaal.station.events import Event, SecurityIncident
from laadpaal.station.security import SecurityKind
from laadpaal.station.words import ShownTo

HOUR_S, DAY_S = 3_600.0, 86_400.0
WARNINGS = (30, 7, 1)
"""Days before the end; each is said once, and the end itself too."""
_SECURITY = {"facility": "SECURITY"}
_KINDS = {
    Use.CSMS_ROOT: SecurityKind.BAD_CSMS_CERTIFICATE,
    Use.MANUFACTURER_ROOT: SecurityKind.BAD_FIRMWARE_CERTIFICATE,
}
_OWN = {
    ShownTo.CSMS: "station's own certificate",
    ShownTo.VEHICLES: "station's own certificate for vehicles",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A certificate that the station keeps.

    Args:
        what: What it is for, in words for the log.
        kind: The security event when it has ended, if there is one for its kind.
    """

    certificate: Certificate
    what: str
    kind: SecurityKind | None


def kept(vault: Vault, ca_file: str = "") -> Iterator[Kept]:
    """Yield all of them; of the station's own only the newest, for the others are done with."""
    for use in Use:
        for pem in vault.roots(use):
            yield from _each(pem, use.value, _KINDS.get(use))
    if ca_file:
        yield from _each(_text(ca_file), Use.CSMS_ROOT.value, _KINDS[Use.CSMS_ROOT])
    for to in ShownTo:
        for identity in vault.identities(to)[:1]:
            own = SecurityKind.BAD_STATION_CERTIFICATE
            yield from _each(identity.chain, _OWN[to], own)


def _each(pem: str, what: str, kind: SecurityKind | None) -> Iterator[Kept]:
    try:
        yield from (Kept(it, what, kind) for it in read_chain(pem))
    except PkiError:
        return  # whoever uses the file says so


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


class Expiry:
    """Warns 30, 7 and 1 days before a certificate ends, and tells the station when it has.

    Args:
        kept: Returns what there is, asked anew each day.
        happened: Takes the security incident of a certificate that has ended.
    """

    def __init__(
        self,
        kept: Callable[[], Iterator[Kept]],
        clock: Clock,
        log: logging.Logger,
        happened: Callable[[Event], None],
    ) -> None:
        self._kept = kept
        self._clock = clock
        self._log = log
        self._happened = happened
        self._said: dict[Certificate, int] = {}

    async def run(self) -> None:
        """Look now and each day until cancelled; without a clock to trust, try in an hour."""
        while True:
            moment = self._clock.now()
            if moment.trusted:
                self._look(moment.utc)
            await self._clock.sleep(DAY_S if moment.trusted else HOUR_S)

    def _look(self, utc: float) -> None:
        for it in self._kept():
            due = _due(it.certificate.not_after - utc)
            if due is not None and self._said.get(it.certificate) != due:
                self._said[it.certificate] = due
                self._say(it, due)

    def _say(self, it: Kept, due: int) -> None:
        subject = it.certificate.subject
        date = f"{datetime.fromtimestamp(it.certificate.not_after, UTC):%Y-%m-%d}"
        if due:
            left = "a day" if due == 1 else f"{due} days"
            line = "The %s %s ends within %s, on %s"
            self._log.warning(line, it.what, subject, left, date, extra=_SECURITY)
            return
        text = f"The {it.what} {subject} has ended on {date}"
        self._log.warning("%s", text, extra=_SECURITY)
        if it.kind:
            self._happened(SecurityIncident(it.kind, text))


def _due(left_s: float) -> int | None:
    """Return which warning is due: 0 once it has ended, None while there is time."""
    if left_s < 0:
        return 0
    return min((days for days in WARNINGS if left_s <= days * DAY_S), default=None)
