"""Everything a case needs: a whole station, a scripted CSMS, and people who walk up to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Literal, TypeVar

import pytest

from laadpaal.ports.devices import Board
from laadpaal.protocols.ocpp import v16, v201
from laadpaal.protocols.ocpp.version import Language
from laadpaal.runtime import assembly
from laadpaal.runtime.assembly import Station, assembled
from laadpaal.runtime.config import Config, CsmsTable, EvseTable, ModemTable
from laadpaal.runtime.running import Running
from laadpaal.simulation.display import SimulatedDisplay
from laadpaal.simulation.modem import SimulatedModem
from laadpaal.simulation.payment_provider import ProviderDouble
from laadpaal.station.events import ClockCorrected, FaultCleared, FaultRaised
from laadpaal.station.notices import Notice
from laadpaal.station.words import Token
from tests.support.jumping import LoopClock
from tests.support.published import broken
from tests.support.scripted_csms import ScriptedCsms
from tests.support.sockets import Bench

IDENTITY = "LP000001"
TAG, OTHER_TAG, THIRD_TAG = "04A1B2C3", "04D4E5F6", "04778899"
CABLE_A = 20.0
CONNECTORS = (1, 2)
Ocpp = Literal["1.6", "2.0.1"]
Outlet = Literal["socket", "cable"]
LANGUAGES: dict[Ocpp, Language] = {"1.6": v16.LANGUAGE, "2.0.1": v201.LANGUAGE}


class Front:
    """Stands where the assembly has its simulated bench, and hangs the station on another."""

    smart_meter = None

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.power_lost = bench.power_lost
        self.provider = ProviderDouble()
        self.display = SimulatedDisplay()

    def board(self, _: object) -> AbstractAsyncContextManager[Board]:
        """Return the devices."""
        return nullcontext(self._bench.board())


class Grave(logging.Handler):
    """Keeps every error that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Stage:
    """A station that has no power yet, and everybody around it.

    Args:
        url: Where the CSMS listens.
        folder: Where the station keeps its files.
        fixed: The connectors with a fixed cable; the others are sockets with a lock.
        ocpp: The version that both speak.
        equipped: Whether a sensor watches each parking bay, and each meter signs.
    """

    def __init__(
        self,
        csms: ScriptedCsms,
        clock: LoopClock,
        url: str,
        folder: Path,
        fixed: Collection[int],
        ocpp: Ocpp = "1.6",
        *,
        equipped: bool = False,
    ) -> None:
        self.csms = csms
        self.clock = clock
        self.url = url
        self.folder = folder
        self.bench = Bench(clock, fixed, equipped=equipped)
        self.grave = Grave()
        self.settings: dict[str, str | int | float | bool] = {}
        """Settings that the configuration gives, by id."""
        self.listeners: list[Callable[[Notice], None]] = []
        """Told every notice, once it is on disk."""
        self.echo = True
        """Whether the host of the CSMS is asked for an echo, which it gives even without CSMS."""
        self.modem: ModemTable | None = None
        """What the station has besides its wire."""
        self.wire = ""
        """Network interface of this machine that the wire is; one that is not there is cut."""
        self._ocpp = ocpp
        self._equipped = equipped
        self._fixed = fixed
        self._station: Station | None = None
        self._task: asyncio.Task[None] | None = None
        self._on, self._off = asyncio.Event(), asyncio.Event()

    # Power.

    async def power_up(self, password: str = "", ca_file: str = "", secure_url: str = "") -> None:
        """Give the station its power for the first time."""
        csms = CsmsTable(
            url=self.url,
            secure_url=secure_url,
            ocpp=self._ocpp,
            identity=IDENTITY,
            password=password,
            ca_file=ca_file,
            echo=self.echo,
            interface=self.wire,
        )
        outlets: list[Outlet] = [
            "cable" if connector in self._fixed else "socket" for connector in CONNECTORS
        ]
        evse = tuple(
            EvseTable(outlet=one, bay_sensor=self._equipped, signing_meter=self._equipped)
            for one in outlets
        )
        config = Config(
            evse=evse,
            csms=csms,
            api=None,
            modem=self.modem,
            folder=str(self.folder),
            settings=self.settings,
        )
        self._task = asyncio.create_task(self._live(config))
        started = asyncio.create_task(self._on.wait())
        await asyncio.wait({self._task, started}, return_when=asyncio.FIRST_COMPLETED)
        started.cancel()
        if self._task.done():
            task, self._task = self._task, None
            task.result()

    async def _live(self, config: Config) -> None:
        log = logging.Logger("conformance", logging.INFO)  # noqa: LOG001  of this stage alone
        log.addHandler(self.grave)
        async with assembled(config, self.clock, log, *self.listeners) as self._station:
            self._on.set()
            await self._off.wait()

    async def power_down(self) -> None:
        """Take the stage down; what ended the station before is raised."""
        self._off.set()
        if self._task:
            await self._task

    async def cut_power(self) -> None:
        """Take the power away and give it back."""
        await self.running.cut_power()

    @property
    def running(self) -> Running:
        """The station, across its lives."""
        assert self._station
        return self._station.running

    @property
    def simulated_modem(self) -> SimulatedModem:
        """The modem, which may be broken."""
        assert self._station
        assert self._station.modem
        return self._station.modem

    def correct_clock(self, by_s: float) -> None:
        """Correct the station's clock by hand."""
        self.clock.correct(self.clock.now().utc + by_s)
        self.running.happened(ClockCorrected())

    # People.

    def fault(self, evse: int, code: int) -> None:
        """Let a row of the error table hold; EVSE 0 is the station."""
        self.running.happened(FaultRaised(evse, code))

    def repair(self, evse: int, code: int) -> None:
        """Let it hold no longer."""
        self.running.happened(FaultCleared(evse, code))

    def plug(self, connector: int = 1, cable_a: float = CABLE_A, *, eager: bool = True) -> None:
        """Connect a vehicle, which wants energy unless told."""
        self.bench.sockets[connector].plug(cable_a, eager=eager)

    def drive_in(self, connector: int = 1) -> None:
        """Drive a vehicle into the parking bay."""
        self.bench.sockets[connector].park(occupied=True)

    def drive_off(self, connector: int = 1) -> None:
        """Drive it out again."""
        self.bench.sockets[connector].park(occupied=False)

    def unplug(self, connector: int = 1) -> None:
        """Take the cable away at the station, where it must not be held; a fixed one is hung up."""
        socket = self.bench.sockets[connector]
        assert not socket.locked
        socket.unplug(at_vehicle=socket.fixed)

    def unplug_vehicle(self, connector: int = 1) -> None:
        """Pull the plug at the vehicle."""
        self.bench.sockets[connector].unplug(at_vehicle=True)

    def swipe(self, tag: str = TAG, reader: int = 1) -> None:
        """Hold a card to the reader of a connector; reader 0 serves both."""
        self.bench.readers[reader].present(Token(tag))


S = TypeVar("S", bound=Stage)


@asynccontextmanager
async def staged(
    kind: type[S],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    fixed: Collection[int] = (),
    ocpp: Ocpp = "1.6",
    *,
    equipped: bool = False,
) -> AsyncIterator[S]:
    """Yield a stage; at the end nothing wrong may have been said or logged."""
    clock = LoopClock()
    csms = ScriptedCsms(clock, LANGUAGES[ocpp])
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(csms.listening())
        stage = kind(csms, clock, url, folder, fixed, ocpp, equipped=equipped)
        monkeypatch.setattr(assembly, "bench_of", lambda *_: Front(stage.bench))
        yield stage
        await stage.power_down()
    assert csms.complaints == []
    faults = list(broken(csms.frames, ocpp))
    assert faults == [], faults
    assert stage.grave.lines == []
