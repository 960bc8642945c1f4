"""Answers one request of a master: reads are looks at the station, and writes are wishes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from laadpaal.modbus_slave.evse_table import EVSE
from laadpaal.modbus_slave.rows import RegisterTable
from laadpaal.modbus_slave.sight import EvseSight, Sight
from laadpaal.modbus_slave.station_table import STATION, UNIT
from laadpaal.ports.clock import Clock
from laadpaal.ports.station import StationDesk
from laadpaal.properties.energy_manager import ALLOWED, STEERS
from laadpaal.protocols.modbus.asked import (
    ExceptionCode,
    Read,
    Write,
    asked,
    failed,
    told,
    written,
)
from laadpaal.station.answers import Reason, Refused
from laadpaal.station.requests import Request

S = TypeVar("S")
_CODES = {
    Reason.BAD_VALUE: ExceptionCode.VALUE,
    Reason.PHASES_FIXED: ExceptionCode.VALUE,
    Reason.UNAVAILABLE: ExceptionCode.BUSY,
}
"""How the station's refusals are said; of any other the register cannot be written now."""


@dataclass(frozen=True, slots=True)
class _Unit(Generic[S]):
    """One unit as a master sees it: its registers, and what they are filled from."""

    table: RegisterTable[S]
    sight: S

    def read(self, it: Read) -> tuple[int, ...] | ExceptionCode:
        if not self.table.has(it.address, it.count):
            return ExceptionCode.ADDRESS
        return self.table.read(self.sight, it.address, it.count)

    def wishes(self, it: Write) -> list[Request] | ExceptionCode:
        """Return what is wished; a number that is none, or negative, spoils all of them."""
        found = self.table.written(it.address, it.words)
        if found is None:
            return ExceptionCode.ADDRESS
        if not all(math.isfinite(number) and number >= 0 for _, number in found):
            return ExceptionCode.VALUE
        return [row.wish(self.sight, number) for row, number in found if row.wish]


class Slave:
    """Answers requests one by one.

    Args:
        up_s: Tells how long the station has been running.
        meters: The number of the way to each EVSE's meter: 0 serial, 1 network.
    """

    def __init__(
        self, desk: StationDesk, clock: Clock, up_s: Callable[[], float], meters: Sequence[int]
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._up_s = up_s
        self._meters = tuple(meters)

    async def answer(self, number: int, pdu: bytes) -> bytes:
        """Return the answer to a request for that unit."""
        it, unit = asked(pdu), self._unit(number)
        if isinstance(it, ExceptionCode):
            return failed(pdu, it)
        if unit is None:
            return failed(pdu, ExceptionCode.NOBODY)
        if isinstance(it, Read):
            words = unit.read(it)
            return failed(pdu, words) if isinstance(words, ExceptionCode) else told(words)
        code = await self._write(unit, it)
        return failed(pdu, code) if code else written(it)

    def _unit(self, number: int) -> _Unit[Sight] | _Unit[EvseSight] | None:
        view = self._desk.view()
        sight = Sight(self._desk, view, self._clock.now(), self._up_s())
        if number == UNIT:
            return _Unit(STATION, sight)
        if not 1 <= number <= len(view.evses):
            return None
        seen = view.evses[number - 1]
        return _Unit(EVSE, EvseSight(sight, seen, self._meters[number - 1]))

    async def _write(
        self, unit: _Unit[Sight] | _Unit[EvseSight], it: Write
    ) -> ExceptionCode | None:
        wishes = unit.wishes(it)
        if isinstance(wishes, ExceptionCode):
            return wishes
        if self._desk.values[ALLOWED] != STEERS:
            return ExceptionCode.ADDRESS
        for wish in wishes:
            answer = await self._desk.ask(wish)
            if isinstance(answer, Refused):
                return _CODES.get(answer.reason, ExceptionCode.ADDRESS)
        return None
