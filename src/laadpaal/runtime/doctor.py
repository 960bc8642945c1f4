"""Tries the way to the CSMS step by step, and says what is wrong and what to do about it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import warnings
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from laadpaal.csms.dialect import Scene
from laadpaal.csms.dialling import FAILURES, Address, open_socket
from laadpaal.csms.failures import Cause, Failure, failure_of, hinted
from laadpaal.csms.leaving import ANYWHERE
from laadpaal.csms.probe import PATIENCE_S, Met, look, named
from laadpaal.csms.tls import SUITES, StationContext, TlsPolicy
from laadpaal.ports.clock import Clock
from laadpaal.ports.journal import Journal
from laadpaal.ports.station import StationDesk
from laadpaal.properties.connectivity import AT_GAP
from laadpaal.protocols.pki import Certificate
from laadpaal.runtime.assembly import (
    DATABASE,
    VAULT,
    check_files,
    dialects,
    judged_by,
    station_settings,
    trust_of,
)
from laadpaal.runtime.config import Config, ConfigError, CsmsTable, ModemTable
from laadpaal.runtime.findings import Finding
from laadpaal.runtime.mobile import access_of
from laadpaal.runtime.modem_doctor import modem_found
from laadpaal.runtime.modems import plugged
from laadpaal.runtime.routes import GIVEN_SLOT, address_of, given, with_given
from laadpaal.station.saved import Saved, restored
from laadpaal.station.station import Station
from laadpaal.station.view import StationView
from laadpaal.storage import peek
from laadpaal.storage.vault import FileVault

_RENEW = "let the keeper of the CSMS renew that certificate"
_ADVICE = {
    Cause.EXPIRED: f"{_RENEW}; a new root is installed with `laadpaal trust`",
    Cause.NOT_YET_VALID: "compare the clocks of both machines, and the date of the certificate",
    Cause.UNKNOWN_ROOT: "install the root of the CSMS with `laadpaal trust`, or name it as ca_file;"
    " the CSMS must send the intermediates",
    Cause.WRONG_HOST: "let csms.url have a host of the certificate, or the certificate that host",
    Cause.REVOKED: _RENEW,
    Cause.BAD_CERTIFICATE: _RENEW,
    Cause.STATION_REFUSED: "give the station a certificate whose root the CSMS trusts",
    Cause.LOGIN_REFUSED: "compare identity and password with those that the CSMS has",
    Cause.UNKNOWN_STATION: "compare the path of csms.url and the identity with those of the CSMS",
    Cause.OTHER_SUBPROTOCOL: "set csms.ocpp to a version that the CSMS speaks",
    Cause.HUNG_UP: "see whether the port speaks TLS and whether the CSMS runs",
}
_OF_CERTIFICATES = {
    Cause.EXPIRED,
    Cause.NOT_YET_VALID,
    Cause.UNKNOWN_ROOT,
    Cause.WRONG_HOST,
    Cause.REVOKED,
    Cause.BAD_CERTIFICATE,
}
_OF_CREDENTIALS = {Cause.STATION_REFUSED, Cause.LOGIN_REFUSED, Cause.UNKNOWN_STATION}


async def examined(config: Config, clock: Clock, log: logging.Logger) -> tuple[Finding, ...]:
    """Return how the modem stands, where there is one, and then what each step has shown.

    The steps end with the first that is not well; the way by wire is tried whatever the modem is.
    """
    if config.csms is None:
        return (Finding("configuration", well=False, detail="it names no CSMS", advice="add it"),)
    try:
        check_files(config.csms)
    except ConfigError as wrong:
        return (Finding("configuration", well=False, detail=str(wrong), advice="mend the file"),)
    vault = FileVault(Path(config.folder) / VAULT, log)
    station = _station(config, config.csms, vault)
    modem = await _modem(config.modem, station, log) if config.modem else ()
    way = _way(config.csms, station, vault, clock, log)
    return (*modem, *[finding async for finding in way.findings()])


async def _modem(table: ModemTable, station: Station, log: logging.Logger) -> tuple[Finding, ...]:
    """Look at the modem; a simulated one is a new one each time."""
    # Only the settings and the view are looked at for it.
    access = access_of(cast("StationDesk", station))
    with plugged(table, log, lambda: station.values[AT_GAP] / 1000) as found:
        return (await modem_found(found.modem, access),) if found.modem else ()


@dataclass(frozen=True, slots=True)
class _Way:
    """The way to one CSMS, as the station would go it."""

    at: Address
    authorization: str | None
    clock: Clock
    log: logging.Logger
    choice: str = ""
    """Which network profile this is, where there is a choice."""

    async def findings(self) -> AsyncIterator[Finding]:
        """Yield what each step has shown, up to the first that is not well."""
        if self.choice:
            yield Finding("network profile", well=True, detail=self.choice)
        try:
            host, port = self.at.host
        except ValueError as wrong:
            yield Finding("name", well=False, detail=str(wrong), advice="mend csms.url")
            return
        for step in (_resolved, _reached):
            finding = await step(host, port)
            yield finding
            if not finding.well:
                return
        met = Met()
        if self.at.secure:
            met = await look(host, port, self._context())
            finding = await self._agreed(met, host, port)
            yield finding
            if not finding.well:
                return
        failure = await self._failure(host, port)
        for finding in self._outcome(met.chain, failure):
            yield finding

    def _context(self) -> StationContext:
        return self.at.trust.context(self.clock.now, own=self.at.own)

    async def _agreed(self, met: Met, host: str, port: int) -> Finding:
        """Tell what TLS agreed on; if on nothing, what the server would rather have (S69)."""
        if met.suite:
            return Finding("TLS", well=True, detail=f"{met.version} {met.suite}")
        failure = hinted(failure_of(met.error or EOFError()), self.at.trust.policy)
        old = await look(host, port, _anything())
        if not old.suite:
            return _wrong("TLS", failure)
        detail = f"{failure.cause.value}: the server chooses {old.version} {old.suite}"
        if old.suite in SUITES[TlsPolicy.MODERN] or old.version == "TLSv1.3":
            return Finding("TLS", well=False, detail=detail, advice="set tls_policy to modern")
        advice = f"let the server offer one of {', '.join(SUITES[self.at.trust.policy])};"
        advice += " this version of the station will not connect to it any more"
        return Finding("TLS", well=False, detail=f"{detail}, which is refused", advice=advice)

    async def _failure(self, host: str, port: int) -> Failure | None:
        """Go the whole way, and return what went wrong; TLS itself is the judge."""
        try:
            wire = await open_socket(self.at, self.clock, self.authorization, self.log)
        except FAILURES as error:
            failure = failure_of(error)
        else:
            await wire.close()
            return None
        if not self.at.secure:
            return failure
        return await named(failure, host, port, self._context())

    def _outcome(
        self, chain: Sequence[Certificate], failure: Failure | None
    ) -> tuple[Finding, ...]:
        cause = failure.cause if failure else None
        found = []
        if self.at.secure:
            wrong = failure if cause in _OF_CERTIFICATES else None
            found.append(_certificates(chain, wrong, judged=self.clock.now().trusted))
            if wrong:
                return tuple(found)
        if failure and cause in _OF_CREDENTIALS:
            return (*found, _wrong("credentials", failure))
        if failure and cause is not Cause.OTHER_SUBPROTOCOL:
            return (*found, _wrong("websocket", failure))
        found.append(Finding("credentials", well=True, detail=self._shown()))
        if failure:
            return (*found, _wrong("subprotocol", failure))
        return (*found, Finding("subprotocol", well=True, detail=self.at.subprotocol))

    def _shown(self) -> str:
        shown = [
            *["the password"] * bool(self.authorization),
            *["its own certificate"] * self.at.own,
        ]
        identity = f"let in as {self.at.identity}"
        return f"{identity} with {' and '.join(shown)}" if shown else f"{identity} without any"


def _station(config: Config, table: CsmsTable, vault: FileVault) -> Station:
    """Return the station as it would begin its next life."""
    values = station_settings(config, vault)
    saved = peek(Path(config.folder) / DATABASE, config.station.serial) or Saved()
    restored(values, saved)
    return Station(
        config.layout(),
        values,
        iter(()),
        with_given(saved, given(table, modem=config.modem is not None)),
    )


def _way(
    table: CsmsTable, station: Station, vault: FileVault, clock: Clock, log: logging.Logger
) -> _Way:
    values, view = station.values, station.view()
    dialect = dialects(clock, log)(view.network.route.generation)
    subprotocol = dialect.language.version.subprotocol
    at = address_of(table, judged_by(trust_of(table, vault), values), subprotocol, view, values)
    # A dialect looks at nothing but the settings and the view for it.
    scene = Scene(cast("StationDesk", station), cast("Journal", None))
    authorization = dialect.authorization(table.identity, scene)
    # A modem that no station has attached leads nowhere: the machine knows the way, or does not.
    at = replace(at, ping_interval_s=0, leaving=ANYWHERE)
    return _Way(at, authorization, clock, log, _choice(view))


def _choice(view: StationView) -> str:
    """Return which of several slots is gone by, or "" where there is but the configuration's."""
    slots, route = [it.slot for it in view.network.slots], view.network.route
    if slots == [GIVEN_SLOT]:
        return ""
    others = ", ".join(str(slot) for slot in slots if slot != route.slot) or "none"
    taken = f"slot {route.slot}, {route.url}, security profile {route.security}"
    return f"{taken}; others kept: {others}"


async def _resolved(host: str, port: int) -> Finding:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as wrong:
        advice = "mend the host in csms.url, or the name server"
        return Finding("name", well=False, detail=f"{host}: {wrong}", advice=advice)
    addresses = dict.fromkeys(str(it[4][0]) for it in found)
    return Finding("name", well=True, detail=f"{host} is {', '.join(addresses)}")


async def _reached(host: str, port: int) -> Finding:
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, writer = await asyncio.open_connection(host, port)
    except OSError as wrong:
        advice = "see whether the CSMS runs, and whether a firewall stands between"
        return Finding(
            "TCP", well=False, detail=f"port {port}: {str(wrong) or 'no answer'}", advice=advice
        )
    writer.close()
    return Finding("TCP", well=True, detail=f"port {port} answers")


def _anything() -> ssl.SSLContext:
    """Return a context that offers every suite and version this machine has, for a look only."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version = ssl.TLSVersion.TLSv1
    return made


def _certificates(chain: Sequence[Certificate], wrong: Failure | None, *, judged: bool) -> Finding:
    dates = "; ".join(
        f"{it.subject} ({it.key}) from {_date(it.not_before)} to {_date(it.not_after)}"
        for it in chain
    )
    if wrong is None:
        doubt = "" if judged else "; nobody vouches for the clock, so dates were not judged"
        return Finding("certificates", well=True, detail=dates + doubt)
    detail = f"{wrong}; sent were {dates}" if dates else str(wrong)
    return Finding("certificates", well=False, detail=detail, advice=_ADVICE.get(wrong.cause, ""))


def _wrong(step: str, failure: Failure) -> Finding:
    advice = _ADVICE.get(failure.cause, "look into the log of the CSMS")
    return Finding(step, well=False, detail=str(failure), advice=advice)


def _date(utc: float) -> str:
    return f"{datetime.fromtimestamp(utc, UTC):%Y-%m-%d}"
