"""Fifty clients that ask for all properties without a pause, and what the control loop feels of it.

The station is this process, with two simulated sockets that charge; the clients are a process of
their own. A probe in the station's loop wants to be woken each 10 ms, and counts how late it is:
first with nobody at the door, then with all clients. The set of pages in memory is read when the
crowd has been there for a tenth of its time, and at its end. An argument says how many seconds the
crowd stays; a tenth of it, the station is left alone before.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.clock import machine_clock
from laadpaal.runtime.config import load

CLIENTS = 50
SECONDS = 60.0
PERIOD_S = 0.01
ASKED = b"GET /v1/properties HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CROWD = "crowd"


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
        path.write_text(f'folder = "{folder}/data"\n[api]\nport = 0\n')
        async with assembled(load(path), machine_clock(1.0, kept=False), log) as station:
            for evse in (1, 2):
                station.bench.plug(evse, 32.0)
            await _phases(station, seconds)


async def _phases(station: Station, seconds: float) -> None:
    alone, crowded = Probe(), Probe()
    await alone.watch(seconds / 10)
    port = str(station.api).rpartition(":")[2]
    crowd = await asyncio.create_subprocess_exec(
        *(sys.executable, __file__, CROWD, port, str(seconds)), stdout=asyncio.subprocess.PIPE
    )
    await crowded.watch(seconds / 10)
    before = resident_mb()
    await crowded.watch(seconds * 0.9)
    after = resident_mb()
    said, _ = await crowd.communicate()
    print(f"answers in {seconds:g} s to {CLIENTS} clients: {said.decode().strip()}")
    print("late by ms         median      99%     most")
    print(f"alone            {alone}")
    print(f"with the crowd   {crowded}")
    print(f"99% in the crowd: {crowded.at(0.99) / alone.at(0.99):.1f} times that alone")
    print(f"memory: {before:.1f} MB, at the end {after:.1f} MB, {after / before:.3f} times")


async def crowd(port: int, seconds: float) -> None:
    """Ask without a pause, and print how many answers came."""
    counts = [0] * CLIENTS
    tasks = [asyncio.create_task(_ask(port, number, counts)) for number in range(CLIENTS)]
    done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        task.result()
    for task in tasks:
        task.cancel()
    print(sum(counts), "and at least", min(counts), "to each")


async def _ask(port: int, number: int, counts: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        writer.write(ASKED)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(head.decode())
        await reader.readexactly(int(head.partition(b"content-length: ")[2].split()[0]))
        counts[number] += 1


if __name__ == "__main__":
    if CROWD in sys.argv:
        asyncio.run(crowd(int(sys.argv[2]), float(sys.argv[3])))
    else:
        asyncio.run(measured(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
