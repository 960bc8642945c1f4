"""One simulated EVSE, moved by a clock in the test's hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laadpaal.ports.bench import BenchError
from laadpaal.ports.devices import Cable
from laadpaal.ports.errors import DeviceStuck
from laadpaal.simulation.evse import Part, SimulatedEvse
from laadpaal.simulation.supply import Supply
from laadpaal.simulation.vehicle import Traits
from laadpaal.station.words import Pilot
from tests.simulation.clock import HandClock

T = TypeVar("T")
Timed = tuple[HandClock, SimulatedEvse]


def made(traits: Traits | None = None, phases: int = 3) -> Timed:
    """Return an EVSE with nothing plugged, and its clock."""
    clock = HandClock()
    return clock, SimulatedEvse(clock, Supply(phases), traits)


@asynccontextmanager
async def heard(changes: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """Collect what is yielded as long as the block lasts."""
    seen: list[T] = []

    async def collect() -> None:
        async for change in changes:
            seen.append(change)  # noqa: PERF401  the block looks at the list as it grows

    listener = asyncio.create_task(collect())
    try:
        yield seen
    finally:
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener


@asynccontextmanager
async def living(evse: SimulatedEvse) -> AsyncIterator[None]:
    """Let the vehicle do things by itself as long as the block lasts."""
    life = asyncio.create_task(evse.run())
    try:
        yield
    finally:
        life.cancel()
        with suppress(asyncio.CancelledError):
            await life


async def charging(
    traits: Traits | None = None, phases: int = 3
) -> tuple[HandClock, SimulatedEvse]:
    """Return an EVSE whose vehicle has just been connected to three lines at 16 A."""
    clock, evse = made(traits, phases)
    evse.plug(32)
    await evse.lock()
    await evse.offer(16)
    await clock.pass_time(1)
    await evse.close(3)
    return clock, evse


async def test_the_story_of_the_pilot() -> None:
    """Plug, offer, full and unplug are heard as B, C, B and A without anybody looking."""
    clock, evse = made(Traits(battery_wh=100, soc=0.99))
    async with living(evse), heard(evse.states()) as states:
        evse.plug(32)
        await evse.offer(16)
        await clock.pass_time(2)
        await evse.close(3)
        await clock.pass_time(60)
        evse.unplug_vehicle()
        await clock.pass_time(0)

    assert states == [Pilot.B, Pilot.C, Pilot.B, Pilot.A]


async def test_the_story_of_the_cable() -> None:
    """The socket sees the cable until it is pulled at the station."""
    clock, evse = made()
    async with heard(evse.cables()) as cables:
        await clock.pass_time(0)
        evse.plug(20)
        evse.unplug_vehicle()
        evse.plug(20)
        evse.unplug_station()
        await clock.pass_time(0)

    assert cables == [None, Cable(20), None]
    assert evse.look().pilot is Pilot.A


async def test_late_followers_hear_the_present() -> None:
    """Who starts to follow later first hears the state of that moment."""
    clock, evse = made()
    evse.plug(32)
    async with heard(evse.states()) as states:
        await clock.pass_time(0)

    assert states == [Pilot.B]


async def test_an_hour_of_charging() -> None:
    """Voltage, current, power and energy agree."""
    clock, evse = await charging()
    await clock.pass_time(3600)
    measured = evse.measure()

    assert measured.voltages_v == (230.0, 230.0, 230.0)
    assert measured.currents_a == (16.0, 16.0, 16.0)
    assert measured.power_w == 11040
    assert measured.energy_wh == pytest.approx(11040)
    assert evse.traits.soc == pytest.approx(0.3 + 11040 / 60_000)


async def test_one_line() -> None:
    """On a single-phase supply only L1 has voltage and current."""
    clock, evse = await charging(phases=1)
    await clock.pass_time(10)
    measured = evse.measure()

    assert measured.voltages_v == (230.0, 0.0, 0.0)
    assert measured.currents_a == (16.0, 0.0, 0.0)


async def test_the_contactor_decides() -> None:
    """Opening the contactor ends the current at that instant."""
    clock, evse = await charging()
    await clock.pass_time(36)
    await evse.open()
    await clock.pass_time(100)
    measured = evse.measure()

    assert measured.currents_a == (0.0, 0.0, 0.0)
    assert measured.energy_wh == pytest.approx(110.4)


async def test_a_welded_contactor() -> None:
    """What is welded stays closed and says so, with power and without."""
    clock, evse = await charging()
    evse.break_part(Part.WELDED, broken=True)
    with pytest.raises(DeviceStuck, match="3 lines, not 0"):
        await evse.open()
    await clock.pass_time(1)
    still = evse.measure().power_w
    evse.power_lost()
    assert evse.look().phases == 3
    evse.break_part(Part.WELDED, broken=False)
    await evse.open()

    assert (still, evse.measure().power_w) == (11040, 0)


async def test_a_contactor_that_does_not_close() -> None:
    """It says so, and what is closed opens as ever."""
    clock, evse = await charging()
    evse.break_part(Part.STUCK, broken=True)
    await evse.close(3)
    await evse.open()
    with pytest.raises(DeviceStuck, match="0 lines, not 3"):
        await evse.close(3)
    await clock.pass_time(1)

    assert evse.measure().power_w == 0


async def test_a_stuck_lock() -> None:
    """A broken lock keeps its position both ways."""
    _, evse = made()
    evse.break_part(Part.LOCK, broken=True)
    with pytest.raises(DeviceStuck, match="stays in"):
        await evse.lock()
    evse.break_part(Part.LOCK, broken=False)
    await evse.lock()
    evse.break_part(Part.LOCK, broken=True)
    with pytest.raises(DeviceStuck, match="stays out"):
        await evse.unlock()

    assert evse.look().locked
    assert evse.look().broken == ("lock",)


async def test_a_broken_pilot() -> None:
    """With a short on the pilot the state is E and the vehicle takes nothing."""
    clock, evse = await charging()
    evse.break_part(Part.PILOT, broken=True)
    shorted = evse.look().pilot, evse.measure().power_w
    evse.break_part(Part.PILOT, broken=False)
    await clock.pass_time(1)

    assert shorted == (Pilot.E, 0)
    assert (evse.look().pilot, evse.measure().power_w) == (Pilot.C, 11040)


async def test_a_vehicle_without_a_diode() -> None:
    """Its lower half wave says so as soon as there is one, and until it is gone."""
    clock, evse = made(Traits(no_diode=True))
    async with heard(evse.diodes()) as diodes:
        evse.plug(32)
        await clock.pass_time(5)
        unseen = list(diodes)
        await evse.offer(16)
        await evse.offer(None)
        await clock.pass_time(5)
        seen = list(diodes)
        evse.unplug_vehicle()
        await clock.pass_time(0)

    assert (unseen, seen, diodes) == ([True], [True, False], [True, False, True])


async def test_a_vehicle_that_asks_for_air() -> None:
    """Ready, it is in state D."""
    clock, evse = made(Traits(wants_air=True))
    evse.plug(32)
    before = evse.look().pilot
    await evse.offer(16)
    await clock.pass_time(1)

    assert (before, evse.look().pilot) == (Pilot.B, Pilot.D)


async def test_a_simplified_vehicle() -> None:
    """It is ready from the first moment, and takes what it always takes."""
    clock, evse = made(Traits(simplified=True))
    evse.plug(32)
    plugged = evse.look().pilot
    await evse.close(3)
    await clock.pass_time(1)

    assert (plugged, evse.measure().currents_a) == (Pilot.C, (10.0, 10.0, 10.0))


async def test_a_vehicle_follows_what_it_reads() -> None:
    """Between the two lines of the table it reads a little less than was meant."""
    clock, evse = await charging(Traits(max_a=80))
    await evse.offer(52)
    await clock.pass_time(1)

    assert evse.measure().currents_a == pytest.approx((50.88, 50.88, 50.88))


async def test_resistors_of_cables() -> None:
    """Each rating that exists, by what its resistor says; others are not to be had."""
    seen = []
    for cable_a in (13, 16, 20, 32, 63, 80):
        _, evse = made()
        evse.plug(cable_a)
        seen.append(evse.look().cable_a)
    _, evse = made(phases=1)
    evse.plug(80)
    with pytest.raises(BenchError, match="too thin"):
        made()[1].plug(10)

    assert (seen, evse.look().cable_a) == ([13, 13, 20, 32, 63, 63], 70)


async def test_a_resistor_that_changes() -> None:
    """It is read when the plug comes, and not believed when it says something else later."""
    clock, evse = made()
    async with heard(evse.cables()) as cables:
        await clock.pass_time(0)
        for ohm in (220, 230, 680, 220, 100_000, 20, 100_000):
            evse.resistor(ohm)
        await clock.pass_time(0)

    assert cables == [None, Cable(32), Cable(None), None, Cable(None), None]


async def test_another_vehicle() -> None:
    """The vehicle may be changed while it charges."""
    clock, evse = await charging()
    evse.change_vehicle(Traits(phases=1, max_a=10))
    await clock.pass_time(1)

    assert evse.measure().currents_a == (10.0, 0.0, 0.0)


async def test_what_cannot_be_done() -> None:
    """What nobody could do to a real socket is refused with a reason."""
    _, evse = made()
    with pytest.raises(BenchError, match="no vehicle"):
        evse.unplug_vehicle()
    with pytest.raises(BenchError, match="no cable"):
        evse.unplug_station()
    evse.plug(32)
    with pytest.raises(BenchError, match="connected already"):
        evse.plug(32)
    evse.unplug_vehicle()
    with pytest.raises(BenchError, match="another cable is in the socket, rated 32 A"):
        evse.plug(20)
    await evse.lock()
    with pytest.raises(BenchError, match="locked"):
        evse.unplug_station()


MOVES = st.one_of(
    st.tuples(st.just("offer"), st.none() | st.floats(6, 32)),
    st.tuples(st.just("close"), st.sampled_from([1, 3])),
    st.tuples(st.just("open"), st.none()),
    st.tuples(st.just("plug"), st.none()),
    st.tuples(st.just("unplug"), st.none()),
    st.tuples(st.just("wait"), st.floats(0, 100)),
)


async def moved(clock: HandClock, evse: SimulatedEvse, move: tuple[str, float | None]) -> None:
    """Make one move of a random day."""
    match move:
        case ("offer", limit_a):
            await evse.offer(limit_a)
        case ("close", int(lines)):
            if evse.look().phases in {0, lines}:
                await evse.close(lines)
        case ("open", _):
            await evse.open()
        case ("plug", _) if not evse.look().connected:
            evse.plug(32)
        case ("unplug", _) if evse.look().connected:
            evse.unplug_vehicle()
        case ("wait", float(seconds)):
            await clock.pass_time(seconds)
        case _:
            pass


@settings(max_examples=50)
@given(moves=st.lists(MOVES, max_size=40), soc=st.floats(0, 1))
async def test_any_day(moves: list[tuple[str, float | None]], soc: float) -> None:
    """Whatever happens, the meter's numbers agree and nothing flows where it must not."""
    clock, evse = made(Traits(soc=soc, battery_wh=2000))
    before_wh = 0.0
    for move in moves:
        await moved(clock, evse, move)
        measured, seen = evse.measure(), evse.look()
        pairs = zip(measured.voltages_v, measured.currents_a, strict=True)

        assert measured.energy_wh >= before_wh
        assert measured.power_w == pytest.approx(sum(v * i for v, i in pairs))
        # The offer has gone through a duty cycle, and the last bit of it was rounded.
        assert max(measured.currents_a) <= (seen.offered_a or 0) * (1 + 1e-12)
        assert measured.power_w == 0 or (seen.connected and seen.phases > 0)
        before_wh = measured.energy_wh


async def test_looking_does_not_disturb() -> None:
    """The energy is the same whether somebody looks often or once."""
    clock, evse = await charging()
    idle_clock, idle = await charging()
    for _ in range(50):
        await clock.pass_time(0.7)
        evse.measure()
    await idle_clock.pass_time(35)

    assert evse.measure().energy_wh == pytest.approx(idle.measure().energy_wh)


async def test_its_contactor_changes_no_lines_under_load() -> None:
    """It has to open in between."""
    _, evse = made()
    await evse.close(3)
    with pytest.raises(DeviceStuck, match="closed on 3 lines"):
        await evse.close(1)
    await evse.open()
    await evse.close(1)

    assert evse.look().phases == 1
