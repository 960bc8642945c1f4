"""The place where rooms are put together: a configuration becomes a running station."""

from __future__ import annotations

import logging
import random
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from laadpaal import VERSION
from laadpaal.csms.dialect import Dialect, Scene
from laadpaal.csms.dialling import Address
from laadpaal.csms.failures import Failure
from laadpaal.csms.holdings import discard_others, holdings
from laadpaal.csms.leaving import Exit
from laadpaal.csms.link import BackOff, Link
from laadpaal.csms.overheard import Overheard
from laadpaal.csms.roots import retire
from laadpaal.csms.tls import SUITES, TlsPolicy, Trust, missing, peer_chain
from laadpaal.csms.v16 import V16
from laadpaal.csms.v201 import V201
from laadpaal.drivers.icmp import IcmpEcho
from laadpaal.local_api.events import EventStream
from laadpaal.ports.clock import Clock
from laadpaal.ports.devices import Brand
from laadpaal.ports.errors import VaultFailed
from laadpaal.ports.vault import Vault
from laadpaal.properties import comms
from laadpaal.properties.certificates import SIGNED_ROOTS, WILDCARDS
from laadpaal.properties.connectivity import AT_GAP
from laadpaal.properties.kinds import Hidden
from laadpaal.properties.state import LOG_SIZE
from laadpaal.properties.transactions import HISTORY
from laadpaal.properties.values import Values
from laadpaal.runtime.beside import beside
from laadpaal.runtime.brands import brand_of
from laadpaal.runtime.config import Config, ConfigError, CsmsTable, settings_of
from laadpaal.runtime.expiry import kept
from laadpaal.runtime.firmware import firmware_of
from laadpaal.runtime.gathering import Gathering
from laadpaal.runtime.hardware import bench_of, board_of
from laadpaal.runtime.life import Body, Csms, Share
from laadpaal.runtime.local_side import LocalSide, Side, local_side
from laadpaal.runtime.log import to_file
from laadpaal.runtime.log_file import LogFile
from laadpaal.runtime.meters import Meters, meters_of
from laadpaal.runtime.modems import Plugged, plugged
from laadpaal.runtime.paying import provider_of
from laadpaal.runtime.provision import means_of
from laadpaal.runtime.readers import check_readers, readers_of
from laadpaal.runtime.recorder import Recorder
from laadpaal.runtime.remembered import Remembered
from laadpaal.runtime.routes import address_of, given
from laadpaal.runtime.running import Running
from laadpaal.runtime.runs import run_in
from laadpaal.runtime.troublemaker import Troublemaker
from laadpaal.runtime.troubles import World
from laadpaal.runtime.web import Web
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.modem import SimulatedModem
from laadpaal.simulation.wan import SimulatedWan
from laadpaal.station.events import CsmsReached, CsmsUnreached, SecurityIncident
from laadpaal.station.network_profile import Generation
from laadpaal.station.notices import Notice
from laadpaal.station.security import SecurityKind
from laadpaal.storage import StationStore, Store
from laadpaal.storage.put_back import put_back
from laadpaal.storage.vault import FileVault

KB = 1000
DATABASE, LOG, FLIGHT, VAULT = "station.sqlite", "laadpaal.log", "flight.jsonl", "vault"
OUTGOING = "outgoing"
"""What is in a station's folder."""


@dataclass(frozen=True, slots=True)
class Station:
    """A station that runs.

    Args:
        side: Where its local side can be found.
        troubles: What can be made to go wrong.
        modem: The simulated modem, where there is one.
    """

    running: Running
    bench: SimulatedBench
    share: Share
    side: LocalSide
    troubles: Troublemaker
    modem: SimulatedModem | None = None

    @property
    def api(self) -> str | None:
        """Address of the control API, or None without one."""
        return self.side.api

    @property
    def web(self) -> Web | None:
        """The HTTPS server, where there is one."""
        return self.side.web

    @property
    def modbus(self) -> int | None:
        """The port on which energy managers are heard, or None."""
        return self.side.modbus


@asynccontextmanager
async def assembled(
    config: Config,
    clock: Clock,
    log: logging.Logger,
    *listeners: Callable[[Notice], None],
    wrap: Callable[[Share], Share] = lambda share: share,
) -> AsyncIterator[Station]:
    """Run a station with simulated hardware as long as the block lasts.

    `listeners` never wait; `wrap` may stand between station and storage, for tests that break it.

    Raises:
        ConfigError: A file, folder or address that the configuration names cannot be used.
        StorageFailed: The database cannot be opened. What fails while the station runs ends the
            block, and is raised in an ExceptionGroup.
    """
    folder = Path(config.folder)
    meters, brand = _checked(config)
    async with AsyncExitStack() as stack:
        book = _log_to(folder / LOG, clock, log, stack)  # makes the folder
        crash = stack.enter_context(run_in(folder))
        vault, wan = _vault(folder, log), SimulatedWan()
        csms = _csms(config, config.csms, vault, clock, log, wan) if config.csms else None
        firmware = await firmware_of(config, vault, clock, lambda: running.values, log)
        store = _store(folder, log, stack, later=firmware.updater.release().taken_back)
        past = _past(config, store, lambda: running.values[HISTORY])
        recorder = _recorder(folder, log, stack)
        bench = bench_of(config, clock, meters)
        readers = stack.enter_context(readers_of(config.reader, bench, lambda: running.values, log))
        board = await stack.enter_async_context(board_of(config, bench, meters, brand, readers))
        paid = provider_of(config.payment, bench.provider, folder, clock, log)
        provider = await stack.enter_async_context(paid)
        modem = _modem(config, log, lambda: running.values[AT_GAP] / 1000, stack)
        events = EventStream()
        gathering = Gathering(folder / OUTGOING, folder / LOG, folder / FLIGHT, past.security_log)
        body = Body(
            layout=config.layout(),
            settings=lambda: station_settings(config, vault),
            board=board,
            share=wrap(past),
            clock=clock,
            log=log,
            means=means_of(config, vault, gathering, firmware, lambda: running.values),
            csms=csms,
            listeners=(events.tell, *listeners),
            recorder=recorder,
            vault=vault,
            certificates=lambda: kept(vault, config.csms.ca_file if config.csms else ""),
            provider=provider,
            aftermath=iter([crash.incident()] if crash else []),
            modem=modem.modem,
        )
        running = Running(body, bench.power_lost)
        world = World(config, bench, running, clock, store, wan, modem.simulated)
        told = Remembered.of(past, book, csms, lambda: running.values[LOG_SIZE] * KB)
        side = Side(world, Troublemaker(world, log), events, told, brand, vault, firmware, body)
        at = await stack.enter_async_context(local_side(side, log))
        async with beside(_run(running, log)):
            yield Station(running, bench, body.share, at, side.troubles, modem.simulated)


def _checked(config: Config) -> tuple[Meters, Brand]:
    """Return what the files tell of meters and brand; raises ConfigError before all is made."""
    if config.csms:
        check_files(config.csms)
    check_readers(config.reader)
    return meters_of(config), brand_of(config.station)


def _recorder(folder: Path, log: logging.Logger, stack: AsyncExitStack) -> Recorder:
    recorder = Recorder(folder / FLIGHT, log)
    stack.callback(recorder.close)
    return recorder


def _store(folder: Path, log: logging.Logger, stack: AsyncExitStack, *, later: bool) -> Store:
    """Open the database, which a later release may have been at work on."""
    aside = put_back(folder / DATABASE) if later else None
    if aside:
        log.warning("The database is that of before the update; the later one is kept as %s", aside)
    store = Store.open(folder / DATABASE)
    stack.callback(store.close)
    if store.set_aside:
        log.error("The database was corrupt, and is kept as %s", store.set_aside)
    return store


def _past(config: Config, store: Store, kept: Callable[[], int]) -> StationStore:
    return store.station(config.station.serial, kept=kept, heard=config.csms is not None)


def _modem(
    config: Config, log: logging.Logger, gap_s: Callable[[], float], stack: AsyncExitStack
) -> Plugged:
    return stack.enter_context(plugged(config.modem, log, gap_s)) if config.modem else Plugged()


async def _run(running: Running, log: logging.Logger) -> None:
    try:
        await running.run()
    except Exception:
        log.exception("The station has ended")
        raise


def _log_to(path: Path, clock: Clock, log: logging.Logger, stack: AsyncExitStack) -> LogFile:
    try:
        handler = to_file(path, lambda: clock.now().utc, lambda: LOG_SIZE.default * KB)
    except OSError as wrong:
        raise ConfigError(f"folder: {wrong}") from wrong
    log.addHandler(handler)
    stack.callback(handler.close)
    stack.callback(log.removeHandler, handler)
    log.info("Laadpaal %s starts", VERSION)
    return handler


def station_settings(config: Config, vault: Vault) -> Values:
    """Return what the file gives; what the station was told later stands in its database."""
    values = settings_of(config)
    csms = config.csms
    if csms and csms.password:
        values.put(comms.PASSWORD, Hidden(csms.password))
    profile = _profile(csms, vault) if csms else 0
    if profile:
        values.put(comms.SECURITY_PROFILE, profile)
    return values


def _profile(csms: CsmsTable, vault: Vault) -> int:
    """Return how station and CSMS know each other, which follows from what the station has."""
    if csms.password:
        return 2 if csms.secure else 1
    return 3 if csms.secure and vault.identities() else 0


def _vault(folder: Path, log: logging.Logger) -> FileVault:
    """Return the vault in a station's folder; raises ConfigError."""
    vault = FileVault(folder / VAULT, log)
    try:
        vault.prepare()
    except VaultFailed as wrong:
        raise ConfigError(f"folder: the vault cannot be used: {wrong}") from wrong
    return vault


def check_files(table: CsmsTable) -> None:
    """Raise ConfigError for a file of certificates that cannot be used."""
    for key, file in (("ca_file", table.ca_file), ("crl_file", table.crl_file)):
        try:
            if file:
                ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(file)
        except OSError as wrong:
            raise ConfigError(f"csms.{key}: {file}: {wrong}") from wrong


def trust_of(table: CsmsTable, vault: Vault) -> Trust:
    """Return what TLS goes by."""
    return Trust(TlsPolicy(table.tls_policy), table.ca_file, table.crl_file, vault)


def judged_by(trust: Trust, values: Values) -> Trust:
    """Return the same as the settings have it now."""
    return replace(trust, signed_roots=values[SIGNED_ROOTS], wildcards=values[WILDCARDS])


def _csms(
    config: Config,
    table: CsmsTable,
    vault: Vault,
    clock: Clock,
    log: logging.Logger,
    wan: SimulatedWan,
) -> Csms:
    trust = trust_of(table, vault)
    _report_missing(trust.policy, log)
    speaks = dialects(clock, log)

    def line(scene: Scene) -> Link:
        def spoken() -> Dialect:
            return speaks(scene.desk.view().network.route.generation)

        def address() -> Address:
            view, values = scene.desk.view(), scene.desk.values
            subprotocol = spoken().language.version.subprotocol
            found = address_of(table, judged_by(trust, values), subprotocol, view, values)
            return replace(found, leaving=Exit(lacking=wan.lacking)) if wan.down else found

        def met(at: Address, failure: Failure | None) -> None:
            scene.desk.happened(_outcome(at, failure))
            if failure is None and at.own:
                _discard_others(at, clock, vault, scene, log)

        def incident(kind: SecurityKind, info: str) -> None:
            scene.desk.happened(SecurityIncident(kind, info))

        lots = random.Random()  # noqa: S311  a back-off is no secret
        return Link(
            address,
            clock,
            lots,
            log,
            authorization=lambda: spoken().authorization(table.identity, scene),
            back_off=lambda: _back_off(scene.desk.values),
            anchor=scene.anchor,
            met=met,
            proved=lambda tls: _proved(tls, vault, scene, log),
            incident=incident,
        )

    echo = IcmpEcho(log) if table.echo else None
    overheard = Overheard(lambda: clock.now().utc)
    return Csms(speaks, line, echo, given(table, modem=config.modem is not None), overheard)


def _back_off(values: Values) -> BackOff:
    return BackOff(
        values[comms.BACK_OFF_MIN],
        values[comms.BACK_OFF_RANGE],
        values[comms.BACK_OFF_REPEATS],
    )


def _proved(tls: ssl.SSLObject, vault: Vault, scene: Scene, log: logging.Logger) -> None:
    """Let the fallback go once the CSMS is known by the root."""
    if not scene.desk.values[SIGNED_ROOTS]:
        return
    try:
        if retire(vault, peer_chain(tls), scene.utc()):
            scene.desk.happened(holdings(vault))
    except VaultFailed as wrong:
        log.warning("The fallback root stays: %s", wrong)


def _discard_others(
    at: Address, clock: Clock, vault: Vault, scene: Scene, log: logging.Logger
) -> None:
    """Let the certificates go that were not needed for this connection (2.0.1 A02)."""
    shown = at.trust.identity(clock.now(), at.spurned)
    try:
        if shown and discard_others(vault, shown, scene.utc()):
            scene.desk.happened(holdings(vault))
    except VaultFailed as wrong:
        log.warning("A certificate that is not used stays: %s", wrong)


def _outcome(at: Address, failure: Failure | None) -> CsmsReached | CsmsUnreached:
    if failure is None:
        return CsmsReached(at.credentials, at.route.slot, at.route.interface)
    refused = failure.incident is not None
    way = at.route.interface
    return CsmsUnreached(at.credentials, str(failure), refused, at.route.slot, way)


def dialects(clock: Clock, log: logging.Logger) -> Callable[[Generation], Dialect]:
    """Return what tells how each generation speaks."""
    spoken: dict[Generation, Dialect] = {
        Generation.FIRST: V16(log),
        Generation.SECOND: V201(clock),
    }
    return spoken.__getitem__


def _report_missing(policy: TlsPolicy, log: logging.Logger) -> None:
    """Say so when this machine cannot offer what the policy promises (S5)."""
    if lost := missing(policy):
        left = len(SUITES[policy]) - len(lost)
        log.error("TLS suites not there: %s; %d are left", ", ".join(lost), left)
