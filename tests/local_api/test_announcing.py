"""Tools find the station in the network, and notice when it goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count

import pytest
from zeroconf import IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from laadpaal.local_api import announcing as room
from laadpaal.local_api.announcing import TYPE, Announcement, announcing

LOOPBACK = "127.0.0.1"
PATIENCE_S = 20.0
TOLD = Announcement("LP 1=a", "Laadpaal Duo", "LP000001", "0.2.0-2", "2.1.1", 8443, (LOOPBACK,))
LOG = logging.getLogger("announcing")


class Browser:
    """What a tool sees of the network."""

    def __init__(self) -> None:
        self.there: dict[str, None] = {}
        self._changed = asyncio.Event()

    def seen(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        """Take note of one change; the library calls it by these names."""
        del zeroconf, service_type
        if state_change is ServiceStateChange.Removed:
            self.there.pop(name, None)
        else:
            self.there[name] = None
        self._changed.set()

    async def until(self, names: set[str]) -> None:
        """Wait until these are there, and no others."""
        async with asyncio.timeout(PATIENCE_S):
            while set(self.there) != names:
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def browsing() -> AsyncIterator[tuple[AsyncZeroconf, Browser]]:
    """Look at the loopback as a tool looks at a network."""
    zeroconf = AsyncZeroconf(interfaces=[LOOPBACK], ip_version=IPVersion.V4Only)
    browser = Browser()
    looking = AsyncServiceBrowser(zeroconf.zeroconf, TYPE, handlers=[browser.seen])
    try:
        yield zeroconf, browser
    finally:
        await looking.async_cancel()
        await zeroconf.async_close()


@asynccontextmanager
async def telling(tell: Callable[[], Announcement]) -> AsyncIterator[None]:
    """Announce as long as the block lasts."""
    task = asyncio.create_task(announcing(tell, LOG))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_a_tool_finds_the_station_and_sees_it_go() -> None:
    """With its name, its address and what it is; the end is told, not left to time out."""
    name = f"LP 1=a.{TYPE}"
    async with browsing() as (zeroconf, browser):
        async with telling(lambda: TOLD):
            await browser.until({name})
            found = AsyncServiceInfo(TYPE, name)
            assert await found.async_request(zeroconf.zeroconf, PATIENCE_S * 1000)
        await browser.until(set())

    assert found.server == "laadpaal-duo-lp000001.local."
    assert found.port == 8443
    assert found.parsed_addresses() == [LOOPBACK]
    assert found.decoded_properties == {
        "identity": "LP 1=a",
        "scnnetwork": "",
        "type": "2.1.1",
        "fwversion": "0.2.0-2",
    }


async def test_what_changes_is_told_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that comes late, and another name, without a restart."""
    monkeypatch.setattr(room, "LOOK_S", 0.01)
    said = [replace(TOLD, addresses=())]
    async with browsing() as (_, browser), telling(lambda: said[-1]):
        said.append(TOLD)
        await browser.until({f"LP 1=a.{TYPE}"})
        said.append(replace(TOLD, identity="LP2"))

        await browser.until({f"LP2.{TYPE}"})


async def test_a_network_that_takes_nothing_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, however often it fails."""
    tries, enough = count(1), asyncio.Event()

    def refuse(**_: object) -> None:
        if next(tries) == 3:
            enough.set()
        raise OSError("no such device")

    monkeypatch.setattr(room, "LOOK_S", 0.01)
    monkeypatch.setattr(room, "AsyncZeroconf", refuse)
    async with telling(lambda: TOLD), asyncio.timeout(PATIENCE_S):
        await enough.wait()

    assert [it.message.startswith("Web: cannot be announced") for it in caplog.records] == [True]


@pytest.mark.parametrize(
    ("model", "serial", "host"),
    [
        ("NG 9.10", "LP-1", "ng-9-10-lp-1"),
        ("", "LP1", "lp1"),
        ("M" * 80, "LP1", f"{'m' * 59}-lp1"),
        ("M", "9" * 80, "9" * 63),
    ],
)
def test_a_name_is_one_that_networks_know(model: str, serial: str, host: str) -> None:
    """Letters, digits and dashes, no longer than a label may be, and the serial last."""
    assert replace(TOLD, model=model, serial=serial).host == host
