"""The customer port (P1) of a smart meter, on a serial device or behind a serial server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from laadpaal.drivers.serial_line import SerialLine
from laadpaal.drivers.tcp_line import TcpLine
from laadpaal.ports.errors import DeviceLost, LineLost
from laadpaal.properties.smart_meter import LONGEST_TEXT
from laadpaal.protocols.p1 import Lines, Telegram, TelegramError, TelegramReader, Variant, lines_of
from laadpaal.station.measurement import GridMeasurement

HIGHEST_V = 300.0
HIGHEST_A = 1000.0
"""More than any meter with this port measures."""
TOTAL = 0
"""Number of the register that counts whatever the tariff is."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
SILENCE_S = 15.0
MISSED = 4
"""Telegrams in a row that may be missed before the line is opened anew."""


class Line(Protocol):
    """Brings what the meter says."""

    async def read(self) -> bytes:
        """Return what has come, at least one byte; raises LineLost."""
        ...

    def close(self) -> None:
        """Let it go; the next read opens it again."""
        ...


class P1Meter:
    """A `GridMeter` that speaks by itself: each reading waits for the next valid telegram.

    It keeps none: of several that have come at once, the newest counts. After silence, or when
    the line is lost, it is opened anew, and the pauses before that grow while it stays so.

    Args:
        phases: 1 where the house has one line only.
    """

    def __init__(self, line: Line, variant: Variant, key: bytes = b"", *, phases: int = 3) -> None:
        self._line = line
        self._reader = TelegramReader(variant, key)
        self._phases = phases
        self._silence_s = max(SILENCE_S, MISSED * variant.every_s)
        self._pause_s = 0.0

    async def read(self) -> GridMeasurement:
        """Return what the next telegram says; raises DeviceLost, which says what is wrong."""
        await asyncio.sleep(self._pause_s)
        refused = self._reader.refused
        try:
            async with asyncio.timeout(self._silence_s):
                telegram = await self._next()
        except LineLost as lost:
            raise self._lost(str(lost)) from lost
        except TimeoutError as silent:
            flaw = self._reader.flaw if self._reader.refused > refused else "nothing comes"
            raise self._lost(f"no telegram for {self._silence_s:.0f} s: {flaw}") from silent
        self._pause_s = 0.0
        return _measurement(telegram, self._phases)

    async def close(self) -> None:
        """Let the line go."""
        self._line.close()
        self._reader.forget()

    async def _next(self) -> Telegram:
        while True:
            if telegrams := self._reader.feed(await self._line.read()):
                return telegrams[-1]

    def _lost(self, why: str) -> DeviceLost:
        self._line.close()
        self._reader.forget()
        self._pause_s = min(max(FIRST_PAUSE_S, 2 * self._pause_s), LONGEST_PAUSE_S)
        return DeviceLost(f"smart meter: {why}")


def over_serial(device: str, variant: Variant, key: bytes = b"", *, phases: int = 3) -> P1Meter:
    """Return a meter on a serial device, set up as its variant wants it; not opened yet."""
    line = SerialLine(device, variant.baud, parity=variant.parity, bits=variant.bits)
    return P1Meter(line, variant, key, phases=phases)


def over_tcp(
    host: str, port: int, variant: Variant, key: bytes = b"", *, phases: int = 3
) -> P1Meter:
    """Return a meter behind a serial server; nothing is connected yet."""
    return P1Meter(TcpLine(host, port), variant, key, phases=phases)


def _measurement(telegram: Telegram, phases: int) -> GridMeasurement:
    try:
        lines = lines_of(telegram, phases=phases)
    except TelegramError as wrong:
        raise DeviceLost(f"smart meter: {wrong}") from wrong
    _refuse_nonsense(lines)
    return GridMeasurement(
        lines.currents_a,
        lines.powers_w,
        lines.voltages_v,
        _shown(telegram.version),
        _shown(telegram.at),
        _counted(telegram.imported_wh),
        _counted(telegram.exported_wh),
    )


def _counted(registers: Mapping[int, float]) -> float | None:
    """Return what all tariffs together have counted; None where no register is told."""
    return registers.get(TOTAL, sum(registers.values())) if registers else None


def _shown(text: str) -> str:
    """Return a text that people see, without what nobody should."""
    return text if text.isprintable() and len(text) <= LONGEST_TEXT else ""


def _refuse_nonsense(lines: Lines) -> None:
    if not all(abs(current_a) <= HIGHEST_A for current_a in lines.currents_a):
        raise DeviceLost(f"smart meter says impossible currents: {lines.currents_a}")
    if not all(0 <= voltage_v <= HIGHEST_V for voltage_v in lines.voltages_v or ()):
        raise DeviceLost(f"smart meter says impossible voltages: {lines.voltages_v}")
