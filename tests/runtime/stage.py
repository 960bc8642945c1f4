"""A whole station in this process, and an ear at it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from laadpaal.cli.driver import Driver
from laadpaal.ports.clock import Clock
from laadpaal.runtime.assembly import LOG, Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config
from laadpaal.runtime.life import Share
from laadpaal.station.notices import Notice

N = TypeVar("N", bound=Notice)
PATIENCE_S = 60.0
SPEED = 600.0


class Ear:
    """Keeps every notice, and tells when there is a new one."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._bell = asyncio.Event()

    def hear(self, notice: Notice) -> None:
        """Take a notice."""
        self.notices.append(notice)
        self._bell.set()

    def all(self, kind: type[N]) -> list[N]:
        """Return all of one kind."""
        return [notice for notice in self.notices if isinstance(notice, kind)]

    async def until(self, seen: Callable[[], bool]) -> None:
        """Return once it is so, looking again at each notice."""
        async with asyncio.timeout(PATIENCE_S):
            while not seen():
                self._bell.clear()
                await self._bell.wait()


class Stage:
    """A station, who listens to it, and who drives up to it."""

    def __init__(self, station: Station, ear: Ear, driver: Driver) -> None:
        self.station = station
        self.running = station.running
        self.bench = station.bench
        self.ear = ear
        self.driver = driver

    async def life(self, number: int) -> None:
        """Return once this life has begun."""
        await self.ear.until(lambda: self.running.lives >= number)


def logger(folder: Path) -> logging.Logger:
    """Return the logger of the station in that folder."""
    log = logging.getLogger(f"laadpaal.test.{folder.parent.name}.{folder.name}")
    log.setLevel(logging.INFO)
    log.propagate = False
    return log


def logged(config: Config) -> list[str]:
    """Return the lines of a station's log."""
    return (Path(config.folder) / LOG).read_text().splitlines()


@asynccontextmanager
async def staged(
    config: Config,
    clock: Clock | None = None,
    wrap: Callable[[Share], Share] = lambda share: share,
) -> AsyncIterator[Stage]:
    """Run the station as long as the block lasts."""
    clock, ear = clock or RealClock(SPEED), Ear()
    driver, log = Driver(clock), logger(Path(config.folder))
    async with assembled(config, clock, log, ear.hear, driver.hear, wrap=wrap) as station:
        driver.at(station.bench)
        yield Stage(station, ear, driver)
