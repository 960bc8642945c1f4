"""A simulated energy meter of any model we know, which answers on a real Modbus line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from laadpaal.protocols.modbus.models import SDM630
from laadpaal.protocols.modbus.registers import Model, Q
from laadpaal.simulation.modbus import Reply
from laadpaal.simulation.registers import filled, quantities, unknown
from laadpaal.station.measurement import Measurement

LEAP_WH = 1e6
FAILED, REFUSED = 0x80, 0x04
NO_FUNCTION, NO_ADDRESS, NO_VALUE = 1, 2, 3
"""Exceptions of Modbus."""


class Misbehaviour(Enum):
    """What a meter can do instead of its work."""

    SILENT = "silent"
    SLOW = "slow"
    REFUSES = "refuses"
    BROKEN_FRAME = "broken frame"
    OTHER_UNIT = "other unit"
    NO_NUMBERS = "no numbers"
    ZEROS = "zeros"
    LEAPS = "leaps"


@dataclass(slots=True)
class SimulatedMeter:
    """Says over Modbus what `measure` returns, as long as it behaves.

    Args:
        measure: Asked anew for every request.
        unit: Its Modbus address, 1 to 247; 0 is that of a new one.
        slow_s: What it takes to answer when it is slow: longer than a driver waits.
        asked: Requests it has got.
        left: Requests for which it goes on to misbehave; None is until it is told.
    """

    measure: Callable[[], Measurement]
    model: Model = SDM630
    unit: int = 0
    slow_s: float = 2.0
    asked: int = 0
    misbehaviour: Misbehaviour | None = None
    left: int | None = None

    def __post_init__(self) -> None:
        """Take the address that its makers have set, where none was given."""
        self.unit = self.unit or self.model.unit

    def misbehave(self, how: Misbehaviour, requests: int | None = None) -> None:
        """Do something else from now on, for so many requests; None is until it is told."""
        self.misbehaviour, self.left = how, requests

    def behave(self) -> None:
        """Do its work again."""
        self.misbehaviour = None

    async def answer(self, pdu: bytes) -> Reply | None:
        """Return the answer to a request."""
        self.asked += 1
        how = self._next()
        match how:
            case Misbehaviour.SILENT:
                return None
            case Misbehaviour.SLOW:
                await asyncio.sleep(self.slow_s)
            case Misbehaviour.REFUSES:
                return Reply(self.unit, bytes([pdu[0] | FAILED, REFUSED]))
            case _:
                pass
        said = self._said(pdu, how)
        if how is Misbehaviour.OTHER_UNIT:
            return Reply(self.unit + 1, said)
        return Reply(self.unit, said, whole=how is not Misbehaviour.BROKEN_FRAME)

    def _next(self) -> Misbehaviour | None:
        how = self.misbehaviour
        if how and self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.behave()
        return how

    def _said(self, pdu: bytes, how: Misbehaviour | None) -> bytes:
        it = self.model.map
        function, start, count = pdu[0], int.from_bytes(pdu[1:3], "big"), pdu[3] << 8 | pdu[4]
        if function != it.function:
            return bytes([function | FAILED, NO_FUNCTION])
        if not 1 <= count <= it.most:
            return bytes([function | FAILED, NO_VALUE])
        memory = self._memory(how)
        if start < min(memory) or start + count - 1 > max(memory):
            return bytes([function | FAILED, NO_ADDRESS])
        words = [memory.get(address, 0) for address in range(start, start + count)]
        data = b"".join(word.to_bytes(2, "big") for word in words)
        return bytes([function, len(data)]) + data

    def _memory(self, how: Misbehaviour | None) -> dict[int, int]:
        it, measured = self.model.map, self.measure()
        match how:
            case Misbehaviour.NO_NUMBERS:
                return unknown(it)
            case Misbehaviour.ZEROS:
                return filled(it, dict.fromkeys(Q, 0.0))
            case Misbehaviour.LEAPS:
                measured = replace(measured, energy_wh=measured.energy_wh + LEAP_WH)
            case _:
                pass
        return filled(it, quantities(measured, it))
