"""What every contactor, domestic outlet and lock must do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from laadpaal.ports.devices import ConnectorLock, Contactor, DomesticOutlet
from laadpaal.ports.errors import DeviceStuck

Flows = Callable[[], bool]
"""Tells whether current can flow, or the plug is held."""


class Break(Protocol):
    """Breaks the device, or repairs it."""

    def __call__(self, *, broken: bool) -> None:
        """Do so."""
        ...


async def check_contactor(contactor: Contactor, flows: Flows, break_it: Break) -> None:
    """Have it move as often as it is told to, and say when it does not."""
    await contactor.open()
    assert not flows()
    for _ in range(2):
        await contactor.close(1)
    assert flows()
    break_it(broken=True)
    with pytest.raises(DeviceStuck):
        await contactor.open()
    assert flows()
    break_it(broken=False)
    await contactor.open()
    assert not flows()
    break_it(broken=True)
    with pytest.raises(DeviceStuck):
        await contactor.close(1)
    assert not flows()
    break_it(broken=False)


async def check_outlet(
    outlet: DomesticOutlet, plug: Callable[[], None], unplug: Callable[[], None]
) -> None:
    """Have it tell at once what is in it, and then each change."""
    plugs = outlet.plugs()
    seen = [await anext(plugs)]
    for change in (plug, unplug, plug):
        change()
        seen.append(await anext(plugs))

    assert seen == [False, True, False, True]


async def check_lock(lock: ConnectorLock, held: Flows, break_it: Break) -> None:
    """Have it move as often as it is told to, say when it does not, and be forced."""
    for _ in range(2):
        await lock.lock()
    assert held()
    break_it(broken=True)
    for move in (lock.unlock, lock.force):
        with pytest.raises(DeviceStuck):
            await move()
        assert held()
    break_it(broken=False)
    await lock.force()
    assert not held()
    await lock.force()
    await lock.unlock()
    assert not held()
    break_it(broken=True)
    with pytest.raises(DeviceStuck):
        await lock.lock()
    assert not held()
