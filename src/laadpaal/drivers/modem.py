"""A modem that speaks AT: the way into the mobile network, step by step."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import TypeVar

from laadpaal.drivers.at_channel import GAP_S, AtChannel, CommandRefused, Line, Unanswered
from laadpaal.ports.modem import (
    Access,
    Attached,
    DataLink,
    Looked,
    ModemFailed,
    PowerKey,
    SimRefused,
)
from laadpaal.protocols.at import commands
from laadpaal.protocols.at.answers import Pin, Stat
from laadpaal.protocols.at.commands import Command
from laadpaal.protocols.at.results import AtError, Trouble

T = TypeVar("T")

SIM_S = 20.0
"""How long a SIM may be busy with itself."""
REGISTER_S = 180.0
"""How long it may take until a network lets the modem in."""
LOOK_S = 30.0
"""The same where somebody is only looking, and waits for it."""
BOOT_S = 30.0
"""How long a modem may take to start."""
POLL_S = 1.0
SIGNAL_S = 60.0
"""Between two looks at the strength of the signal."""
LAST_ATTEMPT = 1
"""The last attempt at the PIN is never ours: after it the SIM is blocked."""


class AtModem:
    """Is a `Modem` (S57).

    Args:
        line: Where it is dialled; it carries data afterwards.
        link: What carries packets over that line.
        control: A second line to the same modem, which stays free for commands; without it
            nothing can be asked while data is carried.
        key: Switches its power; None where nobody can.
        gap_s: See `AtChannel`.
    """

    def __init__(
        self,
        line: Line,
        link: DataLink,
        log: logging.Logger,
        *,
        control: Line | None = None,
        key: PowerKey | None = None,
        gap_s: Callable[[], float] = lambda: GAP_S,
    ) -> None:
        self._data = AtChannel(line, log, gap_s)
        self._control = AtChannel(control, log, gap_s) if control else None
        self._link = link
        self._key = key

    @property
    def switched(self) -> bool:
        """Whether its power can be cut."""
        return self._key is not None

    @property
    def _asked(self) -> AtChannel:
        return self._control or self._data

    async def attach(self, access: Access) -> Attached:
        """Open a connection, from whatever state it is in; raises ModemFailed."""
        await self._link.down()
        await self._begin()
        ask = self._asked
        model = await ask.optional(commands.MODEL, "")
        imei = await ask.optional(commands.IMEI, "")
        await self._unlock(access)
        iccid = await ask.optional(commands.ICCID, "")
        imsi = await ask.optional(commands.IMSI, "")
        dbm = await ask.optional(commands.SIGNAL, None)
        await self._choose(access)
        stat = await self._registered(access)
        carrier = await ask.optional(commands.OPERATOR, None)
        await self._define(access)
        await self._data.dial(commands.DIAL)
        carried = await self._link.up(access)
        name = carrier.name if carrier else ""
        roaming = stat is Stat.ROAMING
        return Attached(carried, iccid, imsi, imei, model, name, roaming, dbm)

    async def look(self, access: Access) -> Looked:
        """Ask how things stand; raises ModemFailed when nobody answers, or there is no SIM."""
        await self._begin()
        model = await self._asked.optional(commands.MODEL, "")
        if _openable(await self._sim()) is Pin.PIN:
            return Looked(model, locked=True)
        outside = ""
        try:
            await self._registered(access, LOOK_S)
        except ModemFailed as failed:
            outside = str(failed)
        carrier = await self._asked.optional(commands.OPERATOR, None)
        dbm = await self._asked.optional(commands.SIGNAL, None)
        return Looked(model, outside=outside, operator=carrier.name if carrier else "", dbm=dbm)

    async def watch(self) -> AsyncIterator[int | None]:
        """Yield the strength of the signal now and then; raise ModemFailed at the end."""
        lost = asyncio.ensure_future(self._link.lost())
        try:
            while True:
                await asyncio.wait({lost}, timeout=SIGNAL_S)
                if lost.done():
                    raise ModemFailed(lost.result())
                if self._control:
                    yield await self._control.optional(commands.SIGNAL, None)
        finally:
            lost.cancel()

    async def restart(self) -> None:
        """Let the modem start anew; raises ModemFailed when it does not come back."""
        await self._link.down()
        await self._asked.wake()
        with suppress(Unanswered):  # it may be gone before it has answered
            await self._asked.ask(commands.RESTART)
        await self._back()

    async def cut_power(self) -> None:
        """Take its power for a while; raises ModemFailed when it does not come back."""
        if self._key is None:
            raise ModemFailed("nobody can cut the power of the modem")
        await self.release()
        await self._key.cut()
        await self._back()

    async def release(self) -> None:
        """Close the connection, and let the devices go."""
        await self._link.down()
        self._data.let_go()
        if self._control:
            self._control.let_go()

    # --- the way in ---

    async def _begin(self) -> None:
        """Find the modem, and let it say no more than it is asked."""
        for channel in [self._data, *([self._control] if self._control else [])]:
            await channel.wake()
            await channel.optional(commands.NO_ECHO, None)
            await channel.optional(commands.ERRORS_IN_WORDS, None)

    async def _unlock(self, access: Access) -> None:
        """Enter the PIN where the SIM asks for it: once, and never as the last attempt."""
        if _openable(await self._sim()) is Pin.PIN:
            await self._enter(access)

    async def _enter(self, access: Access) -> None:
        if not access.pin:
            raise SimRefused("the SIM wants its PIN, and none is set")
        if access.spent:
            raise SimRefused("the SIM has refused this PIN before, so it is not entered again")
        left = await self._asked.optional(commands.ATTEMPTS, None)
        if left is not None and left <= LAST_ATTEMPT:
            raise SimRefused(f"the SIM allows {left} more attempt, which is left to people")
        try:
            await self._asked.ask(_spelled(commands.enter_pin, access.pin))
        except CommandRefused as refused:
            raise SimRefused("the SIM refuses its PIN", spent=True) from refused
        except Unanswered:
            pass  # whether it was right, the SIM tells by what it wants next
        if await self._sim() is not Pin.READY:
            raise SimRefused("the SIM does not open with its PIN", spent=True)

    async def _sim(self) -> Pin:
        """Return what the SIM wants, once it is no longer busy with itself."""
        end = asyncio.get_running_loop().time() + SIM_S
        while True:
            try:
                return await self._asked.ask(commands.PIN)
            except CommandRefused as refused:
                trouble = refused.result.trouble
                if trouble is Trouble.NO_SIM:
                    raise ModemFailed("there is no SIM") from refused
                late = asyncio.get_running_loop().time() > end
                if trouble is not Trouble.SIM_BUSY or late:
                    raise ModemFailed(f"the SIM fails: {refused.result.text}") from refused
            await asyncio.sleep(POLL_S)

    async def _choose(self, access: Access) -> None:
        """Let the modem choose a network as wished; where it does already, nothing is said."""
        if access.network:
            number, strictly = access.network, access.only_that
            await self._asked.ask(
                _spelled(lambda told: commands.only_operator(told, strictly=strictly), number)
            )
            return
        chosen = await self._asked.optional(commands.OPERATOR, None)
        if chosen and not chosen.automatic:
            await self._asked.ask(commands.ANY_OPERATOR)

    async def _registered(self, access: Access, within_s: float = REGISTER_S) -> Stat:
        """Return how a network has let us in; raises ModemFailed."""
        end = asyncio.get_running_loop().time() + within_s
        while True:
            stats = [await self._asked.optional(it, Stat.IDLE) for it in commands.REGISTRATIONS]
            if Stat.HOME in stats:
                return Stat.HOME
            if Stat.ROAMING in stats and access.roams:
                return Stat.ROAMING
            if asyncio.get_running_loop().time() > end:
                raise ModemFailed(_outside(stats))
            await asyncio.sleep(POLL_S)

    async def _define(self, access: Access) -> None:
        await self._data.ask(_spelled(commands.access_point, access.apn))

    async def _back(self) -> None:
        """Wait until the modem answers again."""
        end = asyncio.get_running_loop().time() + BOOT_S
        while True:
            await asyncio.sleep(POLL_S)
            try:
                await self._asked.ask(commands.ATTENTION)
            except ModemFailed:
                if asyncio.get_running_loop().time() > end:
                    raise
            else:
                return


def _openable(wants: Pin) -> Pin:
    """Return what the SIM wants, if that can be given; raises SimRefused."""
    if wants is Pin.PUK:
        raise SimRefused("the SIM is blocked, and wants its PUK")
    if wants is Pin.OTHER:
        raise SimRefused("the SIM wants a code that is not its PIN")
    return wants


def _spelled(make: Callable[[str], Command[T]], told: str) -> Command[T]:
    """Return a command that somebody's text is part of; raises ModemFailed."""
    try:
        return make(told)
    except AtError as wrong:
        raise ModemFailed(str(wrong)) from wrong


def _outside(stats: list[Stat]) -> str:
    if Stat.ROAMING in stats:
        return "only networks of others are there, and roaming is not allowed"
    if Stat.DENIED in stats:
        return "the network does not let the modem in"
    return "there is no network"
