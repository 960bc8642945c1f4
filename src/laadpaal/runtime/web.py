"""The local side as the network sees it: who comes in, what they are shown, where it listens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.types import ASGIApp

from laadpaal.local_api.announcing import Announcement, announcing
from laadpaal.local_api.doorman import Doorman
from laadpaal.local_api.doors import Fork
from laadpaal.local_api.gate import Gate
from laadpaal.local_api.given import Entrance
from laadpaal.local_api.server import Serving, serving
from laadpaal.local_api.tls import Shown
from laadpaal.local_api.visitors import Logins
from laadpaal.ports.accounts import Accounts
from laadpaal.ports.certificate import ServerCertificate
from laadpaal.ports.clock import Clock
from laadpaal.ports.errors import VaultFailed
from laadpaal.protocols.hosts import is_loopback
from laadpaal.protocols.pki import PkiError
from laadpaal.runtime.addresses import names
from laadpaal.runtime.beside import beside
from laadpaal.runtime.config import Config, ConfigError
from laadpaal.runtime.web_table import WebTable
from laadpaal.station.events import Event, SecurityIncident
from laadpaal.storage.server_certificate import GivenCertificate, OwnCertificate

CERTIFICATE = "web.pem"
"""What is in a station's folder."""
LOOPBACK = "127.0.0.1"
LOOK_S = 5.0
"""How often we look whether a command has set the first password."""
AWAY_S = 6.0
"""How long nobody is served when a client has had the station start anew, which may take less.

Some ask every 5 s whether it is back, and believe in a restart only when they got no answer once.
"""


def entrance_of(
    accounts: Accounts,
    clock: Clock,
    happened: Callable[[Event], None],
) -> Entrance:
    """Return where people log in."""
    doorman = Doorman(
        accounts,
        lambda: clock.now().utc,
        lambda kind, info: happened(SecurityIncident(kind, info)),
    )
    return Entrance(doorman, Logins())


@dataclass(frozen=True, slots=True)
class Front:
    """What the network is to see of a station: where, and with which certificate."""

    table: WebTable
    shown: Shown


def front_of(config: Config, clock: Clock, log: logging.Logger) -> Front | None:
    """Return what the network sees, if anything; raises ConfigError."""
    if config.web is None:
        return None
    try:
        certificate = _certificate(config, config.web, clock.now().utc, log)
        return Front(config.web, Shown(certificate))
    except (OSError, PkiError, VaultFailed) as wrong:
        raise ConfigError(f"web: the certificate cannot be used: {wrong}") from wrong


def _certificate(
    config: Config, table: WebTable, utc: float, log: logging.Logger
) -> ServerCertificate:
    if table.certificate_file:
        given = GivenCertificate(Path(table.certificate_file), Path(table.key_file))
        given.check(utc)
        return given
    own = OwnCertificate(Path(config.folder) / CERTIFICATE)
    if own.prepare(config.station.serial, names(), utc):
        log.info("Web: a certificate of our own was made")
    return own


About = Callable[[str, int], Announcement]
"""Returns what the network is told of the station, for the host and the port where it listens."""


class Web:
    """The HTTPS server, and where it listens now."""

    def __init__(self, table: WebTable, serving: Serving, host: str, log: logging.Logger) -> None:
        self._table, self._serving, self._log = table, serving, log
        self.host = host
        self.moved = asyncio.Event()
        """Set once it has tried to listen where the configuration says."""
        self._left = asyncio.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._serving.port

    @property
    def url(self) -> str:
        """Where it can be found."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.port}"

    async def run(self, doorman: Doorman, about: About) -> None:
        """Open to the network when it is time, and be announced there; until cancelled."""
        await self.open(doorman)
        while True:
            await self._served(about)
            await self._return()

    async def _served(self, about: About) -> None:
        """Be announced where there is a network, until everybody has to come again."""
        if not self._table.announce or is_loopback(self.host):
            await self._left.wait()
            return
        async with beside(announcing(lambda: about(self.host, self.port), self._log)):
            await self._left.wait()

    def leave(self) -> None:
        """Have every client come again, and find nobody for a while; returns at once."""
        self._serving.drop()
        if self.host == self._table.host:  # before, nobody but this machine reaches it
            self._serving.leave()
            self._left.set()

    async def _return(self) -> None:
        """Listen again after a while, where it was; what is in the way is tried again."""
        listens = False
        while not listens:
            await asyncio.sleep(AWAY_S)
            listens = await self._listens(self.host)
        self._left.clear()

    async def open(self, doorman: Doorman) -> None:
        """Listen where the configuration says as soon as the owner has a password."""
        if self.host == self._table.host:
            return
        while doorman.first:
            try:
                async with asyncio.timeout(LOOK_S):
                    await doorman.opened.wait()
            except TimeoutError:
                continue  # a command may have set it
        await self._move(self._table.host)

    async def _move(self, host: str) -> None:
        if await self._listens(host):
            self.host = host
            self._log.info("Web: open to the network on %s port %d", host, self.port)
        else:
            await self._serving.listen(self.host, self.port)
        self.moved.set()

    async def _listens(self, host: str) -> bool:
        """Try to listen there, on the same port; tell whether that worked."""
        try:
            await self._serving.listen(host, self.port)
        except OSError as wrong:
            self._log.error("Web: cannot listen on %s port %d: %s", host, self.port, wrong)
            return False
        return True


@asynccontextmanager
async def web_of(
    app: ASGIApp,
    compatible: Callable[[Callable[[], None]], ASGIApp],
    entrance: Entrance,
    front: Front | None,
    about: About,
    close: Callable[[], None],
    log: logging.Logger,
) -> AsyncIterator[Web | None]:
    """Serve both APIs to those who can log in as long as the block lasts; raises ConfigError.

    `compatible` returns the other API, and is given what has every client come again.
    """
    if front is None:
        yield None
        return
    table, shown = front.table, front.shown

    def leave() -> None:
        web.leave()

    gate = Gate(app, entrance.logins, asyncio.get_running_loop().time)
    guarded = Fork(gate, compatible(leave))
    near = is_loopback(table.host) or not entrance.doorman.first
    host = table.host if near else LOOPBACK
    async with AsyncExitStack() as stack:
        served = serving(guarded, host, table.port, [close], shown.context)
        try:
            server = await stack.enter_async_context(served)
        except OSError as wrong:
            raise ConfigError(f"web: cannot listen on {host} port {table.port}: {wrong}") from wrong
        web = Web(table, server, host, log)
        await stack.enter_async_context(beside(web.run(entrance.doorman, about)))
        yield web
