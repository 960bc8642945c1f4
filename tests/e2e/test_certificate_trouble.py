"""A whole station whose CSMS has bad certificates: nothing is said to it, and it can be mended."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from laadpaal.backoffice.policy import Policy
from laadpaal.backoffice.record import Direction
from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.vault import Use
from laadpaal.runtime.assembly import LOG, VAULT, Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import ApiTable, Config, CsmsTable
from laadpaal.station.notices import Notice, SecurityEvent
from laadpaal.station.security import SecurityKind
from laadpaal.storage.vault import FileVault
from tests.support.certificates import EXPIRED, Made, chain
from tests.support.front import Front, front, server

IDENTITY = "LP1"
PATIENCE_S = 30.0
BACK_OFF: dict[str, str | int | float | bool] = {"20F6_1": 1, "20F6_2": 0, "20F6_3": 0}
BOTH = pytest.mark.parametrize("ocpp", ["1.6", "2.0.1"])
QUIET = logging.getLogger("laadpaal.test.trouble")


@dataclass
class Heard:
    """The security events of a station, and who waits for one."""

    events: list[SecurityEvent] = field(default_factory=list)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, notice: Notice) -> None:
        """Keep what is one."""
        if isinstance(notice, SecurityEvent):
            self.events.append(notice)
            self.bell.set()

    def of(self, kind: SecurityKind) -> list[str]:
        """Return the texts of one kind."""
        return [event.info for event in self.events if event.kind is kind]

    async def until(self, kind: SecurityKind, count: int = 1) -> list[str]:
        """Wait for so many of a kind."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.of(kind)) < count:
                self.bell.clear()
                await self.bell.wait()
        return self.of(kind)


@dataclass
class Play:
    """A station that dials a back office behind a TLS front."""

    office: BackOffice
    front: Front
    station: Station
    heard: Heard
    folder: Path

    async def csms(self) -> Any:
        """Return what the control API shows of the link."""
        async with httpx.AsyncClient(base_url=self.station.api or "") as api:
            return (await api.get("/v1/csms")).json()

    async def hurry(self) -> None:
        """Ask for a connection at once, as somebody at the station may."""
        async with httpx.AsyncClient(base_url=self.station.api or "") as api:
            await api.post("/v1/csms/disconnect")
            await api.post("/v1/csms/connect")


@asynccontextmanager
async def playing(
    ocpp: Any, folder: Path, tls: ssl.SSLContext, *roots: Made, clock: RealClock | None = None
) -> AsyncIterator[Play]:
    """Run both, the station with these roots in its vault."""
    log = logging.getLogger(f"laadpaal.test.trouble.{folder.name}")
    log.setLevel(logging.DEBUG)
    log.propagate = False
    vault = FileVault(folder / VAULT, log)
    for one in roots:
        vault.add_root(Use.CSMS_ROOT, one.pem)
    heard = Heard()
    async with (
        BackOffice(RealClock(trusted=True), Policy(), log=QUIET) as office,
        front(tls, int(office.url.split(":")[2].split("/")[0])) as before,
    ):
        table = CsmsTable(url=before.url, ocpp=ocpp, identity=IDENTITY)
        config = Config(csms=table, api=ApiTable(port=0), folder=str(folder), settings=BACK_OFF)
        made = clock or RealClock(trusted=True)
        async with assembled(config, made, log, heard.tell) as station:
            yield Play(office, before, station, heard, folder)


@BOTH
async def test_an_expired_intermediate_means_no_connection_and_a_way_to_mend_it(
    ocpp: str, tmp_path: Path
) -> None:
    """No frame is ever sent, one event names it; a new root, installed by hand, and it connects.

    The same life goes on.
    """
    top, leaf = chain({"intermediate": EXPIRED})
    new_top, new_leaf = chain()
    async with playing(ocpp, tmp_path, server(leaf, tmp_path), top) as play:
        (first,) = await play.heard.until(SecurityKind.BAD_CSMS_CERTIFICATE)
        await play.front.until(
            lambda: len(play.front.handshakes) > 3
        )  # each attempt but the first is one handshake
        shown = await play.csms()
        sent = play.office.received.total()
        events = play.heard.of(SecurityKind.BAD_CSMS_CERTIFICATE)
        play.front.tls = server(new_leaf, tmp_path)
        # Within a minute a second event of the kind is only counted, so the handshake tells.
        tried = len(play.front.handshakes)
        await play.front.until(lambda: len(play.front.handshakes) > tried)
        FileVault(tmp_path / VAULT, QUIET).add_root(Use.CSMS_ROOT, new_top.pem)
        await play.hurry()
        await play.office.connected(IDENTITY)
        after, lives = await play.csms(), play.station.running.lives

    wanted = "intermediate certificate CN=middle has expired (2021-01-01)"
    assert first == f"certificate has expired: {wanted}"
    assert shown["failure"] == {"cause": "certificate has expired", "detail": wanted}
    assert shown["tls"] is None
    assert not shown["online"]
    assert sent == 0
    assert events == [first]
    assert after["failure"] is None
    assert after["tls"]["version"] == "TLSv1.3"
    assert lives == 1
    log = (tmp_path / LOG).read_text()
    assert ":SECURITY:link.py:" in log


@BOTH
async def test_a_certificate_renewed_meanwhile_is_seen_at_the_next_attempt(
    ocpp: str, tmp_path: Path
) -> None:
    """Whoever mends the CSMS need not touch the station."""
    top, leaf = chain({"leaf": EXPIRED})
    async with playing(ocpp, tmp_path, server(leaf, tmp_path), top) as play:
        await play.heard.until(SecurityKind.BAD_CSMS_CERTIFICATE)
        assert leaf.issuer is not None
        renewed = leaf.issuer.issue("csms", hosts=["127.0.0.1"])
        play.front.tls = server(renewed, tmp_path)
        await play.office.connected(IDENTITY)

    assert len(play.heard.of(SecurityKind.BAD_CSMS_CERTIFICATE)) == 1


@BOTH
async def test_a_station_without_a_clock_hangs_up_once_it_has_one(
    ocpp: str, tmp_path: Path
) -> None:
    """The CSMS tells the time, and by that its own certificate is no good: nothing follows."""
    top, leaf = chain({"root": EXPIRED})
    async with playing(ocpp, tmp_path, server(leaf, tmp_path), top, clock=RealClock()) as play:
        (info,) = await play.heard.until(SecurityKind.BAD_CSMS_CERTIFICATE)
        await play.front.until(lambda: play.front.open == 0)
        heard = [
            frame.action for frame in play.office.frames if frame.direction is Direction.RECEIVED
        ]

    assert "root certificate CN=top has expired" in info
    assert heard == ["BootNotification"]


@BOTH
async def test_only_old_suites_mean_no_connection(ocpp: str, tmp_path: Path) -> None:
    """A server that has nothing but SHA-1 hears no frame, and the event says why (S4)."""
    top, leaf = chain()
    tls = server(leaf, tmp_path, "ECDHE-ECDSA-AES128-SHA", highest="TLSv1_2")
    async with playing(ocpp, tmp_path, tls, top) as play:
        (info,) = await play.heard.until(SecurityKind.BAD_TLS_SUITE)
        sent = play.office.received.total()

    assert info.startswith("no common cipher suite (probable)")
    assert sent == 0
