"""What every pilot, proximity contact, thermometer, tilt sensor and leak monitor must do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

import pytest

from laadpaal.ports.devices import (
    Cable,
    ControlPilot,
    Proximity,
    ResidualMonitor,
    Thermometer,
    TiltSensor,
)
from laadpaal.ports.errors import DeviceLost, DeviceStuck
from laadpaal.station.words import Pilot

T = TypeVar("T")
Deed = Callable[[], None]
Wait = Callable[[], Awaitable[None]]
"""Lets so much time pass that a vehicle has answered."""


async def _heard(changes: AsyncIterator[T], *deeds: Deed | Wait) -> list[T]:
    """Return what is so, and then what each deed has changed."""
    seen = [await anext(changes)]
    for deed in deeds:
        done = deed()
        if done is not None:
            await done
        seen.append(await anext(changes))
    return seen


async def check_pilot(pilot: ControlPilot, come: Deed, go: Deed, wait: Wait) -> None:
    """Have it tell at once what is so, and have a vehicle follow what it is offered."""

    async def offered() -> None:
        await pilot.offer(16.0)
        await wait()

    async def withdrawn() -> None:
        await pilot.offer(None)
        await wait()

    states = pilot.states()
    assert await _heard(states, come, offered, withdrawn, go) == [
        Pilot.A,
        Pilot.B,
        Pilot.C,
        Pilot.B,
        Pilot.A,
    ]
    come()
    assert await anext(pilot.states()) is Pilot.B
    assert await anext(pilot.diodes())


async def check_proximity(
    proximity: Proximity, plug: Deed, unplug: Deed, rated_a: float | None
) -> None:
    """Have it tell at once what is in the socket, and then each change."""
    cable = Cable(rated_a)

    assert await _heard(proximity.cables(), plug, unplug, plug) == [None, cable, None, cable]
    assert await anext(proximity.cables()) == cable


async def check_thermometer(thermometer: Thermometer, silence: Deed) -> None:
    """Have it tell a temperature that can be, and say when it cannot."""
    assert -60 < await thermometer.read() < 120
    silence()
    with pytest.raises(DeviceLost):
        await thermometer.read()


async def check_tilt(sensor: TiltSensor, lean: Deed, mend: Deed) -> None:
    """Have it tell how it stands, and then each change."""
    assert await _heard(sensor.upright(), lean, mend) == [True, False, True]


async def check_residual(monitor: ResidualMonitor, leak: Deed, mend: Deed) -> None:
    """Have it open by itself, refuse to be armed while it leaks, and be armed as often as told."""
    trips = monitor.trips()
    assert await _heard(trips, leak) == [False, True]
    with pytest.raises(DeviceStuck):
        await monitor.arm()
    mend()
    await monitor.arm()
    assert not await anext(trips)
    await monitor.arm()
    assert not await anext(monitor.trips())
