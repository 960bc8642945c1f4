"""Fifty clients that ask for everything without a pause, and what the control loop feels of it.

The station is this process, with two simulated sockets that charge; the clients, see `crowd.py`,
are a process of their own, and half of them come over TLS and have logged in. A probe in the
station's loop wants to be woken each 10 ms, and counts how late it is: first with nobody at the
door, then in the first tenth, in between and in the last tenth of the time that the crowd is
there. The set of pages in memory is read after the first tenth, and at the end. An argument says
how many seconds the crowd stays; a tenth of it, the station is left alone before.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

import httpx

from bench.crowd import CLIENTS
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import machine_clock
from laadpaal.runtime.config import load

SECONDS = 60.0
PERIOD_S = 0.01
CROWD = Path(__file__).with_name("crowd.py")
SECRET = "correct horse"  # noqa: S105  of a station that lives for a minute
CONFIG = """
folder = "{folder}/data"
[api]
port = 0
[web]
host = "127.0.0.1"
port = 0
announce = false
"""


class Probe:
    """How late a timer of the station's loop is, in milliseconds."""

    def __init__(self) -> None:
        self._late_ms: list[float] = []

    async def watch(self, seconds: float) -> None:
        """Measure for so long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (now := loop.time()) < end:
            wanted = now + PERIOD_S
            await asyncio.sleep(PERIOD_S)
            self._late_ms.append((loop.time() - wanted) * 1000)

    def at(self, share: float) -> float:
        """Return what so large a share of the wakings was not later than."""
        ordered = sorted(self._late_ms)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]

    def __str__(self) -> str:
        return f"{self.at(0.5):8.2f} {self.at(0.99):8.2f} {self.at(1.0):8.2f}"


def resident_mb() -> float:
    """Return the set of pages that this process has in memory."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def measured(seconds: float) -> None:
    """Print one run."""
    log = logging.getLogger("bench")
    log.propagate = False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "station.toml"
        path.write_text(CONFIG.format(folder=folder))
        async with assembled(load(path), machine_clock(1.0, kept=False), log) as station:
            for evse in (1, 2):
                station.bench.plug(evse, 32.0)
            await _phases(station, await _cookie(station), seconds)


async def _cookie(station: Station) -> str:
    """Give the owner a password, log in with it, and return the session."""
    assert station.web  # noqa: S101  the configuration above says so
    login = {"username": "admin", "password": SECRET}
    # It shows a certificate that nobody vouches for.
    async with httpx.AsyncClient(base_url=station.web.url, verify=False) as client:  # noqa: S501
        (await client.put("/v1/password", json={"password": SECRET})).raise_for_status()
        (await client.post("/api/login", json=login)).raise_for_status()
        return str(next(it.value for it in client.cookies.jar if it.path == "/api"))


async def _phases(station: Station, cookie: str, seconds: float) -> None:
    alone, first, between, last = Probe(), Probe(), Probe(), Probe()
    await alone.watch(seconds / 10)
    assert station.web  # noqa: S101  the configuration above says so
    ports = (str(station.api).rpartition(":")[2], str(station.web.port))
    crowd = await asyncio.create_subprocess_exec(
        *(sys.executable, CROWD, *ports, str(seconds), cookie), stdout=asyncio.subprocess.PIPE
    )
    await first.watch(seconds / 10)
    before = resident_mb()
    await between.watch(seconds * 0.8)
    await last.watch(seconds / 10)
    after = resident_mb()
    said, _ = await crowd.communicate()
    print(
        f"{CLIENTS} clients, {seconds:g} s\nwhat is asked    of  answers  each s  at least  no 200"
    )
    print(said.decode().rstrip())
    print("late by ms         median      99%     most")
    print(f"alone            {alone}")
    print(f"in the crowd     {first}")
    print(f"in between       {between}")
    print(f"at its end       {last}")
    print(f"median at the end: {last.at(0.5) / first.at(0.5):.2f} times that at the beginning")
    print(f"memory: {before:.1f} MB, at the end {after:.1f} MB, {after / before:.3f} times")


if __name__ == "__main__":
    asyncio.run(measured(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
