"""The one list of what can go wrong around a simulated station: each row begins it, and ends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from laadpaal.ports.clock import Clock
from laadpaal.ports.troubles import Given, Parameter, Place, Trouble
from laadpaal.runtime.clock import RealClock
from laadpaal.runtime.config import Config, SimulatedMeterTable
from laadpaal.runtime.running import Running
from laadpaal.simulation import modem as modems
from laadpaal.simulation.bench import SimulatedBench
from laadpaal.simulation.evse import Part
from laadpaal.simulation.meter import Misbehaviour
from laadpaal.simulation.modem import SimulatedModem
from laadpaal.simulation.p1_meter import P1Trouble
from laadpaal.simulation.payment_provider import Mischief
from laadpaal.simulation.pn532 import Pn532Trouble
from laadpaal.simulation.surroundings import ROOM_CELSIUS
from laadpaal.simulation.vehicle import HIGHEST_A, SIMPLE_A
from laadpaal.simulation.wan import SimulatedWan
from laadpaal.storage import Store

FARTHEST_S = 10 * 365 * 86_400.0
"""How far a clock can jump, either way."""
OPEN_OHM = 10_000.0
GONE, HANGS, BLANK = "gone", "hangs", "blank"


@dataclass(frozen=True, slots=True)
class World:
    """Everything that can be made to go wrong."""

    config: Config
    bench: SimulatedBench
    running: Running
    clock: Clock
    store: Store
    wan: SimulatedWan
    modem: SimulatedModem | None = None


Undo = Callable[[], None]
Deed = Callable[[World, int, Given], Awaitable[Undo | None]]
"""Begins a trouble at an EVSE, 0 for the station; returns what ends it, None if it is over."""


def _nothing(_world: World, _evse: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Row:
    """A trouble, what begins it, and what says why a station cannot have it ("" when it can)."""

    trouble: Trouble
    begin: Deed
    lacks: Callable[[World, int], str] = _nothing


# What each does.


async def _meter(world: World, evse: int, given: Given) -> Undo:
    meter = world.bench.meter(evse)
    meter.misbehave(Misbehaviour(given["how"]))
    return meter.behave


async def _smart_meter(world: World, _evse: int, given: Given) -> Undo:
    meter = world.bench.smart_meter
    assert meter  # noqa: S101  the row asks for it
    meter.trouble = P1Trouble(given["how"])
    return partial(setattr, meter, "trouble", None)


def _broken(part: Part) -> Deed:
    async def begin(world: World, evse: int, _given: Given) -> Undo:
        found = world.bench.evse(evse)
        found.break_part(part, broken=True)
        return partial(found.break_part, part, broken=False)

    return begin


def _vehicle(trait: str) -> Deed:
    """Let the vehicle have a trait that none should have, and what is given besides."""

    async def begin(world: World, evse: int, given: Given) -> Undo:
        found = world.bench.evse(evse)
        changes: dict[str, Any] = {trait: True, **given}
        was = {name: getattr(found.traits, name) for name in changes}

        def end() -> None:
            found.change_vehicle(replace(found.traits, **was))

        found.change_vehicle(replace(found.traits, **changes))
        return end

    return begin


async def _cable(world: World, evse: int, given: Given) -> None:
    world.bench.evse(evse).resistor(float(given["ohm"]))


async def _relay(world: World, evse: int, _given: Given) -> Undo:
    outlet = world.bench.evse(evse).domestic
    assert outlet  # noqa: S101  the row asks for it
    outlet.broken = True
    return partial(setattr, outlet, "broken", False)  # noqa: FBT003  its new value


async def _temperature(world: World, _evse: int, given: Given) -> Undo:
    world.bench.thermometer.celsius = float(given["celsius"])
    return partial(setattr, world.bench.thermometer, "celsius", ROOM_CELSIUS)


async def _thermometer(world: World, _evse: int, _given: Given) -> Undo:
    world.bench.thermometer.celsius = None
    return partial(setattr, world.bench.thermometer, "celsius", ROOM_CELSIUS)


async def _tilt(world: World, _evse: int, _given: Given) -> Undo:
    world.bench.tilt.lean(tilted=True)
    return partial(world.bench.tilt.lean, tilted=False)


async def _leak(world: World, evse: int, _given: Given) -> Undo:
    residual = world.bench.evse(evse).residual
    residual.leak(leaks=True)
    return partial(residual.leak, leaks=False)


async def _reader(world: World, evse: int, given: Given) -> Undo:
    chip = world.bench.chips[evse]
    chip.misbehave(Pn532Trouble(given["how"]))
    return chip.behave


async def _supply(world: World, _evse: int, _given: Given) -> Undo:
    world.bench.break_supply(broken=True)
    return partial(world.bench.break_supply, broken=False)


async def _display(world: World, _evse: int, given: Given) -> Undo | None:
    display = world.bench.display
    match given["how"]:
        case "gone":
            display.unplug()
            return display.plug
        case "hangs":
            display.hang()
        case _:
            display.reset()
    return None


async def _modem(world: World, _evse: int, given: Given) -> Undo:
    modem = world.modem
    assert modem  # noqa: S101  the row asks for it
    modem.mischief = modems.Mischief(**{str(given["how"]): True})
    return lambda: setattr(modem, "mischief", modems.Mischief())


async def _wan(world: World, _evse: int, _given: Given) -> Undo:
    world.wan.down = True
    world.running.drop()
    return partial(setattr, world.wan, "down", False)  # noqa: FBT003  its new value


async def _clock(world: World, _evse: int, given: Given) -> Undo:
    clock, was = world.clock, world.clock.now()
    clock.correct(was.utc + float(given["by_s"]))
    return lambda: _set_back(clock, was.utc - was.mono)


def _set_back(clock: Clock, offset_s: float) -> None:
    clock.correct(clock.now().mono + offset_s)


async def _disk(world: World, _evse: int, _given: Given) -> Undo:
    world.store.fill(full=True)
    return partial(world.store.fill, full=False)


async def _power(world: World, _evse: int, _given: Given) -> None:
    await world.running.cut_power()


async def _provider(world: World, _evse: int, given: Given) -> Undo:
    provider = world.bench.provider
    provider.mischief = _MISCHIEF[str(given["how"])]
    return partial(setattr, provider, "mischief", Mischief.NONE)


# What a station has to have for it.


def _real_meter(world: World, evse: int) -> str:
    simulated = isinstance(world.config.evse[evse - 1].meter, SimulatedMeterTable)
    return "" if simulated else f"the meter of EVSE {evse} is a real one"


def _no_smart_meter(world: World, _evse: int) -> str:
    return "" if world.bench.smart_meter else "no simulated smart meter in this station"


def _no_lock(world: World, evse: int) -> str:
    socket = world.config.evse[evse - 1].connectors[0].outlet == "socket"
    return "" if socket else f"the cable of EVSE {evse} is fixed"


def _no_outlet(world: World, evse: int) -> str:
    return "" if world.bench.evse(evse).domestic else f"no domestic outlet at EVSE {evse}"


def _hurried(world: World, _evse: int) -> str:
    hurried = isinstance(world.clock, RealClock) and world.clock.hurried
    return "the clock runs faster than real time, or did, and nobody sets it" if hurried else ""


def _no_reader(world: World, evse: int) -> str:
    chip = evse in world.bench.chips
    return "" if chip else f"no simulated chip at card reader {evse}, as a driver reads"


def _no_display(world: World, _evse: int) -> str:
    it = world.config.station
    if it.framebuffer:
        return "the display of this station is a real one"
    return "no display in this station" if it.display == "none" else ""


def _no_modem(world: World, _evse: int) -> str:
    if world.modem:
        return ""
    real = world.config.modem is not None
    return "the modem of this station is a real one" if real else "no modem in this station"


def _no_csms(world: World, _evse: int) -> str:
    return "" if world.config.csms else "no CSMS that this station talks to"


def _no_provider(world: World, _evse: int) -> str:
    table = world.config.payment
    if table is None:
        return "no payment provider in this station"
    return "" if table.kind == "simulated" else "the payment provider of this station is a real one"


def _how(kind: type[Enum], default: Enum) -> Parameter:
    words = tuple(str(one.value) for one in kind)
    return Parameter("how", "what it does instead", str(default.value), words=words)


_MISCHIEF = {
    one.name.lower().replace("_", " "): one for one in Mischief if one is not Mischief.NONE
}
_EVSE = Place.EVSE
_MODEM = Parameter(
    "how",
    "what it does instead",
    "garbage",
    words=("garbage", "dead", "chatter", "pieces"),
)

ROWS = (
    Row(
        Trouble(
            "meter-fails",
            "the energy meter of an EVSE is silent, or says what is not so",
            place=_EVSE,
            parameters=(_how(Misbehaviour, Misbehaviour.SILENT),),
        ),
        _meter,
        _real_meter,
    ),
    Row(
        Trouble(
            "smart-meter-fails",
            "the smart meter of the house is unplugged, or its telegrams are wrong",
            parameters=(_how(P1Trouble, P1Trouble.UNPLUGGED),),
        ),
        _smart_meter,
        _no_smart_meter,
    ),
    Row(
        Trouble("lock-stuck", "the bolt of the lock stays where it is", place=_EVSE),
        _broken(Part.LOCK),
        _no_lock,
    ),
    Row(
        Trouble("contactor-welded", "once closed, the contactor does not open", place=_EVSE),
        _broken(Part.WELDED),
    ),
    Row(
        Trouble("contactor-stuck", "the contactor does not close", place=_EVSE),
        _broken(Part.STUCK),
    ),
    Row(
        Trouble("relay-stuck", "the relay of the domestic outlet stays as it is", place=_EVSE),
        _relay,
        _no_outlet,
    ),
    Row(
        Trouble("pilot-shorted", "the control pilot has a short circuit", place=_EVSE),
        _broken(Part.PILOT),
    ),
    Row(
        Trouble("diode-missing", "the vehicle has no diode on the pilot", place=_EVSE),
        _vehicle("no_diode"),
    ),
    Row(
        Trouble(
            "cable-unreadable",
            "the resistor of the cable reads something else",
            "when the plug is pulled",
            _EVSE,
            (Parameter("ohm", "what is read", 3000.0, 0.0, OPEN_OHM),),
        ),
        _cable,
        _no_lock,
    ),
    Row(
        Trouble(
            "vehicle-overdraws",
            "the vehicle takes all it can, whatever it is offered",
            place=_EVSE,
            parameters=(Parameter("max_a", "what it takes", 32.0, SIMPLE_A, HIGHEST_A),),
        ),
        _vehicle("ignores_limit"),
    ),
    Row(
        Trouble(
            "vehicle-holds-switch",
            "the vehicle never opens its switch once it is closed",
            place=_EVSE,
        ),
        _vehicle("holds_switch"),
    ),
    Row(
        Trouble(
            "residual-current", "current leaks to earth while the circuit is live", place=_EVSE
        ),
        _leak,
    ),
    Row(
        Trouble(
            "temperature",
            "it is too warm or too cold inside the station",
            parameters=(Parameter("celsius", "how warm it is", 80.0, -60.0, 120.0),),
        ),
        _temperature,
    ),
    Row(Trouble("thermometer-silent", "the thermometer does not answer"), _thermometer),
    Row(Trouble("tilted", "somebody has driven into the station, and it leans"), _tilt),
    Row(
        Trouble(
            "reader-fails",
            "a card reader is silent, or noise is on the line to it",
            place=Place.READER,
            parameters=(_how(Pn532Trouble, Pn532Trouble.NOISE),),
        ),
        _reader,
        _no_reader,
    ),
    Row(Trouble("supply-lost", "the lines of the house have no voltage"), _supply),
    Row(
        Trouble(
            "display-fails",
            "the display is gone, hangs, or has gone blank",
            "when it is told to, or once the station has brought it into order",
            parameters=(Parameter("how", "what it does", GONE, words=(GONE, HANGS, BLANK)),),
        ),
        _display,
        _no_display,
    ),
    Row(
        Trouble("modem-fails", "the modem speaks nonsense, or nothing", parameters=(_MODEM,)),
        _modem,
        _no_modem,
    ),
    Row(Trouble("wan-down", "nothing gets through to the CSMS, by any way"), _wan, _no_csms),
    Row(
        Trouble(
            "clock-jump",
            "the clock of the station is wrong, and nobody tells it",
            "when it is told to, or the CSMS tells the time",
            parameters=(
                Parameter("by_s", "seconds it jumps ahead", 3600.0, -FARTHEST_S, FARTHEST_S),
            ),
        ),
        _clock,
        _hurried,
    ),
    Row(
        Trouble(
            "disk-full",
            "nothing can be written, and the first that has to be ends the process",
            "when it is told to before that, or the process starts anew",
        ),
        _disk,
    ),
    Row(
        Trouble(
            "power-cut",
            "the power goes without any farewell, and comes back",
            "by itself, with the next start of the station",
        ),
        _power,
    ),
    Row(
        Trouble(
            "provider-fails",
            "the payment provider is out of reach, or answers amiss",
            parameters=(
                Parameter("how", "what it does", "unreachable", words=tuple(sorted(_MISCHIEF))),
            ),
        ),
        _provider,
        _no_provider,
    ),
)
