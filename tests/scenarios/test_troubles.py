"""Each trouble of the list: it begins, a whole station says so, it ends, and all is well."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest

from laadpaal.backoffice.server import BackOffice
from laadpaal.ports.bench import BenchError
from laadpaal.ports.troubles import Ongoing
from laadpaal.properties.charging import STATION_MAX
from laadpaal.runtime.assembly import LOG, Station, assembled
from laadpaal.runtime.config import (
    Config,
    ConnectorTable,
    CsmsTable,
    EvseTable,
    ModemTable,
    PaymentTable,
    SimulatedGridTable,
    StationTable,
)
from laadpaal.runtime.reader_tables import Pn532ReaderTable, SimulatedReaderTable
from laadpaal.runtime.troubles import ROWS
from laadpaal.station.answers import Accepted
from laadpaal.station.measurement import Phases
from laadpaal.station.payment import PaymentState
from laadpaal.station.requests import StopCharging, WriteSetting
from laadpaal.station.view import EvseView
from laadpaal.station.why import Why
from laadpaal.station.words import By, Pilot, Status
from laadpaal.storage import StorageFailed
from tests.support.jumping import LoopClock
from tests.support.quick_disk import quick_disk

CARD = "04A1B2C3"
SETTINGS: dict[str, str | int | float | bool] = {"2127_0": True, "2133_0": 60}
"""Unknown cards charge while offline, and too much current is cut off after a minute."""
SOON_S, LATER_S = 60.0, 300.0
CHIP = Pn532ReaderTable(device="simulated")
_BOTH = (ConnectorTable(outlet="socket"), ConnectorTable(outlet="domestic"))
HEAD = re.compile(r"^[^Z]+Z:[A-Z]+:[^:]+:\d+:", re.MULTILINE)
"""What each line of the log begins with."""


class Play:
    """A station with everything that can go wrong, and those who look at it."""

    def __init__(self, station: Station, folder: Path) -> None:
        self.running, self.bench, self.troubles = station.running, station.bench, station.troubles
        self.clock = self.running.clock
        self._folder = folder

    async def begin(self, trouble: str, evse: int = 0, **given: object) -> None:
        """Let something go wrong, and let the station notice."""
        await self.troubles.begin(trouble, evse, given)
        assert Ongoing(trouble, evse, self.troubles.ongoing[-1].parameters) in self.troubles.ongoing
        await self.wait(SOON_S)

    async def end(self, trouble: str, evse: int = 0, wait_s: float = SOON_S) -> None:
        """Let it be well again, and let the station notice."""
        self.troubles.end(trouble, evse)
        await self.wait(wait_s)

    async def wait(self, wait_s: float = SOON_S) -> None:
        """Let time pass."""
        await asyncio.sleep(wait_s)

    async def plug(self, cable_a: float = 20.0) -> None:
        """Connect a vehicle, and hold a card to the reader."""
        self.bench.plug(1, cable_a)
        self.bench.swipe(CARD, 0)
        await self.wait()

    async def charge(self, cable_a: float = 20.0) -> None:
        """Let a vehicle charge."""
        await self.plug(cable_a)
        assert self.status() is Status.CHARGING

    async def anew(self) -> None:
        """Start the station anew, and let another vehicle charge."""
        await self.running.cut_power()
        await self.wait()
        if self.bench.evse(1).look().cable_a:
            self.bench.unplug(1, vehicle_side=False)
        await self.wait()
        await self.charge()

    def seen(self) -> EvseView:
        return self.running.view().evses[0]

    def status(self) -> Status:
        return self.seen().connectors[0].status

    def why(self) -> Why:
        return self.running.why(1)

    def log(self) -> str:
        return (self._folder / LOG).read_text(encoding="utf-8")


@asynccontextmanager
async def played(
    folder: Path, trouble: str = "", *, csms: CsmsTable | None = None
) -> AsyncIterator[Play]:
    """Have a station with what that trouble needs; serial lines are slow to look at."""
    modem = ModemTable(apn="internet.example") if trouble == "modem-fails" else None
    config = Config(
        folder=str(folder),
        api=None,
        station=StationTable(display="large"),
        evse=(EvseTable(connector=_BOTH), EvseTable(outlet="cable")),
        grid=SimulatedGridTable() if trouble == "smart-meter-fails" else None,
        modem=modem,
        reader=(CHIP if trouble == "reader-fails" else SimulatedReaderTable(),),
        payment=PaymentTable(kind="simulated"),
        csms=csms,
        settings=SETTINGS | ({"2077_0": 2} if modem else {}),
    )
    log = logging.Logger("troubles", logging.INFO)  # noqa: LOG001  of this play alone
    async with assembled(config, LoopClock(), log) as station:
        await asyncio.sleep(SOON_S)
        yield Play(station, folder)


async def meter_fails(play: Play) -> None:
    await play.charge()
    await play.begin("meter-fails", 1)
    assert play.status() is Status.FAULTED
    assert play.why().faults == ("fault 105: energy meter does not answer",)
    assert play.why().statuses[0].why == play.why().faults[0]
    assert "Meter #1: lost" in play.log()
    await play.end("meter-fails", 1)
    assert play.why().faults == ()
    assert "Meter #1: back" in play.log()


async def smart_meter_fails(play: Play) -> None:
    await play.charge()
    await play.begin("smart-meter-fails")
    await play.wait(2 * SOON_S)
    assert play.running.view().faults == {209}
    assert "the P1 data are lost, and the safe current is" in play.why().current
    assert "P1 data lost, safe current" in play.log()
    await play.end("smart-meter-fails")
    assert "P1 data back" in play.log()
    assert "lost" not in play.why().current


async def lock_stuck(play: Play) -> None:
    await play.begin("lock-stuck", 1)
    await play.plug()
    assert play.status() is Status.FAULTED
    assert play.why().faults == ("fault 404: cannot lock, put the plug in again",)
    assert "LockSettled evse=1 connector=1 locked=False failed=True" in play.log()
    await play.end("lock-stuck", 1)
    play.bench.unplug(1, vehicle_side=False)
    await play.wait()
    await play.charge()
    assert play.why().lock == "the plug is locked for its owner"


async def contactor_welded(play: Play) -> None:
    await play.charge()
    await play.begin("contactor-welded", 1)
    play.bench.swipe(CARD, 0)
    await play.wait()
    welded = "no energy is to flow: fault 102: contactor failure; the contactor has not opened"
    assert play.why().energy == welded
    assert play.bench.evse(1).look().phases == 3
    await play.end("contactor-welded", 1)
    await play.anew()
    assert play.why().faults == ()


async def contactor_stuck(play: Play) -> None:
    await play.begin("contactor-stuck", 1)
    await play.plug()
    assert play.why().energy == "no energy is to flow: fault 102: contactor failure"
    assert play.status() is Status.FAULTED
    await play.end("contactor-stuck", 1)
    await play.anew()


async def relay_stuck(play: Play) -> None:
    play.bench.appliance(1, 8.0)
    await play.begin("relay-stuck", 1)
    play.bench.swipe(CARD, 0)
    await play.wait()
    assert play.why().faults == ("fault 102: contactor failure",)
    await play.end("relay-stuck", 1)
    play.bench.appliance(1, None)
    await play.anew()


async def pilot_shorted(play: Play) -> None:
    await play.charge()
    await play.begin("pilot-shorted", 1)
    assert play.seen().pilot is Pilot.E
    assert not play.why().flows
    await play.end("pilot-shorted", 1)
    assert play.seen().pilot in {Pilot.B, Pilot.C}


async def diode_missing(play: Play) -> None:
    await play.charge()
    await play.begin("diode-missing", 1)
    assert play.why().statuses[0].why == "fault 303: not started, reconnect"
    await play.end("diode-missing", 1)
    play.bench.unplug(1, vehicle_side=True)
    await play.wait()
    assert play.why().faults == ()


async def cable_unreadable(play: Play) -> None:
    await play.troubles.begin("cable-unreadable", 1, {})
    await play.wait()
    assert play.troubles.ongoing == ()
    assert play.why().faults == ("fault 405: cable not supported",)
    play.bench.unplug(1, vehicle_side=False)
    await play.charge()


async def vehicle_overdraws(play: Play) -> None:
    await play.charge()
    await play.begin("vehicle-overdraws", 1, max_a=30)
    await play.wait(30.0)
    assert play.why().statuses[0].why == "fault 302: vehicle took too much current"
    await play.end("vehicle-overdraws", 1, LATER_S)
    assert play.status() is Status.CHARGING
    assert play.bench.evse(1).traits.max_a == 16.0


async def vehicle_holds_switch(play: Play) -> None:
    await play.charge()
    await play.begin("vehicle-holds-switch", 1)
    play.bench.swipe(CARD, 0)
    await play.wait()
    assert (play.seen().pilot, play.seen().contactor_closed) == (Pilot.C, False)
    await play.end("vehicle-holds-switch", 1)
    assert play.seen().pilot is Pilot.B


def measured_v(play: Play) -> Phases:
    said = play.seen().measurement
    assert said
    return said.voltages_v


async def residual_current(play: Play) -> None:
    await play.charge()
    await play.troubles.begin("residual-current", 1, {})
    await play.wait(SOON_S / 2)
    assert play.why().statuses[0].why == "fault 101: residual current, goes on by itself"
    assert play.status() is Status.SUSPENDED_EVSE
    await play.end("residual-current", 1)
    assert play.status() is Status.CHARGING


async def temperature(play: Play) -> None:
    await play.charge()
    await play.begin("temperature", celsius=68)
    assert play.why().current == "11.2 A of 32 A: the heat inside leaves it 11.2 A"
    for celsius, fault in ((80, "fault 401"), (-30, "fault 402")):
        await play.begin("temperature", celsius=celsius)
        assert play.why().statuses[0].why.startswith(fault)
        assert not play.why().flows
    await play.end("temperature")
    assert play.status() is Status.CHARGING


async def thermometer_silent(play: Play) -> None:
    def celsius() -> float | None:
        return play.running.view().celsius

    assert celsius() == 20.0
    await play.begin("thermometer-silent")
    assert celsius() is None
    await play.end("thermometer-silent")
    assert celsius() == 20.0


async def tilted(play: Play) -> None:
    await play.begin("tilted")
    assert play.running.why(0).faults == ("fault 407: station tilted or moved",)
    assert "TamperDetectionActivated" in play.log()
    await play.end("tilted")


async def reader_fails(play: Play) -> None:
    play.bench.plug(1, 20.0)
    await play.begin("reader-fails")
    play.bench.swipe(CARD, 0)
    await play.wait()
    assert play.status() is Status.CHARGING, "a driver reads through noise"
    await play.begin("reader-fails", how="silent")
    play.bench.swipe(CARD, 0)
    await play.wait()
    assert play.status() is Status.CHARGING
    assert play.running.why(0).faults == ("fault 109: card reader fault",)
    assert "Card reader 0 is lost" in play.log()
    await play.end("reader-fails", wait_s=2 * SOON_S)
    assert play.running.why(0).faults == ()


async def supply_lost(play: Play) -> None:
    await play.charge()
    await play.begin("supply-lost")
    assert measured_v(play) == (0.0, 0.0, 0.0)
    await play.end("supply-lost")
    assert measured_v(play) == (230.0, 230.0, 230.0)


async def display_fails(play: Play) -> None:
    await play.begin("display-fails", how="gone")
    assert play.bench.display.shown is None
    assert "display: lost" in play.log()
    await play.end("display-fails")
    assert play.bench.display.shown
    assert "display: recovered" in play.log()
    for how in ("hangs", "blank"):
        begun = play.bench.display.begun
        await play.troubles.begin("display-fails", 0, {"how": how})
        await play.charge() if how == "hangs" else await play.wait(LATER_S)
        assert play.bench.display.begun > begun
        assert play.bench.display.shown
    assert play.troubles.ongoing == ()


async def modem_fails(play: Play) -> None:
    def attached() -> bool:
        mobile = play.running.view().mobile
        assert mobile
        return mobile.attached

    assert attached()
    await play.begin("modem-fails", how="dead")
    await play.wait(LATER_S)
    assert not attached()
    assert "Mobile network: " in play.log()
    await play.end("modem-fails", wait_s=4 * LATER_S)
    assert attached()


async def clock_jump(play: Play) -> None:
    true = play.clock.now()
    await play.begin("clock-jump", by_s=-7200)
    off_s = play.clock.now().utc - play.clock.now().mono - (true.utc - true.mono)
    assert round(off_s) == -7200
    await play.running.ask(StopCharging("nobody's", By.LOCAL))
    assert play.running.why(0).refusals[-1].at < true.utc - 7000
    assert ":StopCharging refused: " in play.log()
    await play.end("clock-jump")
    assert round(play.clock.now().utc - play.clock.now().mono - (true.utc - true.mono)) == 0


async def power_cut(play: Play) -> None:
    await play.charge()
    await play.troubles.begin("power-cut", 0, {})
    await play.wait()
    assert play.running.lives == 2
    assert "Power cut" in play.log()
    assert play.troubles.ongoing == ()
    await play.anew()


async def provider_fails(play: Play) -> None:
    await play.begin("provider-fails", how="declined")
    play.bench.pay("girocard", 0)
    await play.wait(1.0)
    assert play.seen().payment.state is PaymentState.ABORTED
    assert [one.what for one in play.why().refusals] == ["a payment"]
    await play.end("provider-fails")
    play.bench.pay("girocard", 0)
    await play.wait(1.0)
    assert play.seen().payment.state is PaymentState.OFFERED


STORIES: Mapping[str, Callable[[Play], Awaitable[None]]] = {
    "meter-fails": meter_fails,
    "smart-meter-fails": smart_meter_fails,
    "lock-stuck": lock_stuck,
    "contactor-welded": contactor_welded,
    "contactor-stuck": contactor_stuck,
    "relay-stuck": relay_stuck,
    "pilot-shorted": pilot_shorted,
    "diode-missing": diode_missing,
    "cable-unreadable": cable_unreadable,
    "vehicle-overdraws": vehicle_overdraws,
    "vehicle-holds-switch": vehicle_holds_switch,
    "residual-current": residual_current,
    "temperature": temperature,
    "thermometer-silent": thermometer_silent,
    "tilted": tilted,
    "reader-fails": reader_fails,
    "supply-lost": supply_lost,
    "display-fails": display_fails,
    "modem-fails": modem_fails,
    "clock-jump": clock_jump,
    "power-cut": power_cut,
    "provider-fails": provider_fails,
}
DOWN = {"cause": "out of reach", "detail": "the network is down"}
CONNECTED = "Connected to"
ELSEWHERE = {"wan-down", "disk-full"}
"""Those that need more than a station, or leave none."""


def test_every_trouble_has_its_story() -> None:
    """Whoever adds a row shows what the station makes of it."""
    assert {row.trouble.name for row in ROWS} == STORIES.keys() | ELSEWHERE


@pytest.fixture(autouse=True)
def _on_a_quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_disk(monkeypatch)


@pytest.mark.parametrize("trouble", STORIES)
async def test_a_trouble_is_noticed_and_got_over(tmp_path: Path, trouble: str) -> None:
    """The log says when it began, and nothing is wrong any more at the end."""
    async with played(tmp_path, trouble) as play:
        await STORIES[trouble](play)
        assert f"Trouble begins: {trouble}" in play.log()
        assert play.troubles.ongoing == ()
        assert play.running.view().faults == frozenset()


async def test_a_network_that_is_down(tmp_path: Path) -> None:
    """The connection breaks, none can be opened, and the log says why; then all is as before."""
    async with AsyncExitStack() as stack:
        office = await stack.enter_async_context(BackOffice(LoopClock()))
        csms = CsmsTable(url=office.url, identity="LP1", echo=False)
        play = await stack.enter_async_context(played(tmp_path, csms=csms))
        assert CONNECTED in play.log()
        await play.begin("wan-down")
        connected = play.log().count(CONNECTED)
        await play.wait(LATER_S)
        assert play.running.state()["failure"] == DOWN
        assert "out of reach: the network" in play.log()
        await play.running.cut_power()
        await play.wait(LATER_S)
        assert not play.running.view().online
        assert play.log().count(CONNECTED) == connected
        await play.end("wan-down", wait_s=1200.0)
        assert play.log().count(CONNECTED) > connected


async def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """The first that has to be written ends the process, and the next goes on with all there was.

    What is ended before that has done no harm.
    """

    async def story() -> None:
        async with played(tmp_path) as play:
            await play.troubles.begin("disk-full", 0, {})
            play.troubles.end("disk-full", 0)  # at once: time that passes may have to be written
            sixteen = await play.running.ask(WriteSetting(STATION_MAX.id, "16", By.LOCAL))
            assert sixteen == Accepted()
            await play.begin("disk-full")
            with suppress(StorageFailed):  # whoever asks may hear of it before the station ends
                await play.running.ask(WriteSetting(STATION_MAX.id, "17", By.LOCAL))
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as ended:
        await story()
    assert ended.value.subgroup(StorageFailed) is not None
    async with played(tmp_path) as play:
        # The text is long, and so cut into lines wherever that falls.
        assert "Nothing was written: the disk is full." in HEAD.sub("", play.log()).replace(
            "\n", ""
        )
        assert play.running.values[STATION_MAX] == 16
        await play.charge()


@pytest.mark.parametrize(
    ("trouble", "evse", "given", "error", "sentence"),
    [
        ("hiccups", 0, {}, ValueError, "trouble: there is none called 'hiccups'"),
        ("meter-fails", 1, {"how": "loud"}, ValueError, "how: it is one of silent, slow,"),
        ("meter-fails", 1, {"now": 1}, ValueError, "now: meter-fails has no such parameter, but"),
        ("lock-stuck", 1, {"how": 1}, ValueError, "how: lock-stuck has no such .* needs none"),
        ("clock-jump", 0, {"by_s": "x"}, ValueError, "by_s: it is a number from -3.1536e"),
        ("clock-jump", 0, {"by_s": True}, ValueError, "by_s: it is a number"),
        ("clock-jump", 0, {"by_s": 1e12}, ValueError, "by_s: it is a number"),
        ("lock-stuck", 2, {}, BenchError, "the cable of EVSE 2 is fixed"),
        ("lock-stuck", 3, {}, BenchError, "there is no EVSE 3"),
        ("reader-fails", 0, {}, BenchError, "no simulated chip at card reader 0"),
        ("reader-fails", 7, {}, BenchError, "reader-fails is .* there is no reader 7"),
        ("relay-stuck", 2, {}, BenchError, "no domestic outlet at EVSE 2"),
        ("wan-down", 0, {}, BenchError, "no CSMS that this station talks to"),
        ("wan-down", 1, {}, BenchError, "wan-down is no trouble of one EVSE"),
    ],
)
async def test_what_cannot_go_wrong_is_refused(
    tmp_path: Path,
    trouble: str,
    evse: int,
    given: Mapping[str, object],
    error: type[Exception],
    sentence: str,
) -> None:
    """With a sentence that names what was wrong, and nothing is on."""
    async with played(tmp_path) as play:
        with pytest.raises(error, match=sentence):
            await play.troubles.begin(trouble, evse, given)
        assert play.troubles.ongoing == ()


async def test_a_trouble_begins_anew_and_ends_once(tmp_path: Path) -> None:
    """With other parameters it is another, and what is not on cannot be ended."""
    async with played(tmp_path) as play:
        await play.begin("meter-fails", 1)
        await play.begin("meter-fails", 1, how="zeros")
        assert play.troubles.ongoing == (Ongoing("meter-fails", 1, {"how": "zeros"}),)
        await play.end("meter-fails", 1)
        with pytest.raises(BenchError, match="meter-fails is not on at EVSE 1"):
            play.troubles.end("meter-fails", 1)
