"""What every `Modem` must do, whatever line it hangs on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from laadpaal.ports.modem import Access, Modem, ModemFailed, SimRefused
from laadpaal.simulation.modem import Air, SimulatedModem

Make = Callable[[SimulatedModem], AbstractAsyncContextManager[Modem]]
"""Connects a modem's driver to a simulated modem."""

PIN = "1234"


async def check_modem(make: Make) -> None:
    """Check every promise of the port."""
    await _looks_and_opens_nothing(make)
    await _attaches_with_its_pin(make)
    await _tells_the_loss_and_comes_back(make)
    await _spares_the_pin(make)
    await _starts_anew(make)
    await _lets_go(make)


async def _looks_and_opens_nothing(make: Make) -> None:
    air, locked = Air(), Air(pin=PIN)
    async with make(SimulatedModem(air)) as modem:
        told = await modem.look(Access())
    async with make(SimulatedModem(locked)) as modem:
        asked = await modem.look(Access(pin=PIN))

    assert (told.locked, told.outside, told.operator) == (False, "", air.operator)
    assert told.dbm == -113 + 2 * air.step
    assert (asked.locked, locked.attempts) == (True, Air().attempts)


async def _attaches_with_its_pin(make: Make) -> None:
    air = Air(pin=PIN)
    async with make(SimulatedModem(air)) as modem:
        told = await modem.attach(Access("m2m.example", pin=PIN))

    assert (told.iccid, told.imsi, told.operator) == (air.iccid, air.imsi, air.operator)
    assert told.dbm == -113 + 2 * air.step
    assert told.carried.address


async def _tells_the_loss_and_comes_back(make: Make) -> None:
    simulated = SimulatedModem()
    async with make(simulated) as modem:
        await modem.attach(Access())
        watching = asyncio.ensure_future(_watched(modem))
        await asyncio.sleep(0)
        simulated.drop()
        with pytest.raises(ModemFailed):
            await watching
        again = await modem.attach(Access())

    assert again.carried.address


async def _watched(modem: Modem) -> None:
    async for _ in modem.watch():
        pass


async def _spares_the_pin(make: Make) -> None:
    air = Air(pin="9999")
    async with make(SimulatedModem(air)) as modem:
        with pytest.raises(SimRefused) as refused:
            await modem.attach(Access(pin=PIN))
        assert refused.value.spent
        with pytest.raises(SimRefused):
            await modem.attach(Access(pin=PIN, spent=True))

    assert air.attempts == 2


async def _starts_anew(make: Make) -> None:
    simulated = SimulatedModem()
    async with make(simulated) as modem:
        await modem.restart()
        assert simulated.starts == 1
        if modem.switched:
            await modem.cut_power()
            assert simulated.starts == 2
        await modem.attach(Access())


async def _lets_go(make: Make) -> None:
    async with make(SimulatedModem()) as modem:
        await modem.release()
        await modem.attach(Access())
        await modem.release()
        await modem.release()
