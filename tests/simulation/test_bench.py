"""The bench: a whole station front, with real Modbus between meter and driver."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from laadpaal.drivers.modbus_meter import over_tcp
from laadpaal.ports.bench import Bench, BenchError
from laadpaal.ports.errors import DeviceLost, DeviceStuck
from laadpaal.protocols import ocmf
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.evse import Part
from laadpaal.simulation.meter import Misbehaviour
from laadpaal.station.display import Screen, ScreenState
from laadpaal.station.lights import Light
from laadpaal.station.words import NOBODY, Pilot, Token, TokenKind
from tests.simulation.clock import HandClock


def seen(bench: Bench, evse: int = 1) -> Mapping[str, Any]:
    """Return what the bench shows of an EVSE, after a trip through JSON."""
    looked = json.loads(json.dumps(bench.look()))
    found: Mapping[str, Any] = looked["evses"][evse - 1]
    return found


async def test_charging_seen_by_the_meter() -> None:
    """What the vehicle takes arrives at the station over Modbus."""
    clock = HandClock()
    bench = SimulatedBench(clock, evses=2, register_wh=1000)
    async with bench.board(over_tcp) as board:
        first, second = board.evses
        bench.plug(1, 32)
        await first.pilot.offer(10)
        await clock.pass_time(1)
        await first.contactor.close(3)
        await clock.pass_time(360)
        busy, idle = await first.meter.read(), await second.meter.read()

    assert busy.energy_wh == pytest.approx(1690)
    assert busy.currents_a == (10.0, 10.0, 10.0)
    assert busy.power_w == pytest.approx(6900)
    assert (idle.energy_wh, idle.power_w) == (1000, 0)
    assert (seen(bench)["pilot"], seen(bench)["phases"]) == ("C", 3)
    assert seen(bench)["power_w"] == pytest.approx(6900)


async def test_vehicles_live_beside_the_board() -> None:
    """The station hears the vehicle get ready without asking anything."""
    clock = HandClock()
    bench = SimulatedBench(clock)
    async with bench.board(over_tcp) as board, asyncio.timeout(10):
        states = board.evses[0].pilot.states()
        heard = [await anext(states)]
        bench.plug(1, 32)
        heard.append(await anext(states))
        await board.evses[0].pilot.offer(16)
        await clock.pass_time(3)
        heard.append(await anext(states))

    assert heard == [Pilot.A, Pilot.B, Pilot.C]


async def test_broken_devices() -> None:
    """Each device breaks in its own way, and can be repaired."""
    bench = SimulatedBench(HandClock())
    async with bench.board(over_tcp) as board:
        evse = board.evses[0]
        assert evse.lock is not None
        bench.meter(1).misbehave(Misbehaviour.SILENT)
        for part in Part:
            bench.evse(1).break_part(part, broken=True)
        with pytest.raises(DeviceLost):
            await evse.meter.read()
        with pytest.raises(DeviceStuck):
            await evse.lock.lock()
        with pytest.raises(DeviceStuck):
            await evse.contactor.close(3)
        broken = seen(bench)["broken"], seen(bench)["pilot"]
        bench.meter(1).behave()
        for part in Part:
            bench.evse(1).break_part(part, broken=False)
        await evse.lock.lock()
        await evse.contactor.close(1)
        measured = await evse.meter.read()

    assert broken == (["lock", "pilot", "stuck contactor", "welded contactor", "meter"], "E")
    assert measured.voltages_v == (230.0, 230.0, 230.0)
    assert seen(bench)["broken"] == []


async def test_power_cut() -> None:
    """Without supply nothing flows; what flowed before stays counted."""
    clock = HandClock()
    bench = SimulatedBench(clock)
    async with bench.board(over_tcp) as board:
        evse = board.evses[0]
        bench.plug(1, 32)
        await evse.pilot.offer(16)
        await clock.pass_time(1)
        await evse.contactor.close(3)
        await clock.pass_time(36)
        bench.break_supply(broken=True)
        await clock.pass_time(1000)
        measured = await evse.meter.read()

    assert measured.energy_wh == pytest.approx(110.4, rel=1e-6)
    assert (measured.voltages_v, measured.power_w) == ((0.0, 0.0, 0.0), 0.0)
    assert bench.look()["supply"] == {"phases": 3, "broken": True, "voltages_v": [0.0, 0.0, 0.0]}


async def test_cards() -> None:
    """The same card twice is two cards."""
    bench = SimulatedBench(HandClock(), readers=(0, 1))
    async with bench.board(over_tcp) as board, asyncio.timeout(10):
        bench.swipe("04a1b2c3", 0)
        bench.swipe("04A1B2C3", 0)
        tokens = board.readers[0].tokens()
        read = [await anext(tokens), await anext(tokens)]

    assert read == [Token("04A1B2C3")] * 2
    assert set(board.readers) == {0, 1}


async def test_any_token_can_be_presented() -> None:
    """A code that is keyed in, and the start button, come as cards do."""
    bench = SimulatedBench(HandClock())
    code = Token("1234", TokenKind.KEY_CODE)
    async with bench.board(over_tcp) as board, asyncio.timeout(10):
        bench.present(code, 0)
        bench.present(NOBODY, 0)
        tokens = board.readers[0].tokens()
        read = [await anext(tokens), await anext(tokens)]

    assert read == [code, NOBODY]


async def test_the_panel_remembers() -> None:
    """What the station shows can be looked up."""
    bench = SimulatedBench(HandClock())
    screen = Screen(ScreenState.CHARGING, 16, 3)
    async with bench.board(over_tcp, meter_poll_s=2) as board:
        board.panel.show_screen(1, screen)
        board.panel.show_light(1, Light.CHARGING)
        board.panel.dim(40)

    assert bench.panel.brightness_percent == 40
    assert bench.panel.screens == {1: screen}
    assert bench.panel.lights == {1: Light.CHARGING}
    assert board.meter_poll_s == 2


async def test_traits() -> None:
    """Traits are changed by name and all come back."""
    bench = SimulatedBench(HandClock())
    traits = bench.vehicle(1, {"soc": 0.5, "max_a": 32, "phases": 1, "pauses": [[10, 5]]})

    assert json.loads(json.dumps(traits)) == {
        "battery_wh": 60_000.0, "soc": 0.5, "max_a": 32.0, "phases": 1, "min_a": 6.0,
        "wakes_after_s": 0.0, "pauses": [[10.0, 5.0]], "ignores_limit": False,
        "never_ready": False, "holds_switch": False, "drowsy": False,
            "no_diode": False, "wants_air": False, "simplified": False,
    }  # fmt: skip
    assert bench.vehicle(1, {}) == traits


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("colour", "red"),
        ("soc", "half"),
        ("soc", 2),
        ("phases", 2),
        ("phases", 1.5),
        ("never_ready", 1),
        ("pauses", [[1, 2, 3]]),
        ("pauses", [[-1, 2]]),
    ],
)
async def test_wrong_wishes(name: str, wish: object) -> None:
    """A wish that cannot be is refused by name, and changes nothing."""
    bench = SimulatedBench(HandClock())
    before = bench.vehicle(1, {})
    with pytest.raises(BenchError, match=name):
        bench.vehicle(1, {"max_a": 10, name: wish})

    assert bench.vehicle(1, {}) == before


async def test_fixed_cable() -> None:
    """A fixed cable has no proximity and no lock, and is only pulled at the vehicle."""
    bench = SimulatedBench(HandClock(), evses=2, fixed=(2,))
    async with bench.board(over_tcp) as board:
        socket, fixed = board.evses
    bench.plug(2, 32)
    with pytest.raises(BenchError, match="fixed cable"):
        bench.unplug(2, vehicle_side=False)
    bench.unplug(2, vehicle_side=True)

    assert (fixed.proximity, fixed.lock) == (None, None)
    assert socket.proximity is not None
    assert seen(bench, 2)["fixed_cable"]
    assert not seen(bench, 2)["connected"]


async def test_pulling_the_plug() -> None:
    """At the station the whole cable goes."""
    bench = SimulatedBench(HandClock())
    bench.plug(1, 20)
    plugged = seen(bench)["cable_a"], seen(bench)["connected"]
    bench.unplug(1, vehicle_side=False)

    assert plugged == (20, True)
    assert (seen(bench)["cable_a"], seen(bench)["connected"]) == (None, False)


async def test_what_the_bench_refuses() -> None:
    """Requests for what is not there say what is wrong."""
    bench = SimulatedBench(HandClock())
    with pytest.raises(BenchError, match="no EVSE 2"):
        bench.plug(2, 32)
    with pytest.raises(BenchError, match="cable_a"):
        bench.plug(1, float("nan"))
    with pytest.raises(BenchError, match="no reader 1"):
        bench.swipe("04", 1)
    with pytest.raises(BenchError, match="uid: 'hello'"):
        bench.swipe("hello", 0)
    with pytest.raises(BenchError, match="hexadecimal"):
        bench.swipe("04 A1", 0)
    with pytest.raises(BenchError, match="no reader 1"):
        bench.present(NOBODY, 1)
    with pytest.raises(BenchError, match="kind: it must be one of ISO14443"):
        bench.present(Token("04", TokenKind.CENTRAL), 0)
    with pytest.raises(BenchError, match="only the start button"):
        bench.present(Token("", TokenKind.KEY_CODE), 0)
    with pytest.raises(BenchError, match="only the start button"):
        bench.present(Token("04", TokenKind.NO_AUTHORIZATION), 0)
    with pytest.raises(BenchError, match="no EVSE 2"):
        bench.meter(2)


async def test_a_vehicle_in_its_bay() -> None:
    """A sensor sees it come, with a cable if need be; connected it cannot leave."""
    bench = SimulatedBench(HandClock(), evses=2, bays=[1])
    async with bench.board(over_tcp) as board, asyncio.timeout(10):
        first, second = board.evses
        assert first.bay
        assert second.bay is None
        seen_by_sensor = first.bay.vehicles()
        heard = [await anext(seen_by_sensor)]
        bench.plug(1, 32)
        heard.append(await anext(seen_by_sensor))
        with pytest.raises(BenchError, match="connected"):
            bench.park(1, occupied=False)
        bench.unplug(1, vehicle_side=True)
        bench.park(1, occupied=False)
        heard.append(await anext(seen_by_sensor))

    assert heard == [False, True, False]
    assert not seen(bench)["parked"]


async def test_a_meter_that_signs() -> None:
    """Each reading is a document of its own that its key vouches for."""
    bench = SimulatedBench(HandClock(), evses=2, signing=[1], register_wh=1000)
    async with bench.board(over_tcp) as board:
        signing, plain = [await evse.meter.read() for evse in board.evses]
        again = await board.evses[0].meter.read()

    assert plain.signed is None
    assert signing.signed
    assert again.signed
    first, second = (ocmf.read(one.text, one.public_key) for one in (signing.signed, again.signed))
    assert (first.energy_wh, first.number, second.number) == (1000, 1, 2)
    assert signing.signed.encoding == "OCMF"
