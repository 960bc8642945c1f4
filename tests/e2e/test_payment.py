"""Paying at the station over real HTTPS: core, disk, jobs and provider in one jumping loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from laadpaal.ports.devices import PaymentReader
from laadpaal.properties.values import Values
from laadpaal.runtime.assembly import DATABASE, Station, assembled
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, EvseTable, PaymentTable
from laadpaal.runtime.life import Body
from laadpaal.runtime.paying import provider_of
from laadpaal.runtime.running import Running
from laadpaal.simulation.payment_provider import Mischief, ProviderDouble
from laadpaal.simulation.reader import SimulatedPaymentReader
from laadpaal.station.display import ScreenState
from laadpaal.station.layout import Layout
from laadpaal.station.notices import Notice, TransactionEnded, TransactionStarted
from laadpaal.station.payment import PaymentState, Settlement
from laadpaal.station.payment_words import PaymentSettled
from laadpaal.station.view import EvseView
from tests.support.errands import Errands
from tests.support.flash import Flash
from tests.support.jumping import LoopClock, SocketLoop
from tests.support.paying import CABLES, GIRO, OTHER, SOCKETS
from tests.support.sockets import Bench

S = PaymentState
PRECONDITIONS = pytest.mark.parametrize(
    ("layout", "plugged"),
    [pytest.param(SOCKETS, True, id="cable connected"), pytest.param(CABLES, False, id="fixed")],
)
PATIENCE_S = 30.0
SPEED = 20.0
PATIENT: dict[str, str | int | float | bool] = {
    "2087_0": 10,  # a sample tells the disk how much was delivered
    "2A50_1": 60,  # at this speed a busy machine is slow to shake hands
    "2A50_2": 60,
    "2A50_3": 60,
}


class Shop:
    """A station, its provider, and customers; nobody waits for time to pass."""

    def __init__(self, layout: Layout, clock: LoopClock, provider: ProviderDouble) -> None:
        self.clock = clock
        self.provider = provider
        self.taps = SimulatedPaymentReader()
        self.flash = Flash()
        self.told: list[Notice] = []
        self.layout = layout
        self.bench = Bench(clock, fixed=(1, 2) if layout is CABLES else ())

    @asynccontextmanager
    async def open(self, folder: Path) -> AsyncIterator[Shop]:
        log = logging.getLogger("shop")
        table = PaymentTable(kind="simulated")
        async with provider_of(table, self.provider, folder, self.clock, log) as provider:
            readers: dict[int, PaymentReader] = {0: self.taps}
            board = replace(self.bench.board(), payment_readers=readers)
            body = Body(
                self.layout,
                Values,
                board,
                self.flash,
                self.clock,
                log,
                Errands(self.clock).means(),
                listeners=(self.told.append,),
                provider=provider,
            )
            self.running = Running(body, self.bench.power_lost)
            task = asyncio.create_task(self.running.run())
            try:
                await asyncio.sleep(1.0)
                yield self
            finally:
                task.cancel()
                await asyncio.wait({task})

    def plug(self) -> None:
        """Connect a vehicle that wants energy."""
        self.bench.sockets[1].plug(32.0, eager=True)

    async def tap(self, card: str = GIRO, wait_s: float = 0.5) -> PaymentState:
        """Hold a payment card to the reader, and return what has come of it a moment later."""
        self.taps.present(card)
        await asyncio.sleep(wait_s)
        return self.state

    @property
    def seen(self) -> EvseView:
        return self.running.view().evses[0]

    @property
    def state(self) -> PaymentState:
        return self.seen.payment.state

    def paths(self, end: str) -> list[str]:
        return [path for path in self.provider.paths if path.endswith(end)]


def play(
    tmp_path: Path,
    layout: Layout,
    story: Callable[[Shop], Awaitable[None]],
    *,
    plugged: bool = True,
) -> None:
    async def played() -> None:
        async with Shop(layout, LoopClock(), ProviderDouble()).open(tmp_path) as shop:
            if plugged:
                shop.plug()
            await asyncio.sleep(15.0)  # the meter has been read
            await story(shop)

    with asyncio.Runner(loop_factory=SocketLoop) as runner:
        runner.run(played())


async def free_again(shop: Shop, *, plugged: bool) -> None:
    """Look whether the next card of any kind is served, within a second (S58)."""
    assert not shop.seen.payment.authorizing
    assert not [n for n in shop.told if isinstance(n, TransactionStarted)]
    await asyncio.sleep(3.5)
    rest = ScreenState.EV_CONNECTED if plugged else ScreenState.AVAILABLE
    assert shop.seen.screen.state is rest
    assert shop.seen.screen.popup is None
    assert shop.state is S.IDLE
    shop.provider.mischief = Mischief.NONE
    assert await shop.tap(OTHER) is S.OFFERED


@PRECONDITIONS
def test_s59_the_wan_is_down(tmp_path: Path, layout: Layout, *, plugged: bool) -> None:
    """A message, a free socket, and once the WAN is back a cancellation; then it works."""

    async def story(shop: Shop) -> None:
        shop.provider.mischief = Mischief.UNREACHABLE
        assert await shop.tap() is S.ABORTED
        assert shop.seen.screen.popup is not None
        await free_again(shop, plugged=plugged)
        await asyncio.sleep(20.0)
        assert len(shop.paths("cancel")) == 1
        assert shop.running.view().unsettled == 0

    play(tmp_path, layout, story, plugged=plugged)


@PRECONDITIONS
@pytest.mark.parametrize("mischief", [Mischief.BLACK_HOLE, Mischief.SLOW])
def test_s59_no_answer_in_time(
    tmp_path: Path, layout: Layout, mischief: Mischief, *, plugged: bool
) -> None:
    """After 20 s it is over; what the provider may still approve is cancelled, and stays so."""

    async def story(shop: Shop) -> None:
        shop.provider.mischief, shop.provider.only = mischief, "zations"
        assert await shop.tap(wait_s=19.5) is S.PRE_AUTHORIZING
        assert shop.seen.screen.state is ScreenState.PLEASE_WAIT
        await asyncio.sleep(0.6)
        assert shop.state is S.ABORTED
        await free_again(shop, plugged=plugged)
        assert len(shop.paths("cancel")) == 1
        opened = [one for one in shop.provider.sessions.values() if not one.cancelled]
        assert [one.request for one in opened] == [shop.seen.payment.id]

    play(tmp_path, layout, story, plugged=plugged)


@PRECONDITIONS
def test_s60_nobody_agrees(tmp_path: Path, layout: Layout, *, plugged: bool) -> None:
    """The tariff is shown for 30 s, then it is cancelled, once, and the next card starts anew."""

    async def story(shop: Shop) -> None:
        assert await shop.tap() is S.OFFERED
        popup = shop.seen.screen.popup
        assert popup is not None
        assert popup.until == pytest.approx(shop.clock.now().utc + 30.0, abs=1.0)
        await asyncio.sleep(29.0)
        before = shop.state
        await asyncio.sleep(1.0)
        assert (before, shop.state) == (S.OFFERED, S.ABORTED)
        await free_again(shop, plugged=plugged)
        assert shop.paths("cancel") == ["/v1/preauthorizations/session-1/cancel"]

    play(tmp_path, layout, story, plugged=plugged)


@PRECONDITIONS
@pytest.mark.parametrize(
    "mischief",
    [
        Mischief.UNKNOWN_STATION,
        Mischief.FORBIDDEN,
        Mischief.PAYMENT_REQUIRED,
        Mischief.FAILING,
        Mischief.GARBAGE,
        Mischief.ERROR_BODY,
        Mischief.DECLINED,
    ],
)
def test_s61_an_error_of_the_provider(
    tmp_path: Path, layout: Layout, mischief: Mischief, *, plugged: bool
) -> None:
    """Each is a message and a free socket; the provider's own faults are tried once more."""

    async def story(shop: Shop) -> None:
        shop.provider.mischief, shop.provider.only = mischief, "zations"
        assert await shop.tap() is S.ABORTED
        assert len(shop.paths("zations")) == 1 + (mischief is Mischief.FAILING)
        await free_again(shop, plugged=plugged)

    play(tmp_path, layout, story, plugged=plugged)


@PRECONDITIONS
def test_a_whole_payment(tmp_path: Path, layout: Layout, *, plugged: bool) -> None:
    """What the meter says was delivered is what the provider takes, once."""

    async def story(shop: Shop) -> None:
        await shop.tap()
        assert await shop.tap() is S.AUTHORIZED
        if not plugged:
            shop.plug()
        await asyncio.sleep(3600.0)
        assert await shop.tap(wait_s=2.0) is S.RECEIPT
        ended = next(n for n in shop.told if isinstance(n, TransactionEnded))
        started = next(n for n in shop.told if isinstance(n, TransactionStarted))
        (session,) = shop.provider.sessions.values()
        assert session.debits == 1
        assert session.bill["energyWh"] == int(ended.meter_wh - started.meter_wh) > 0
        await asyncio.sleep(10.0)
        assert shop.state is S.IDLE
        assert [n.how for n in shop.told if isinstance(n, PaymentSettled)] == [Settlement.CAPTURED]

    play(tmp_path, layout, story, plugged=plugged)


def test_a_capture_is_tried_until_it_is_heard(tmp_path: Path) -> None:
    """A provider that is out for an hour, and one that loses its answers, take the money once."""

    async def story(shop: Shop) -> None:
        await shop.tap()
        await shop.tap()
        await asyncio.sleep(600.0)
        shop.provider.mischief, shop.provider.only = Mischief.OTHER_SESSION, "capture"
        assert await shop.tap() is S.CAPTURING
        assert shop.provider.debits == 1
        shop.provider.mischief = Mischief.FAILING
        await asyncio.sleep(3600.0)
        shop.provider.mischief = Mischief.NONE
        await asyncio.sleep(601.0)
        assert shop.provider.heard[f"{shop.provider.sessions['session-1'].request}-capture"] > 3
        assert shop.provider.debits == 1
        assert shop.running.view().unsettled == 0

    play(tmp_path, SOCKETS, story)


CUTS = [S.PRE_AUTHORIZING, S.OFFERED, S.CONFIRMING, S.AUTHORIZED, S.ABORTED, S.CAPTURING, S.RECEIPT]


@PRECONDITIONS
@pytest.mark.parametrize("state", CUTS)
def test_a_power_cut_in_each_state(
    tmp_path: Path, layout: Layout, state: PaymentState, *, plugged: bool
) -> None:
    """Never stuck, never charged twice, and what the disk knows of is charged once."""

    async def story(shop: Shop) -> None:
        await reach(shop, state)
        shop.flash.dead = True
        await shop.running.cut_power()
        await asyncio.sleep(1.0)
        shop.provider.mischief = Mischief.NONE
        assert not shop.seen.payment.authorizing
        await asyncio.sleep(700.0)
        assert shop.running.view().unsettled == 0
        charged = state in {S.AUTHORIZED, S.CAPTURING, S.RECEIPT}
        assert shop.provider.debits == charged
        left = [one for one in shop.provider.sessions.values() if not one.cancelled]
        assert len(left) == charged
        assert await shop.tap(OTHER) is S.OFFERED

    play(tmp_path, layout, story, plugged=plugged)


async def reach(shop: Shop, state: PaymentState) -> None:
    """Bring a customer as far as that, and have energy flow where somebody may charge."""
    misbehaving = {
        S.PRE_AUTHORIZING: "zations",
        S.CONFIRMING: "confirm",
        S.ABORTED: "cancel",
        S.CAPTURING: "capture",
    }
    if state in misbehaving:
        shop.provider.mischief, shop.provider.only = Mischief.BLACK_HOLE, misbehaving[state]
    await shop.tap()
    if state is S.ABORTED:
        await asyncio.sleep(30.0)
    elif state not in {S.PRE_AUTHORIZING, S.OFFERED}:
        await shop.tap()
    if state in {S.AUTHORIZED, S.CAPTURING, S.RECEIPT}:
        shop.plug()
        await asyncio.sleep(600.0)
    if state in {S.CAPTURING, S.RECEIPT}:
        await shop.tap()
    assert shop.state is state


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110  nobody tells a test when a station has come so far
            await asyncio.sleep(0.02)


async def test_an_assembled_station_takes_payments(tmp_path: Path) -> None:
    """From the configuration to the debit, with the database and a power cut while it charges."""
    config = Config(
        evse=(EvseTable(outlet="cable"),),
        payment=PaymentTable(kind="simulated"),
        api=None,
        folder=str(tmp_path),
        speed=SPEED,
        settings=PATIENT,
    )
    told: list[Notice] = []
    log = logging.getLogger("assembled shop")
    async with assembled(config, RealClock(SPEED), log, told.append) as shop:
        await charge(shop)
        await shop.running.cut_power()
        await until(lambda: any(isinstance(n, PaymentSettled) for n in told))
        provider = shop.bench.provider
        assert provider.debits == 1
        assert shop.running.view().unsettled == 0
    ended = next(n for n in told if isinstance(n, TransactionEnded))
    started = next(n for n in told if isinstance(n, TransactionStarted))
    (session,) = provider.sessions.values()
    assert session.bill["energyWh"] == int(ended.meter_wh - started.meter_wh)
    assert (tmp_path / DATABASE).exists()
    assert GIRO.encode() not in _written(tmp_path)


def _written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def charge(shop: Station) -> None:
    """Pay, plug in, and charge until some energy is saved."""

    def first() -> EvseView:
        return shop.running.view().evses[0]

    def charged() -> bool:
        tx = first().transaction
        return tx is not None and tx.energy_wh > 300

    await until(lambda: first().measurement is not None)
    shop.bench.pay(GIRO, 0)
    await until(lambda: first().payment.state is S.OFFERED)
    shop.bench.pay(GIRO, 0)
    await until(lambda: first().payment.state is S.AUTHORIZED)
    shop.bench.plug(1, 32.0)
    await until(charged)
